import { z } from "zod";
import { groupBy, type ResourceNode } from "../../../lib/graph";
import { controlsOf } from "../../controls";
import { exposureProblems, type PrioritisedRule } from "../../ingress-exposure";
import { about, notApplicable, problemsOr, undetermined } from "../../judging";
import { SENSITIVE_PORTS } from "../../opened-ports";
import { readList } from "../../reading";
import { defineRule, type Judgement } from "../../rule";
import { GROUP, RULE, securityRulesOf } from "./security-rules";
import { ofAzureType } from "./versioned-types";

const params = z.strictObject({
	/** Ports that the internet must never reach. */
	ports: z
		.array(z.number().int().min(0).max(65535))
		.min(1)
		.default([...SENSITIVE_PORTS]),
});
type Params = z.infer<typeof params>;

/**
 * Z08: the internet reaches no port of administration or of a database. A rule that denies with a lower number counts
 * where it denies all that the other rule allows; a rule that is not known as a whole excuses nothing.
 */
export const nsgNoPublicAdminIngress = defineRule<Params>({
	id: "Z08",
	name: "nsg-no-public-admin-ingress",
	title: "No network security group lets the internet reach SSH, RDP or databases",
	severity: "critical",
	level: "mandatory",
	blocksOnUndetermined: true,
	params,
	appliesTo: [GROUP, RULE],
	controls: controlsOf({
		soc2Azure: ["CC6.6"],
		isoAzure: ["A.8.14", "A.8.20", "A.8.21", "A.8.22"],
		hipaaAzure: ["164.312(a)(1)", "164.312(e)(1)", "164.308(a)(1)(ii)(b)", "164.308(a)(3)(i)"],
		ccm: ["IVS-03"],
		cis: ["13.4", "4.4"],
	}),
	remedy: "name the address prefixes, service tags or application security groups that need the port",
	check: {
		kind: "graph",
		judge: (graph, given) => {
			const all = securityRulesOf(graph);
			const byNode = groupBy(all, ({ node }) => node.urn);
			return ofAzureType(graph, GROUP, RULE).flatMap((node) =>
				about(node.urn, judgeNode(node, byNode.get(node.urn) ?? [], all, given)),
			);
		},
	},
});

function judgeNode(
	node: ResourceNode,
	own: readonly PrioritisedRule[],
	all: readonly PrioritisedRule[],
	given: Params,
): readonly Judgement[] {
	const complete = readList(node.inputs, "securityRules").complete;
	if (complete && own.length > 0 && own.every(({ inForce }) => inForce === "no")) {
		return [notApplicable("its rules are about outbound traffic")];
	}
	const problems = own.flatMap((rule) =>
		exposureProblems(rule, all, given.ports, "a source is neither an address block nor a service tag"),
	);
	if (!complete) {
		problems.push(undetermined("its security rules are not all known yet", "securityRules"));
	}
	return problemsOr(problems, "the internet reaches no port of administration or of a database");
}
