import { isObject, type Properties, UNKNOWN } from "../../../../lib/values";
import { TYPE } from "../../../../sandbox/azure/types";
import { list } from "../../../../sandbox/check/inputs";
import { assertFault, refuses } from "../stage";
import { GROUP } from "./estate";
import { Bench, changed, rows } from "./rows";

const bench = new Bench();
const but = bench.but.bind(bench);
const of = bench.of.bind(bench);

/** A further cluster beside the estate's. */
const cluster = (changes: Properties = {}) => but("cluster", { resourceName: "another", ...changes });

/** The estate's own system pool with changes. */
const systemPool = (changes: Properties): Properties => {
	const [pool] = list(of("cluster").inputs, "agentPoolProfiles");
	return changed(isObject(pool) ? pool : {}, changes);
};

/** A further cluster with a change to its only pool. */
const withPool = (changes: Properties) => cluster({ agentPoolProfiles: [systemPool(changes)] });

describe("AKS clusters", () => {
	const net = (changes: { [name: string]: Properties[string] }) =>
		cluster(Object.fromEntries(Object.entries(changes).map(([name, value]) => [`networkProfile.${name}`, value])));
	const access = (changes: { [name: string]: Properties[string] }) =>
		cluster(
			Object.fromEntries(Object.entries(changes).map(([name, value]) => [`apiServerAccessProfile.${name}`, value])),
		);
	const POOL = "agentPoolProfiles[0]";
	refuses(
		() => [
			...rows(TYPE.cluster, [
				["a name of 64 characters", cluster({ resourceName: "a".repeat(64) }), "resourceName", /1 to 63/],
				["a DNS prefix of 55", cluster({ dnsPrefix: "a".repeat(55) }), "dnsPrefix", /1 to 54/],
				["no DNS prefix", cluster({ dnsPrefix: null }), "dnsPrefix", /exactly one/],
				["a version with a v", cluster({ kubernetesVersion: "v1.34" }), "kubernetesVersion", /"1\.34"/],
				["no identity", cluster({ identity: null }), "identity", /required/],
				[
					"two identities",
					cluster({ "identity.userAssignedIdentities": [of("kubelet").id, of("clusterIdentity").id] }),
					"identity.userAssignedIdentities",
					/exactly one/,
				],
				[
					"an identity that is not there",
					cluster({ "identity.userAssignedIdentities": [`${of("kubelet").id}x`] }),
					"identity.userAssignedIdentities[0]",
					/names no existing/,
				],
				[
					"local accounts off without Entra",
					cluster({ aadProfile: null }),
					"disableLocalAccounts",
					/aadProfile\.managed/,
				],
				[
					"Azure RBAC without managed Entra",
					cluster({ "aadProfile.managed": null }),
					"aadProfile.enableAzureRBAC",
					/aadProfile\.managed/,
				],
				["Entra without RBAC", cluster({ enableRBAC: false }), "enableRBAC", /cannot be false/],
				[
					"a group by name",
					cluster({ "aadProfile.adminGroupObjectIDs": ["admins"] }),
					"aadProfile.adminGroupObjectIDs[0]",
					/GUID/,
				],
				[
					"workload identity without an issuer",
					cluster({ oidcIssuerProfile: { enabled: false } }),
					"oidcIssuerProfile.enabled",
					/must be true/,
				],
				[
					"Defender without a workspace",
					cluster({ "securityProfile.defender.logAnalyticsWorkspaceResourceId": null }),
					"securityProfile.defender.logAnalyticsWorkspaceResourceId",
					/required/,
				],
				[
					"a workspace that is not there",
					cluster({ "addonProfiles.omsagent.config.logAnalyticsWorkspaceResourceID": `${of("workspace").id}x` }),
					"addonProfiles.omsagent.config.logAnalyticsWorkspaceResourceID",
					/names no existing/,
				],
				["long-term support below Premium", cluster({ supportPlan: "AKSLongTermSupport" }), "sku.tier", /"Premium"/],
				[
					"channels that do not agree",
					cluster({ autoUpgradeProfile: { upgradeChannel: "node-image", nodeOSUpgradeChannel: "None" } }),
					"autoUpgradeProfile.nodeOSUpgradeChannel",
					/"NodeImage"/,
				],
				[
					"a disk set that is not there",
					cluster({ diskEncryptionSetID: `${of("diskSet").id}x` }),
					"diskEncryptionSetID",
					/names no existing/,
				],
				[
					"a kubelet's client id that is another's",
					cluster({ "identityProfile.kubeletidentity.clientId": "x" }),
					"identityProfile.kubeletidentity.clientId",
					/must be the clientId/,
				],
				[
					"an identity of another key",
					cluster({ identityProfile: { kubelet: {} } }),
					"identityProfile.kubelet",
					/"kubeletidentity"/,
				],
				[
					"a kubelet's identity that it may not assign",
					cluster({ "identityProfile.kubeletidentity": { resourceId: of("dataIdentity").id } }),
					"identityProfile.kubeletidentity.resourceId",
					/Managed Identity Operator/,
				],
				[
					"address ranges on a private cluster",
					access({ authorizedIPRanges: ["203.0.113.0/24"] }),
					"apiServerAccessProfile.authorizedIPRanges",
					/private cluster/,
				],
				[
					"a private zone on a public cluster",
					access({ enablePrivateCluster: false }),
					"apiServerAccessProfile.privateDNSZone",
					/private clusters only/,
				],
				[
					"an API server's subnet without integration",
					access({ enableVnetIntegration: null }),
					"apiServerAccessProfile.subnetId",
					/enableVnetIntegration/,
				],
				["integration without a subnet", access({ subnetId: null }), "apiServerAccessProfile.subnetId", /required/],
				[
					"a subnet that is not delegated",
					access({ subnetId: of("endpoints").id }),
					"apiServerAccessProfile.subnetId",
					/delegated to/,
				],
				[
					"a zone of another name",
					access({ privateDNSZone: of("zone").id }),
					"apiServerAccessProfile.privateDNSZone",
					/privatelink\.swedencentral\.azmk8s\.io/,
				],
				[
					"a zone that is not there",
					access({ privateDNSZone: "nobody" }),
					"apiServerAccessProfile.privateDNSZone",
					/"system", "none"/,
				],
				[
					"no name at all",
					access({ privateDNSZone: "none" }),
					"apiServerAccessProfile.enablePrivateClusterPublicFQDN",
					/must be true/,
				],
				["pods over the network", net({ podCidr: "10.64.0.0/16" }), "networkProfile.podCidr", /overlaps the network's/],
				[
					"services over the network",
					net({ serviceCidr: "10.64.0.0/20", dnsServiceIP: "10.64.0.10" }),
					"networkProfile.serviceCidr",
					/overlaps 10\.64/,
				],
				[
					"services over the pods",
					net({ serviceCidr: "10.244.0.0/20", dnsServiceIP: "10.244.0.10" }),
					"networkProfile.serviceCidr",
					/overlaps 10\.244/,
				],
				[
					"a DNS address outside the services",
					net({ dnsServiceIP: "10.0.0.10" }),
					"networkProfile.dnsServiceIP",
					/inside serviceCidr/,
				],
				[
					"the first address for DNS",
					net({ dnsServiceIP: "172.20.0.1" }),
					"networkProfile.dnsServiceIP",
					/not its first/,
				],
				["a DNS address that is none", net({ dnsServiceIP: "ten" }), "networkProfile.dnsServiceIP", /IPv4 address/],
				[
					"too few pod addresses",
					net({ podCidr: "10.244.0.0/23" }),
					"networkProfile.podCidr",
					/2 nodes .* but the pools may have 6/,
				],
				["services of /8", net({ serviceCidr: "172.0.0.0/8" }), "networkProfile.serviceCidr", /12 to 29/],
				[
					"cilium policy on another data plane",
					net({ networkDataplane: "azure" }),
					"networkProfile.networkDataplane",
					/"cilium"/,
				],
				[
					"another policy on cilium",
					net({ networkPolicy: "calico" }),
					"networkProfile.networkPolicy",
					/"cilium" or "none"/,
				],
				["an overlay on kubenet", net({ networkPlugin: "kubenet" }), "networkProfile.networkPlugin", /"azure"/],
				[
					"cilium without an overlay",
					net({ networkPluginMode: null }),
					"networkProfile.networkPluginMode",
					/"overlay"/,
				],
				["a basic load balancer", net({ loadBalancerSku: "basic" }), "networkProfile.loadBalancerSku", /retired/],
				[
					"a NAT profile with a gateway of one's own",
					net({ natGatewayProfile: { idleTimeoutInMinutes: 4 } }),
					"networkProfile.natGatewayProfile",
					/managedNATGateway/,
				],
				[
					"a managed NAT in one's own network",
					net({ outboundType: "managedNATGateway" }),
					"networkProfile.outboundType",
					/userAssignedNATGateway/,
				],
				[
					"routes that the subnet does not have",
					net({ outboundType: "userDefinedRouting" }),
					`${POOL}.vnetSubnetID`,
					/no route table/,
				],
				[
					"an outbound type that is none",
					net({ outboundType: "nat" }),
					"networkProfile.outboundType",
					/"userAssignedNATGateway"/,
				],
				[
					"a subnet without a NAT gateway",
					withPool({ vnetSubnetID: of("endpoints").id }),
					`${POOL}.vnetSubnetID`,
					/no NAT gateway/,
				],
				[
					"a NAT gateway without a subnet",
					withPool({ vnetSubnetID: null }),
					`${POOL}.vnetSubnetID`,
					/required for outboundType/,
				],
				["no system pool", withPool({ mode: "User" }), "agentPoolProfiles", /mode "System"/],
				["a pool's name with capitals", withPool({ name: "System" }), `${POOL}.name`, /lower-case/],
				["a Windows system pool", withPool({ osType: "Windows" }), `${POOL}.osType`, /must be Linux/],
				[
					"nodes in a delegated subnet",
					withPool({ vnetSubnetID: of("control").id }),
					`${POOL}.vnetSubnetID`,
					/delegated/,
				],
				[
					"more nodes than the subnet holds",
					withPool({ vnetSubnetID: of("endpoints").id, maxCount: 252 }),
					`${POOL}.vnetSubnetID`,
					/needs 252 addresses .* it has 251/,
				],
				[
					"an ephemeral disk that does not fit",
					withPool({ osDiskSizeGB: 512 }),
					`${POOL}.osDiskSizeGB`,
					/512 GiB does not fit .* 300 GiB/,
				],
				[
					"an ephemeral disk on a size without a disk",
					withPool({ vmSize: "Standard_D8s_v5" }),
					`${POOL}.osDiskSizeGB`,
					/does not fit/,
				],
			]),
		],
		bench.set,
	);

	it("refuses an identity that may not join the subnet, until it may", () => {
		const stage = bench.set();
		const identity = { type: "UserAssigned", userAssignedIdentities: [of("diskIdentity").id] };
		const faults = stage.faults(TYPE.cluster, cluster({ identity, identityProfile: null }));
		assertFault(faults, "agentPoolProfiles[0].vnetSubnetID", /assign Network Contributor at .*virtualNetworks\/main/);
		assertFault(faults, "apiServerAccessProfile.subnetId", /may not join/);
	});

	it("takes a private zone of its own where the identity may write to it", () => {
		const stage = bench.set();
		const zone = stage.make(TYPE.privateZone, but("zone", { privateZoneName: "privatelink.swedencentral.azmk8s.io" }));
		const inputs = cluster({ "apiServerAccessProfile.privateDNSZone": zone.id });
		assertFault(
			stage.faults(TYPE.cluster, inputs),
			"apiServerAccessProfile.privateDNSZone",
			/Private DNS Zone Contributor/,
		);
		stage.make(TYPE.roleAssignment, but("clusterIdentity-network", { scope: zone.id }));
		const made = stage.make(TYPE.cluster, inputs);
		assertFault(
			[{ property: "privateFQDN", reason: String(made.outputs.privateFQDN) }],
			"privateFQDN",
			/\.privatelink\.swedencentral\.azmk8s\.io$/,
		);
	});

	it("refuses to skip a minor version or to go back", () => {
		const stage = bench.set();
		for (const kubernetesVersion of ["1.36", "1.33"]) {
			const faults = stage.faults(TYPE.cluster, but("cluster", { kubernetesVersion }), { self: of("cluster") });
			assertFault(faults, "kubernetesVersion", /one minor version/);
		}
	});

	it("refuses nothing for what a preview does not know yet", () => {
		const stage = bench.set();
		const unknown = cluster({
			resourceGroupName: UNKNOWN,
			"identity.userAssignedIdentities": [UNKNOWN],
			identityProfile: UNKNOWN,
			diskEncryptionSetID: UNKNOWN,
			"apiServerAccessProfile.subnetId": UNKNOWN,
		});
		const inputs = { ...unknown, agentPoolProfiles: [systemPool({ vnetSubnetID: UNKNOWN })] };
		const faults = stage.faults(TYPE.cluster, inputs);
		if (faults.length > 0) {
			throw new Error(JSON.stringify(faults));
		}
	});
});

describe("AKS pools", () => {
	const pool = (changes: Properties = {}) => but("pool", { agentPoolName: "another", ...changes });
	const scaling = (minCount: number, maxCount: number, count: number) =>
		pool({ enableAutoScaling: true, minCount, maxCount, count });
	refuses(
		() => [
			...rows(TYPE.agentPool, [
				["a name of 13 characters", pool({ agentPoolName: "a".repeat(13) }), "agentPoolName", /1 to 12/],
				["a name with a hyphen", pool({ agentPoolName: "gpu-a" }), "agentPoolName", /lower-case letters and digits/],
				["the name of the cluster's own pool", pool({ agentPoolName: "system" }), "agentPoolName", /agentPoolProfiles/],
				["a pool twice", pool({ agentPoolName: "gpu" }), "agentPoolName", /taken by/],
				[
					"a cluster that is not there",
					pool({ resourceName: "nobody" }),
					"resourceName",
					/names no existing ManagedCluster/,
				],
				["no size", pool({ vmSize: null }), "vmSize", /required/],
				["a size that is none", pool({ vmSize: "ND96" }), "vmSize", /name of a VM size/],
				[
					"a GPU profile on a size without GPUs",
					pool({ vmSize: "Standard_D8ds_v5", capacityReservationGroupID: null }),
					"gpuProfile",
					/has none/,
				],
				["a driver that is none", pool({ gpuProfile: { driver: "none" } }), "gpuProfile.driver", /"Install" or "None"/],
				["1001 nodes", pool({ count: 1001 }), "count", /0 to 1000/],
				["bounds without autoscaling", pool({ minCount: 1 }), "minCount", /enableAutoScaling/],
				["autoscaling without bounds", pool({ enableAutoScaling: true }), "maxCount", /required/],
				["bounds that cross", scaling(3, 2, 3), "count", /minCount at most/],
				["300 pods a node", pool({ maxPods: 300 }), "maxPods", /10 to 250/],
				["an OS disk of 20 GiB", pool({ osDiskSizeGB: 20 }), "osDiskSizeGB", /30 to 2048/],
				["zone 5", pool({ availabilityZones: ["5"] }), "availabilityZones[0]", /zones 1, 2, 3/],
				["a taint without an effect", pool({ nodeTaints: ["a=b"] }), "nodeTaints[0]", /NoSchedule/],
				["a price without spot machines", pool({ spotMaxPrice: -1 }), "spotMaxPrice", /"Spot"/],
				["spot machines of a reservation", pool({ scaleSetPriority: "Spot" }), "capacityReservationGroupID", /spot/],
				["a surge in words", pool({ "upgradeSettings.maxSurge": "one" }), "upgradeSettings.maxSurge", /1% to 100%/],
				[
					"an upgrade that cannot move",
					pool({ upgradeSettings: { maxSurge: "0" } }),
					"upgradeSettings.maxUnavailable",
					/at least 1/,
				],
				["a reservation in another zone", pool({ availabilityZones: ["2"] }), "availabilityZones", /in zone 1/],
				[
					"a reservation of another size",
					pool({ vmSize: "Standard_ND96isr_H200_v5" }),
					"capacityReservationGroupID",
					/no reservation of Standard_ND96isr_H200_v5/,
				],
				[
					"a reservation that is not there",
					pool({ capacityReservationGroupID: `${of("reservationGroup").id}x` }),
					"capacityReservationGroupID",
					/names no existing/,
				],
				["no subnet", pool({ vnetSubnetID: null }), "vnetSubnetID", /required/],
				[
					"a newer version than the cluster's",
					pool({ orchestratorVersion: "1.35" }),
					"orchestratorVersion",
					/at most the cluster's/,
				],
				[
					"an ephemeral disk that does not fit",
					pool({ osDiskType: "Ephemeral", osDiskSizeGB: 2000 }),
					"osDiskSizeGB",
					/does not fit/,
				],
			]),
			...rows(TYPE.reservation, [
				[
					"a size that is not in the region",
					but("reservation", {
						capacityReservationName: "another",
						"sku.name": "Standard_ND96isr_H200_v5",
						location: "westeurope",
					}),
					"sku.name",
					/not offered in westeurope/,
				],
				[
					"two zones",
					but("reservation", { capacityReservationName: "another", zones: ["1", "2"] }),
					"zones",
					/one zone at most/,
				],
				[
					"a zone that the group lacks",
					but("reservation", { capacityReservationName: "another", zones: ["2"] }),
					"zones",
					/group's zones 1/,
				],
				[
					"no count",
					but("reservation", { capacityReservationName: "another", "sku.capacity": null }),
					"sku.capacity",
					/whole number/,
				],
				[
					"another region than the group's",
					but("reservation", { capacityReservationName: "another", location: "eastus" }),
					"location",
					/swedencentral/,
				],
			]),
			...rows(TYPE.maintenance, [
				[
					"a name of one's own",
					but("maintenance", { configName: "weekly" }),
					"configName",
					/aksManagedAutoUpgradeSchedule/,
				],
				[
					"2 hours",
					but("maintenance", { "maintenanceWindow.durationHours": 2 }),
					"maintenanceWindow.durationHours",
					/4 to 24/,
				],
				[
					"25 o'clock",
					but("maintenance", { "maintenanceWindow.startTime": "25:00" }),
					"maintenanceWindow.startTime",
					/00:00 to 23:59/,
				],
				[
					"an offset in words",
					but("maintenance", { "maintenanceWindow.utcOffset": "CET" }),
					"maintenanceWindow.utcOffset",
					/\+02:00/,
				],
				[
					"two schedules",
					but("maintenance", { "maintenanceWindow.schedule.daily": { intervalDays: 1 } }),
					"maintenanceWindow.schedule",
					/exactly one/,
				],
				["no window", but("maintenance", { maintenanceWindow: null }), "maintenanceWindow", /required/],
				[
					"hours of the old form",
					but("maintenance", { timeInWeek: [{ day: "Monday", hourSlots: [1] }] }),
					"timeInWeek",
					/"default"/,
				],
			]),
		],
		bench.set,
	);

	it("counts the nodes of every pool in the subnet", () => {
		const stage = bench.set();
		const faults = stage.faults(TYPE.agentPool, { ...scaling(0, 1000, 0), vnetSubnetID: of("nodes").id });
		if (faults.some(({ property }) => property === "vnetSubnetID")) {
			throw new Error("a /20 holds 1008 nodes");
		}
		const small = stage.make(TYPE.subnet, {
			...GROUP,
			virtualNetworkName: "main",
			subnetName: "small",
			addressPrefix: "10.64.40.0/28",
		});
		const first = pool({ count: 6, vnetSubnetID: small.id });
		stage.make(TYPE.agentPool, first);
		const second = stage.faults(TYPE.agentPool, { ...first, agentPoolName: "second" });
		assertFault(second, "vnetSubnetID", /needs 12 addresses .* it has 11/);
	});

	it("refuses a reservation that the cluster's identity may not use", () => {
		const stage = bench.set();
		const group = stage.make(TYPE.reservationGroup, but("reservationGroup", { capacityReservationGroupName: "more" }));
		stage.make(TYPE.reservation, but("reservation", { capacityReservationGroupName: "more" }));
		const faults = stage.faults(TYPE.agentPool, pool({ capacityReservationGroupID: group.id }));
		assertFault(faults, "capacityReservationGroupID", /assign Contributor/);
	});
});
