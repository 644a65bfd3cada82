import { faultsOf, type Refusal } from "../check/fault-table";
import { flag, isAbsent, isSet, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, SandboxObject, TypeModel } from "../model";
import { inGroup } from "./arm-id";
import { defineAzure } from "./define";
import { TYPE } from "./types";

/** Software that Azure installs in a cluster and keeps up to date. Source: Azure REST API, Kubernetes Configuration extensions, read 2026-11-28. */
export const clusterExtension: TypeModel = defineAzure({
	type: TYPE.clusterExtension,
	path: inGroup(
		"{clusterRp}/{clusterResourceName}/{clusterName}/providers/Microsoft.KubernetesConfiguration/extensions/{extensionName}",
	),
	naming: {
		pattern: /^[0-9A-Za-z][0-9A-Za-z-]{0,62}$/,
		allowed: "1 to 63 of letters, digits and hyphens, beginning with a letter or digit",
	},
	values: { clusterRp: ["Microsoft.ContainerService"], clusterResourceName: ["managedClusters"] },
	check: (context) => faultsOf([...clusterRows(context), ...versionRows(context)]),
	immutable: ["extensionType", "scope"],
	defaults: { autoUpgradeMinorVersion: true, releaseTrain: "Stable" },
	computed: () => ({ currentVersion: "2.1.0", isSystemExtension: false, statuses: [] }),
});

/** Clusters of the subscription by name, in the resource group that the inputs name. */
function clusterOf({ inputs, scope, world }: CheckContext): SandboxObject | undefined {
	const name = text(inputs, "clusterName");
	const found = name === undefined ? [] : world.find([TYPE.cluster], "resourceName", name);
	return found.find(
		(cluster) => cluster.account === scope.account && cluster.outputs.resourceGroupName === inputs.resourceGroupName,
	);
}

function clusterRows(context: CheckContext): Refusal[] {
	const { inputs, world, self } = context;
	const [name, group] = [text(inputs, "clusterName"), text(inputs, "resourceGroupName")];
	const kind = text(inputs, "extensionType");
	const twin = (name === undefined ? [] : world.find([TYPE.clusterExtension], "clusterName", name)).find(
		(other) =>
			!isSelf(other, context) &&
			other.urn !== self?.urn &&
			other.outputs.resourceGroupName === inputs.resourceGroupName &&
			text(other.outputs, "extensionType") === kind,
	);
	return [
		{
			when: name !== undefined && group !== undefined && clusterOf(context) === undefined,
			property: "clusterName",
			reason: `names no existing ManagedCluster in the resource group ${group}: ${JSON.stringify(name)}; create it first`,
		},
		{
			when: isAbsent(inputs, "extensionType"),
			property: "extensionType",
			reason: "is required, as microsoft.azurecontainerstoragev2; set it",
		},
		{
			when: kind !== undefined && twin !== undefined,
			property: "extensionType",
			reason: `the cluster has ${kind} already by ${twin?.urn || twin?.id}; a cluster takes one of a type`,
		},
	];
}

function versionRows({ inputs }: CheckContext): Refusal[] {
	const automatic = flag(inputs, "autoUpgradeMinorVersion") ?? isAbsent(inputs, "autoUpgradeMinorVersion");
	return [
		{
			when: automatic && isSet(inputs, "version"),
			property: "version",
			reason: "needs autoUpgradeMinorVersion false; set it, or remove the version",
		},
		{
			when: isSet(inputs, "scope.cluster") && isSet(inputs, "scope.namespace"),
			property: "scope",
			reason: "must be either the cluster or a namespace; remove one",
		},
	];
}
