import type { ReplaceCorrection } from "./replace-corrections";

const PROVIDER =
	"azure-native's own table of properties that force a replacement (gen/replacement.go), read 2026-11-21";

/** `networkProfile` fields that replace a cluster; the others change in place. */
const CLUSTER_NETWORK = [
	"dnsServiceIP",
	"networkDataplane",
	"networkMode",
	"networkPlugin",
	"networkPluginMode",
	"networkPolicy",
	"outboundType",
	"podCidr",
	"serviceCidr",
	"serviceCidrs",
].map((name) => `networkProfile.${name}`);

/**
 * Corrections for types of Azure. The schema marks path parameters and location only. What Azure refuses to change and
 * the provider does not replace for stands in the models (`immutable`): there an update fails, as it does in the cloud.
 */
export const AZURE_REPLACE_CORRECTIONS: readonly ReplaceCorrection[] = [
	{
		token: "azure-native:containerservice:ManagedCluster",
		add: [
			...CLUSTER_NETWORK,
			"diskEncryptionSetID",
			"dnsPrefix",
			"fqdnSubdomain",
			"linuxProfile",
			"nodeResourceGroup",
			"windowsProfile",
		],
		reason: PROVIDER,
	},
	{
		token: "azure-native:containerservice:AgentPool",
		add: ["gpuInstanceProfile", "networkProfile.nodePublicIPTags", "vmSize"],
		reason: PROVIDER,
	},
	{ token: "azure-native:authorization:RoleAssignment", add: ["principalId"], reason: PROVIDER },
	{ token: "azure-native:network:PrivateEndpoint", add: ["subnet"], reason: PROVIDER },
	{
		token: "azure-native:network:PublicIPAddress",
		add: ["publicIPAddressVersion", "publicIPPrefix", "sku"],
		reason: PROVIDER,
	},
	{ token: "azure-native:storage:StorageAccount", add: ["isHnsEnabled"], reason: PROVIDER },
	{
		token: "azure-native:monitor:DiagnosticSetting",
		add: ["name"],
		reason: "A path parameter, which the schema takes for an output as well; every path parameter replaces (diff.go).",
	},
];
