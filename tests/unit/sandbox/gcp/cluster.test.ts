import assert from "node:assert/strict";
import type { Properties } from "../../../../lib/values";
import { isObject, UNKNOWN } from "../../../../lib/values";
import { assertFault, type Refused, refuses, type Stage } from "../stage";
import { type Estate, estate } from "./estate";

let at: Estate;
const set = (): Stage => {
	at = estate();
	return at.stage;
};
const id = (name: string): string => at.of(name).id;
const CLUSTER = "gcp:container/cluster:Cluster";

/** The estate's cluster under another name, with changes: an object's fields are set within the object. */
function cluster(changes: Properties): Properties {
	const good = at.of("cluster").inputs;
	const merged = Object.entries(changes).map(([key, value]) => {
		const before = good[key];
		return [key, isObject(before) && isObject(value) ? { ...before, ...value } : value] as const;
	});
	return { ...good, name: "second", ...Object.fromEntries(merged) };
}

function row(because: string, changes: Properties, property: string, reason: RegExp): Refused {
	return { because, type: CLUSTER, inputs: cluster(changes), property, reason };
}

const exclusion = { exclusionName: "a", startTime: "2026-01-01T00:00:00Z" };

describe("GKE clusters", () => {
	it("are good as the estate has them, and under another name", () => {
		const stage = set();
		assert.deepEqual(stage.faults(CLUSTER, cluster({})), []);
	});

	refuses(
		(): Refused[] => [
			row("a name of 41 letters", { name: "a".repeat(41) }, "name", /1 to 40/),
			row("a name that is taken", { name: "research" }, "name", /unique within the region/),
			row("a location that is none", { location: "us" }, "location", /region such as us-central1/),
			row("a zone of another region", { nodeLocations: ["us-east4-a"] }, "nodeLocations[0]", /zone of us-central1/),
			row("no first pool", { initialNodeCount: 0 }, "initialNodeCount", /at least 1/),
			row("a version that is none", { minMasterVersion: "v1.34" }, "minMasterVersion", /1\.34/),
			row("a network that is not there", { network: "nowhere" }, "network", /names no existing Network/),
			row("a subnet of another network", { subnetwork: id("gpuSubnet0") }, "subnetwork", /must be a subnet of/),
			row(
				"a subnet of another region",
				{ location: "us-east4", nodeLocations: ["us-east4-a"] },
				"subnetwork",
				/must be in research-lab\/us-east4/,
			),
			row("no subnet in a custom network", { subnetwork: null }, "subnetwork", /is required/),
			row(
				"a range for pods that is not there",
				{ ipAllocationPolicy: { clusterSecondaryRangeName: "x" } },
				"ipAllocationPolicy.clusterSecondaryRangeName",
				/names no secondary range/,
			),
			row(
				"one range for pods and services",
				{ ipAllocationPolicy: { servicesSecondaryRangeName: "pods" } },
				"ipAllocationPolicy.servicesSecondaryRangeName",
				/another range/,
			),
			row(
				"a range and its name",
				{ ipAllocationPolicy: { clusterIpv4CidrBlock: "10.5.0.0/17" } },
				"ipAllocationPolicy.clusterIpv4CidrBlock",
				/cannot be combined/,
			),
			row("routes with a policy", { networkingMode: "ROUTES" }, "ipAllocationPolicy", /VPC_NATIVE/),
			row("4 pods a node", { defaultMaxPodsPerNode: 4 }, "defaultMaxPodsPerNode", /8 to 256/),
			row(
				"a private endpoint without authorized networks",
				{ masterAuthorizedNetworksConfig: null },
				"masterAuthorizedNetworksConfig",
				/is required/,
			),
			row(
				"public addresses at a private endpoint",
				{ masterAuthorizedNetworksConfig: { cidrBlocks: [{ cidrBlock: "8.8.8.0/24" }] } },
				"masterAuthorizedNetworksConfig.cidrBlocks[0].cidrBlock",
				/is public/,
			),
			row(
				"a private endpoint with public nodes",
				{ privateClusterConfig: { enablePrivateNodes: false } },
				"privateClusterConfig.enablePrivateNodes",
				/must be true/,
			),
			row(
				"a control plane's range of /24",
				{ privateClusterConfig: { masterIpv4CidrBlock: "172.16.0.0/24" } },
				"privateClusterConfig.masterIpv4CidrBlock",
				/\/28/,
			),
			row(
				"a control plane's range inside a subnet",
				{ privateClusterConfig: { masterIpv4CidrBlock: "10.0.1.0/28" } },
				"privateClusterConfig.masterIpv4CidrBlock",
				/overlaps/,
			),
			row(
				"another project's pool",
				{ workloadIdentityConfig: { workloadPool: "other.svc.id.goog" } },
				"workloadIdentityConfig.workloadPool",
				/must be research-lab\.svc\.id\.goog/,
			),
			row(
				"the nodes' metadata without a pool",
				{ workloadIdentityConfig: null },
				"nodeConfig.workloadMetadataConfig.mode",
				/needs workloadIdentityConfig/,
			),
			row(
				"encryption without a key",
				{ databaseEncryption: { keyName: null } },
				"databaseEncryption.keyName",
				/is required/,
			),
			row(
				"a key that GKE may not use",
				{ databaseEncryption: { keyName: id("disksKey") } },
				"databaseEncryption.keyName",
				/container-engine-robot/,
			),
			row(
				"a disk key that Compute may not use",
				{ nodeConfig: { bootDiskKmsKey: id("clusterKey") } },
				"nodeConfig.bootDiskKmsKey",
				/compute-system/,
			),
			row(
				"many networks without Dataplane V2",
				{ datapathProvider: "LEGACY_DATAPATH" },
				"enableMultiNetworking",
				/ADVANCED_DATAPATH/,
			),
			row(
				"network policy beside Dataplane V2",
				{ networkPolicy: { enabled: true } },
				"networkPolicy.enabled",
				/by itself/,
			),
			row("a channel that is none", { releaseChannel: { channel: "FAST" } }, "releaseChannel.channel", /"REGULAR"/),
			row(
				"logs without the system's",
				{ loggingConfig: { enableComponents: ["WORKLOADS"] } },
				"loggingConfig.enableComponents",
				/SYSTEM_COMPONENTS/,
			),
			row(
				"logs of nothing known",
				{ loggingConfig: { enableComponents: ["SYSTEM_COMPONENTS", "AUDIT"] } },
				"loggingConfig.enableComponents[1]",
				/APISERVER/,
			),
			row(
				"metrics of nothing known",
				{ monitoringConfig: { enableComponents: ["GPU"] } },
				"monitoringConfig.enableComponents[0]",
				/DCGM/,
			),
			row(
				"a service account that is not there",
				{ nodeConfig: { serviceAccount: "x@research-lab.iam.gserviceaccount.com" } },
				"nodeConfig.serviceAccount",
				/names no existing Account/,
			),
			row(
				"a posture that is none",
				{ securityPostureConfig: { mode: "FULL" } },
				"securityPostureConfig.mode",
				/"BASIC"/,
			),
			row(
				"a group of another form",
				{ authenticatorGroupsConfig: { securityGroup: "admins@example.com" } },
				"authenticatorGroupsConfig.securityGroup",
				/gke-security-groups/,
			),
			row(
				"two windows",
				{ maintenancePolicy: { dailyMaintenanceWindow: { startTime: "03:00" } } },
				"maintenancePolicy.recurringWindow",
				/keep one window/,
			),
			row(
				"a window of an hour",
				{
					maintenancePolicy: {
						recurringWindow: {
							startTime: "2026-01-03T02:00:00Z",
							endTime: "2026-01-03T03:00:00Z",
							recurrence: "FREQ=DAILY",
						},
					},
				},
				"maintenancePolicy.recurringWindow.endTime",
				/4 to 24 hours/,
			),
			row(
				"a recurrence in words",
				{
					maintenancePolicy: {
						recurringWindow: {
							startTime: "2026-01-03T02:00:00Z",
							endTime: "2026-01-03T08:00:00Z",
							recurrence: "weekly",
						},
					},
				},
				"maintenancePolicy.recurringWindow.recurrence",
				/RFC 5545/,
			),
			row(
				"an exclusion of 100 days",
				{ maintenancePolicy: { maintenanceExclusions: [{ ...exclusion, endTime: "2026-04-11T00:00:00Z" }] } },
				"maintenancePolicy.maintenanceExclusions[0].endTime",
				/at most 90 days/,
			),
			row(
				"an exclusion without an end",
				{ maintenancePolicy: { maintenanceExclusions: [exclusion] } },
				"maintenancePolicy.maintenanceExclusions[0].endTime",
				/exactly one/,
			),
			row(
				"an exclusion of nothing known",
				{
					maintenancePolicy: {
						maintenanceExclusions: [
							{ ...exclusion, endTime: "2026-01-02T00:00:00Z", exclusionOptions: { scope: "ALL" } },
						],
					},
				},
				"maintenancePolicy.maintenanceExclusions[0].exclusionOptions.scope",
				/NO_UPGRADES/,
			),
		],
		set,
	);

	it("take what is not known yet", () => {
		const stage = set();
		const unknown = cluster({
			network: UNKNOWN,
			subnetwork: UNKNOWN,
			databaseEncryption: { state: "ENCRYPTED", keyName: UNKNOWN },
		});
		assert.deepEqual(stage.faults(CLUSTER, unknown), []);
	});

	it("give each cluster of the sandbox an address of its own", () => {
		const stage = set();
		const second = stage.make(CLUSTER, cluster({}));
		assert.notEqual(second.outputs.endpoint, at.of("cluster").outputs.endpoint);
	});

	it("keep their addresses and certificate over an update, and take new settings", () => {
		const stage = set();
		const self = at.of("cluster");
		const open = { enablePrivateNodes: true, enablePrivateEndpoint: false };
		const outputs = stage.updated(self, { ...self.inputs, privateClusterConfig: open });
		const reach = outputs.privateClusterConfig;
		assert.ok(isObject(reach));
		assert.equal(reach.enablePrivateEndpoint, false);
		assert.equal(reach.privateEndpoint, self.outputs.endpoint);
		assert.equal(outputs.masterAuth, undefined);
		assert.equal(outputs.masterVersion, self.outputs.masterVersion);
		assert.equal(stage.updated(self, { ...self.inputs, minMasterVersion: "1.35" }).masterVersion, "1.35.1-gke.1829001");
	});

	it("have a limit in a region", () => {
		const stage = set();
		for (let i = 1; i < 100; i += 1) {
			stage.put(CLUSTER, cluster({ name: `c${i}` }));
		}
		assertFault(stage.faults(CLUSTER, cluster({})), "", /limit of regional clusters is 100/);
	});
});
