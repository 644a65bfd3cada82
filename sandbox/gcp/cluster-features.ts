import { isUnknown } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { flag, isAbsent, isSet, text, texts } from "../check/inputs";
import type { CheckContext, Fault } from "../model";
import { PROJECT_ID } from "./names";

/** Components whose logs a cluster sends. Source: the SDK's docstring (@pulumi/gcp 9.37.0) and, unverified, the GKE API. */
const LOGS = [
	"SYSTEM_COMPONENTS",
	"WORKLOADS",
	"APISERVER",
	"SCHEDULER",
	"CONTROLLER_MANAGER",
	"KCP_SSHD",
	"KCP_CONNECTION",
	"KCP_HPA",
	"KCP_VPA",
];

/** Components whose metrics a cluster sends. Source: the SDK's docstring (@pulumi/gcp 9.37.0). */
const METRICS = [
	"SYSTEM_COMPONENTS",
	"APISERVER",
	"SCHEDULER",
	"CONTROLLER_MANAGER",
	"STORAGE",
	"HPA",
	"POD",
	"DAEMONSET",
	"DEPLOYMENT",
	"STATEFULSET",
	"WORKLOADS",
	"KUBELET",
	"CADVISOR",
	"DCGM",
	"JOBSET",
];

/** Allowed values of a cluster's settings. Source: the SDK's docstrings; where these name none, the GKE API, unverified. */
export const VALUES: { readonly [path: string]: readonly string[] } = {
	"anonymousAuthenticationConfig.mode": ["ENABLED", "LIMITED"],
	"binaryAuthorization.evaluationMode": ["DISABLED", "PROJECT_SINGLETON_POLICY_ENFORCE"],
	"databaseEncryption.state": ["ENCRYPTED", "DECRYPTED", "ALL_OBJECTS_ENCRYPTION_ENABLED"],
	datapathProvider: ["DATAPATH_PROVIDER_UNSPECIFIED", "LEGACY_DATAPATH", "ADVANCED_DATAPATH"],
	"dnsConfig.clusterDns": ["PROVIDER_UNSPECIFIED", "PLATFORM_DEFAULT", "CLOUD_DNS", "KUBE_DNS"],
	"dnsConfig.clusterDnsScope": ["DNS_SCOPE_UNSPECIFIED", "CLUSTER_SCOPE", "VPC_SCOPE"],
	"gatewayApiConfig.channel": ["CHANNEL_DISABLED", "CHANNEL_EXPERIMENTAL", "CHANNEL_STANDARD"],
	"gkeAutoUpgradeConfig.patchMode": ["ACCELERATED"],
	inTransitEncryptionConfig: [
		"IN_TRANSIT_ENCRYPTION_CONFIG_UNSPECIFIED",
		"IN_TRANSIT_ENCRYPTION_DISABLED",
		"IN_TRANSIT_ENCRYPTION_INTER_NODE_TRANSPARENT",
	],
	"ipAllocationPolicy.stackType": ["IPV4", "IPV4_IPV6"],
	"loggingConfig.enableComponents[]": LOGS,
	"monitoringConfig.enableComponents[]": METRICS,
	networkingMode: ["VPC_NATIVE", "ROUTES"],
	"releaseChannel.channel": ["UNSPECIFIED", "RAPID", "REGULAR", "STABLE", "EXTENDED"],
	"securityPostureConfig.mode": ["DISABLED", "BASIC", "ENTERPRISE"],
	"securityPostureConfig.vulnerabilityMode": [
		"VULNERABILITY_DISABLED",
		"VULNERABILITY_BASIC",
		"VULNERABILITY_ENTERPRISE",
	],
};

/** Combinations of features that GKE refuses. */
export function featureFaults(context: CheckContext): Fault[] {
	return faultsOf([
		...identityRows(context),
		...encryptionRows(context),
		...datapathRows(context),
		...observeRows(context),
	]);
}

function identityRows({ inputs, scope }: CheckContext): Refusal[] {
	const pool = text(inputs, "workloadIdentityConfig.workloadPool");
	const wanted = `${scope.account}.svc.id.goog`;
	const groups = text(inputs, "authenticatorGroupsConfig.securityGroup");
	return [
		{
			when: pool !== undefined && PROJECT_ID.test(scope.account) && pool !== wanted,
			property: "workloadIdentityConfig.workloadPool",
			reason: `must be ${wanted}, the pool of the cluster's project, but ${JSON.stringify(pool)} was given`,
		},
		{
			when: groups !== undefined && !/^gke-security-groups@[a-z0-9.-]+\.[a-z]{2,}$/.test(groups),
			property: "authenticatorGroupsConfig.securityGroup",
			reason: `must be gke-security-groups@<domain>, but ${JSON.stringify(groups)} was given`,
		},
		{
			when: flag(inputs, "enableShieldedNodes") === false && flag(inputs, "enableAutopilot") === true,
			property: "enableShieldedNodes",
			reason: "cannot be false with enableAutopilot; remove it",
		},
	];
}

function encryptionRows({ inputs }: CheckContext): Refusal[] {
	const state = text(inputs, "databaseEncryption.state");
	return [
		{
			when: state === "ENCRYPTED" && isAbsent(inputs, "databaseEncryption.keyName"),
			property: "databaseEncryption.keyName",
			reason: "is required where the state is ENCRYPTED; give the id of a key in the cluster's region",
		},
		{
			when: state === "DECRYPTED" && isSet(inputs, "databaseEncryption.keyName"),
			property: "databaseEncryption.keyName",
			reason: "cannot be given where the state is DECRYPTED; remove it",
		},
	];
}

/** What needs Dataplane V2, and what excludes it. */
function datapathRows({ inputs }: CheckContext): Refusal[] {
	const advanced = text(inputs, "datapathProvider") === "ADVANCED_DATAPATH" || isUnknown(inputs.datapathProvider);
	const wants = ["enableMultiNetworking", "enableFqdnNetworkPolicy", "enableCiliumClusterwideNetworkPolicy"];
	return [
		...wants.map((property) => ({
			when: flag(inputs, property) === true && !advanced,
			property,
			reason: "needs datapathProvider ADVANCED_DATAPATH; set it or leave this off",
		})),
		{
			when: text(inputs, "inTransitEncryptionConfig") === "IN_TRANSIT_ENCRYPTION_INTER_NODE_TRANSPARENT" && !advanced,
			property: "inTransitEncryptionConfig",
			reason: "needs datapathProvider ADVANCED_DATAPATH; set it or leave this off",
		},
		{
			when: flag(inputs, "enableMultiNetworking") === true && text(inputs, "networkingMode") === "ROUTES",
			property: "enableMultiNetworking",
			reason: "needs networkingMode VPC_NATIVE; set it",
		},
		{
			when: text(inputs, "datapathProvider") === "ADVANCED_DATAPATH" && flag(inputs, "networkPolicy.enabled") === true,
			property: "networkPolicy.enabled",
			reason: "cannot be combined with ADVANCED_DATAPATH, which enforces network policies by itself; remove it",
		},
		{
			when:
				text(inputs, "datapathProvider") === "ADVANCED_DATAPATH" &&
				flag(inputs, "addonsConfig.networkPolicyConfig.disabled") === false,
			property: "addonsConfig.networkPolicyConfig.disabled",
			reason: "the add-on cannot be combined with ADVANCED_DATAPATH; set it to true or remove it",
		},
	];
}

function observeRows({ inputs }: CheckContext): Refusal[] {
	return ["loggingConfig", "monitoringConfig"].flatMap((config) => {
		const given = texts(inputs, `${config}.enableComponents`);
		return [
			{
				when: given.length > 0 && !given.includes("SYSTEM_COMPONENTS"),
				property: `${config}.enableComponents`,
				reason: `must hold "SYSTEM_COMPONENTS" where anything else is on, but ${JSON.stringify(given)} was given`,
			},
			{
				when: isSet(inputs, config) && isSet(inputs, config.replace("Config", "Service")),
				property: config.replace("Config", "Service"),
				reason: `cannot be combined with ${config}; remove it`,
			},
		];
	});
}
