import { isObject, type Properties } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { flag, isAbsent, isSet, list, text } from "../check/inputs";
import type { CheckContext, Fault, TypeModel } from "../model";
import { inGroup } from "./arm-id";
import { byId, defineAzure } from "./define";
import { azureGrantFaults } from "./drawn-capacity";
import { accessFaults, networkGrantFaults } from "./managed-cluster-access";
import { networkFaults } from "./managed-cluster-network";
import { fixedOutputs, followingOutputs } from "./managed-cluster-outputs";
import { locationOf } from "./place";
import { featureFaults } from "./pool-features";
import { profilesOf, reservationFaults, subnetFaults } from "./pool-place";
import { poolFaults } from "./pool-rules";
import { profileChangeFaults } from "./profile-changes";
import { identityOutput } from "./resource-identity";
import { elsewhere } from "./same-place";
import { TYPE } from "./types";
import { minorOf } from "./versions";

const DEFENDER = "securityProfile.defender";

/** An AKS cluster. */
export const managedCluster: TypeModel = defineAzure({
	type: TYPE.cluster,
	path: inGroup("Microsoft.ContainerService/managedClusters/{resourceName}"),
	naming: {
		pattern: /^[0-9A-Za-z](?:[\w-]{0,61}[0-9A-Za-z])?$/,
		allowed: "1 to 63 of letters, digits, _ and -, beginning and ending with a letter or digit",
	},
	references: [
		byId("identity.userAssignedIdentities[]", [TYPE.identity]),
		byId("diskEncryptionSetID", [TYPE.diskEncryptionSet]),
		byId("agentPoolProfiles[].vnetSubnetID", [TYPE.subnet]),
		byId("agentPoolProfiles[].podSubnetID", [TYPE.subnet]),
		byId("agentPoolProfiles[].capacityReservationGroupID", [TYPE.reservationGroup]),
		byId("apiServerAccessProfile.subnetId", [TYPE.subnet]),
		{ ...byId("apiServerAccessProfile.privateDNSZone", [TYPE.privateZone]), only: /^\// },
		byId(`${DEFENDER}.logAnalyticsWorkspaceResourceId`, [TYPE.workspace], { holds: false }),
	],
	openEnums: ["agentPoolProfiles[].osSKU"],
	check: (context) => [
		...faultsOf([...nameRows(context.inputs), ...settingRows(context)]),
		...poolRows(context),
		...profileChangeFaults(context),
		...accessFaults(context),
		...networkFaults(context),
		...networkGrantFaults(context),
		...azureGrantFaults(context, TYPE.cluster),
	],
	immutable: ["apiServerAccessProfile.enablePrivateCluster", "apiServerAccessProfile.privateDNSZone"],
	defaults: {
		disableLocalAccounts: false,
		enableRBAC: true,
		publicNetworkAccess: "Enabled",
		supportPlan: "KubernetesOfficial",
	},
	computed: fixedOutputs,
	derived: (context) => ({ ...followingOutputs(context), identity: identityOutput(context) }),
});

function nameRows(inputs: Properties): Refusal[] {
	const prefix = text(inputs, "dnsPrefix");
	const given = ["dnsPrefix", "fqdnSubdomain"].filter((path) => isSet(inputs, path));
	const version = text(inputs, "kubernetesVersion");
	return [
		{
			when: prefix !== undefined && !/^[0-9A-Za-z](?:[0-9A-Za-z-]{0,52}[0-9A-Za-z])?$/.test(prefix),
			property: "dnsPrefix",
			reason: `must be 1 to 54 of letters, digits and hyphens, beginning and ending with a letter or digit, but ${JSON.stringify(prefix)} was given`,
		},
		{
			when: given.length !== 1,
			property: "dnsPrefix",
			reason: `exactly one of dnsPrefix and fqdnSubdomain is needed, but ${given.join(" and ") || "none"} was given`,
		},
		{
			when: version !== undefined && minorOf(version) === undefined,
			property: "kubernetesVersion",
			reason: `must be a version such as "1.34" or "1.34.2", but ${JSON.stringify(version)} was given`,
		},
	];
}

function settingRows(context: CheckContext): Refusal[] {
	const { inputs, world, self } = context;
	const workspace = text(inputs, "addonProfiles.omsagent.config.logAnalyticsWorkspaceResourceID");
	const [minor, before] = [text(inputs, "kubernetesVersion"), text(self?.outputs, "kubernetesVersion")].map(minorOf);
	const automatic = text(inputs, "autoUpgradeProfile.upgradeChannel") === "node-image";
	const channel = text(inputs, "autoUpgradeProfile.nodeOSUpgradeChannel");
	return [
		elsewhere(context, TYPE.cluster, { path: "diskEncryptionSetID", to: TYPE.diskEncryptionSet }),
		{
			when: workspace !== undefined && world.find([TYPE.workspace], "id", workspace).length === 0,
			property: "addonProfiles.omsagent.config.logAnalyticsWorkspaceResourceID",
			reason: `names no existing Workspace: ${JSON.stringify(workspace)}; create it first`,
		},
		{
			when:
				flag(inputs, `${DEFENDER}.securityMonitoring.enabled`) === true &&
				isAbsent(inputs, `${DEFENDER}.logAnalyticsWorkspaceResourceId`),
			property: `${DEFENDER}.logAnalyticsWorkspaceResourceId`,
			reason: "is required where Defender is enabled: the id of a workspace; set it",
		},
		{
			when: minor !== undefined && before !== undefined && (minor < before || minor > before + 1),
			property: "kubernetesVersion",
			reason: `must go up one minor version at a time and never down, but 1.${before} would become 1.${minor}`,
		},
		{
			when: text(inputs, "supportPlan") === "AKSLongTermSupport" && text(inputs, "sku.tier") !== "Premium",
			property: "sku.tier",
			reason: 'must be "Premium" for long-term support; set it',
		},
		{
			when: automatic && channel !== undefined && channel !== "NodeImage",
			property: "autoUpgradeProfile.nodeOSUpgradeChannel",
			reason: `must be "NodeImage" where upgradeChannel is node-image, but ${JSON.stringify(channel)} was given`,
		},
	];
}

function poolRows(context: CheckContext): Fault[] {
	const { inputs } = context;
	const pools = profilesOf(inputs, context.self?.id);
	const all = list(inputs, "agentPoolProfiles");
	const location = locationOf(TYPE.cluster, context);
	const known = Array.isArray(inputs.agentPoolProfiles) || isAbsent(inputs, "agentPoolProfiles");
	const names = all.map((pool) => text(pool, "name"));
	const perPool = pools.flatMap((placed, i) => {
		const under = `agentPoolProfiles[${i}].`;
		const subnet = text(placed.pool, "vnetSubnetID");
		const mates = pools.filter((each) => each !== placed && text(each.pool, "vnetSubnetID") === subnet);
		return [
			...poolFaults(placed.pool, under, location),
			...featureFaults(placed.pool, under, context),
			...subnetFaults([placed, ...mates], under, location, context),
			...reservationFaults(placed.pool, under, location, context),
		];
	});
	return [
		...perPool,
		...faultsOf([
			{
				when: known && !all.some((pool) => isObject(pool) && (text(pool, "mode") === "System" || isUnknownMode(pool))),
				property: "agentPoolProfiles",
				reason: 'must hold at least one pool of mode "System"; add one',
			},
			...names.map((name, i) => ({
				when: name !== undefined && (!/^[a-z][0-9a-z]{0,11}$/.test(name) || names.indexOf(name) < i),
				property: `agentPoolProfiles[${i}].name`,
				reason: `must be 1 to 12 of lower-case letters and digits, beginning with a letter, once in the cluster, but ${JSON.stringify(name)} was given`,
			})),
		]),
	];
}

function isUnknownMode(pool: Properties): boolean {
	return isSet(pool, "mode") && text(pool, "mode") === undefined;
}
