import { z } from "zod";
import { controlsOf } from "../../controls";
import { defineRule } from "../../rule";
import { everyContainer, POD_VARIABLES } from "./pod-variables";
import { POD_TYPES } from "./workload-kinds";

const ON_WINDOWS =
	"has(variables.podSpec.os) && has(variables.podSpec.os.name) && variables.podSpec.os.name == 'windows'";
const NOT_PRIVILEGED =
	"!has(c.securityContext) || !has(c.securityContext.privileged) || c.securityContext.privileged == false";
const NO_ESCALATION =
	"has(c.securityContext) && has(c.securityContext.allowPrivilegeEscalation) && " +
	"c.securityContext.allowPrivilegeEscalation == false";

/** True where a security context (of a pod or container) does not ask for a Windows host process. */
function notHostProcess(holder: string): string {
	const options = `${holder}.securityContext.windowsOptions`;
	return (
		`!has(${holder}.securityContext) || !has(${options}) || !has(${options}.hostProcess) || ` +
		`${options}.hostProcess == false`
	);
}

/** K01: no container is privileged or may gain privileges; the restricted Pod Security level demands the latter in words. */
export const noPrivilegedContainers = defineRule({
	id: "K01",
	name: "no-privileged-containers",
	title: "No privileged containers and no privilege escalation",
	severity: "critical",
	level: "mandatory",
	blocksOnUndetermined: true,
	params: z.strictObject({}),
	appliesTo: POD_TYPES,
	controls: controlsOf({
		isoKubernetes: ["A.8.14", "A.8.2", "A.8.3", "A.5.15"],
		cis: ["16.7"],
		cisKubernetes: ["5.2.2", "5.2.6"],
	}),
	remedy: "set securityContext with privileged false and allowPrivilegeEscalation false on every container",
	check: {
		kind: "cel",
		variables: POD_VARIABLES,
		validations: [
			{
				expression: everyContainer(NOT_PRIVILEGED),
				message: "a container is privileged",
				property: "securityContext.privileged",
			},
			{
				expression: `(${ON_WINDOWS}) || (${everyContainer(NO_ESCALATION)})`,
				message: "a container does not set allowPrivilegeEscalation to false",
				property: "securityContext.allowPrivilegeEscalation",
			},
			{
				expression: `(${notHostProcess("variables.podSpec")}) && ${everyContainer(notHostProcess("c"))}`,
				message: "a container runs as a Windows host process",
				property: "securityContext.windowsOptions.hostProcess",
			},
		],
	},
});
