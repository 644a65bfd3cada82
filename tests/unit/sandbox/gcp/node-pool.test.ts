import assert from "node:assert/strict";
import type { Properties } from "../../../../lib/values";
import { isObject } from "../../../../lib/values";
import { assertFault, type Refused, refuses, type Stage } from "../stage";
import { type Estate, estate } from "./estate";

let at: Estate;
const set = (): Stage => {
	at = estate();
	return at.stage;
};
const POOL = "gcp:container/nodePool:NodePool";
const RESERVATION = "gcp:compute/reservation:Reservation";
const POLICY = "gcp:compute/resourcePolicy:ResourcePolicy";

/** A pool of the estate under another name, with changes: an object's fields are set within the object. */
function pool(of: "system" | "gpu" | "flex", changes: Properties): Properties {
	const good = at.of(of).inputs;
	const merged = Object.entries(changes).map(([key, value]) => {
		const before = good[key];
		return [key, isObject(before) && isObject(value) ? { ...before, ...value } : value] as const;
	});
	return { ...good, name: "second", ...Object.fromEntries(merged) };
}

function row(because: string, inputs: Properties, property: string, reason: RegExp): Refused {
	return { because, type: POOL, inputs, property, reason };
}

const NONE = { reservationAffinity: { consumeReservationType: "NO_RESERVATION" } };
const key = "compute.googleapis.com/reservation-name";
const affinity = "nodeConfig.reservationAffinity";
const configs = "networkConfig.additionalNodeNetworkConfigs";
const gpu = (i: number) => ({ network: `gpu-${i}`, subnetwork: `gpu-${i}` });

describe("node pools", () => {
	it("are good as the estate has them, and under another name", () => {
		const stage = set();
		for (const name of ["system", "gpu", "flex"] as const) {
			assert.deepEqual(stage.faults(POOL, pool(name, {})), [], name);
		}
	});

	refuses(
		(): Refused[] => [
			row(
				"compact TPUs without their topology",
				pool("gpu", {
					nodeLocations: ["us-central1-b"],
					placementPolicy: { type: "COMPACT" },
					nodeConfig: { machineType: "ct6e-standard-4t", guestAccelerators: null },
				}),
				"placementPolicy.tpuTopology",
				/is required for COMPACT nodes with TPUs/,
			),
			row(
				"a topology of TPUs for GPUs",
				pool("gpu", { placementPolicy: { tpuTopology: "2x2" } }),
				"placementPolicy.tpuTopology",
				/machine types with TPUs/,
			),
			row(
				"GPUs on a machine with TPUs",
				pool("gpu", { nodeLocations: ["us-central1-b"], nodeConfig: { machineType: "ct6e-standard-4t" } }),
				"nodeConfig.guestAccelerators[0]",
				/takes no accelerators/,
			),
			row(
				"TPUs in a zone without them",
				pool("gpu", { nodeConfig: { machineType: "ct6e-standard-4t" } }),
				"nodeLocations",
				/ct6e-standard-4t is not offered in us-central1-a/,
			),
			row(
				"a fixed count that is moved",
				pool("gpu", { autoscaling: { totalMinNodeCount: 0, totalMaxNodeCount: 4 } }),
				"nodeCount",
				/cannot be combined with autoscaling/,
			),
			row(
				"a block of a reservation in no zone",
				pool("gpu", {
					nodeLocations: null,
					nodeConfig: {
						reservationAffinity: {
							consumeReservationType: "SPECIFIC_RESERVATION",
							key,
							values: ["projects/research-lab/reservations/h100/reservationBlocks/b1"],
						},
					},
				}),
				"nodeLocations",
				/is required where a block/,
			),
			row("a name of 41 letters", pool("system", { name: "a".repeat(41) }), "name", /1 to 40/),
			row("a name twice in a cluster", at.of("gpu").inputs, "name", /unique within the cluster/),
			row(
				"a cluster that is not there",
				pool("system", { cluster: "nowhere" }),
				"cluster",
				/names no existing Cluster/,
			),
			row(
				"a cluster of another region",
				pool("system", { location: "us-east4" }),
				"cluster",
				/must be in research-lab\/us-east4/,
			),
			row(
				"a zone of another region",
				pool("gpu", { nodeLocations: ["us-east4-a"] }),
				"nodeLocations[0]",
				/zone of us-central1/,
			),
			row(
				"a zone twice",
				pool("system", { nodeLocations: ["us-central1-a", "us-central1-a"] }),
				"nodeLocations",
				/twice/,
			),
			row(
				"a zone that has no such machines",
				pool("gpu", { nodeLocations: ["us-central1-f"] }),
				"nodeLocations",
				/a3-highgpu-8g is not offered in us-central1-f/,
			),
			row("2000 nodes in a zone", pool("gpu", { nodeCount: 2000 }), "nodeCount", /0 to 1000 nodes per zone/),
			row(
				"limits per zone and in total",
				pool("system", { autoscaling: { maxNodeCount: 3 } }),
				"autoscaling",
				/keep one pair/,
			),
			row(
				"no limits",
				pool("system", { autoscaling: { totalMinNodeCount: null, totalMaxNodeCount: null } }),
				"autoscaling",
				/needs maxNodeCount/,
			),
			row(
				"a minimum above the maximum",
				pool("system", { autoscaling: { totalMinNodeCount: 9 } }),
				"autoscaling.totalMaxNodeCount",
				/at least totalMinNodeCount/,
			),
			row("300 pods a node", pool("system", { maxPodsPerNode: 300 }), "maxPodsPerNode", /8 to 256/),
			row(
				"no surge and nothing unavailable",
				pool("system", { upgradeSettings: { maxSurge: 0 } }),
				"upgradeSettings.maxUnavailable",
				/both 0/,
			),
			row(
				"21 nodes at once",
				pool("system", { upgradeSettings: { maxSurge: 21 } }),
				"upgradeSettings.maxSurge",
				/at most 20/,
			),
			row(
				"blue and green with a surge",
				pool("system", { upgradeSettings: { strategy: "BLUE_GREEN" } }),
				"upgradeSettings.maxSurge",
				/SURGE only/,
			),
			row(
				"short-lived upgrades of lasting nodes",
				pool("system", { upgradeSettings: { strategy: "SHORT_LIVED" } }),
				"upgradeSettings.strategy",
				/flexStart/,
			),
			row(
				"a version newer than the control plane's",
				pool("system", { version: "1.35" }),
				"version",
				/must not be newer/,
			),
			row(
				"more nodes than the pods' range holds",
				pool("system", { autoscaling: { totalMaxNodeCount: 300 } }),
				"maxPodsPerNode",
				/range pods \(10\.4\.0\.0\/17\) has 32768 addresses/,
			),
			row(
				"a pods' range that is not there",
				pool("system", { networkConfig: { podRange: "x" } }),
				"networkConfig.podRange",
				/names no secondary range/,
			),
			row(
				"more nodes than the subnet holds",
				pool("system", { maxPodsPerNode: 8, autoscaling: { totalMaxNodeCount: 5000 } }),
				"autoscaling",
				/has 4092 addresses for nodes/,
			),
		],
		set,
	);
});

describe("nodes of a pool", () => {
	refuses((): Refused[] => {
		const node = (nodeConfig: Properties, of: "system" | "gpu" | "flex" = "gpu") => pool(of, { nodeConfig });
		const accelerator = { type: "nvidia-h100-80gb", count: 8 };
		return [
			row(
				"GPUs of another type",
				node({ guestAccelerators: [{ ...accelerator, type: "nvidia-l4" }] }),
				"nodeConfig.guestAccelerators[0].type",
				/must be "nvidia-h100-80gb", which a3-highgpu-8g has/,
			),
			row(
				"4 of 8 GPUs",
				node({ guestAccelerators: [{ ...accelerator, count: 4 }] }),
				"nodeConfig.guestAccelerators[0].count",
				/must be 8/,
			),
			row(
				"GPUs of a plain machine",
				node({ guestAccelerators: [accelerator] }, "system"),
				"nodeConfig.guestAccelerators[0]",
				/takes no accelerators/,
			),
			row(
				"a driver that is none",
				node({ guestAccelerators: [{ ...accelerator, gpuDriverInstallationConfig: { gpuDriverVersion: "NEWEST" } }] }),
				"nodeConfig.guestAccelerators[0].gpuDriverInstallationConfig.gpuDriverVersion",
				/"LATEST"/,
			),
			row(
				"2 of 16 local SSDs",
				node({ ephemeralStorageLocalSsdConfig: { localSsdCount: 2 } }),
				"nodeConfig.ephemeralStorageLocalSsdConfig.localSsdCount",
				/must be 16/,
			),
			row(
				"local SSDs used in two ways",
				node({ localNvmeSsdBlockConfig: { localSsdCount: 16 } }),
				"nodeConfig.localNvmeSsdBlockConfig",
				/cannot be combined/,
			),
			row("a disk of 5 GB", node({ diskSizeGb: 5 }), "nodeConfig.diskSizeGb", /10 to 65536 GB/),
			row(
				"a persistent disk for H200",
				node({ diskType: "pd-balanced" }, "flex"),
				"nodeConfig.diskType",
				/Hyperdisk only/,
			),
			row("no gVNIC for GPUs", node({ gvnic: { enabled: false } }), "nodeConfig.gvnic.enabled", /needs gVNIC/),
			row(
				"spot and preemptible",
				node({ spot: true, preemptible: true }, "system"),
				"nodeConfig.preemptible",
				/cannot be combined with spot/,
			),
			row(
				"a taint that is none",
				node({ taints: [{ key: "a", value: "b", effect: "NoSchedule" }] }),
				"nodeConfig.taints[0].effect",
				/"NO_SCHEDULE"/,
			),
			row("a run of 8 days", node({ maxRunDuration: "691200s" }, "flex"), "nodeConfig.maxRunDuration", /7 days/),
			row(
				"a disk key that Compute may not use",
				node({ bootDiskKmsKey: at.of("storageKey").id }),
				"nodeConfig.bootDiskKmsKey",
				/compute-system/,
			),
			row(
				"a service account that is not there",
				node({ serviceAccount: "x@research-lab.iam.gserviceaccount.com" }),
				"nodeConfig.serviceAccount",
				/names no existing Account/,
			),
		];
	}, set);

	it("need workload identity on the cluster for GKE's metadata server", () => {
		const stage = set();
		const { workloadIdentityConfig: _, ...rest } = at.of("cluster").outputs;
		stage.objects[stage.objects.indexOf(at.of("cluster"))] = { ...at.of("cluster"), outputs: rest };
		assertFault(
			stage.faults(POOL, pool("system", {})),
			"nodeConfig.workloadMetadataConfig.mode",
			/needs workloadIdentityConfig/,
		);
	});
});

describe("capacity of a pool", () => {
	refuses((): Refused[] => {
		const reserved = (reservationAffinity: Properties) => pool("gpu", { nodeConfig: { reservationAffinity } });
		const specific = { consumeReservationType: "SPECIFIC_RESERVATION", key, values: ["h100"] };
		return [
			row("no reservation by name", reserved({ ...specific, values: [] }), `${affinity}.values`, /exactly one/),
			row(
				"two reservations by name",
				reserved({ ...specific, values: ["a", "b"] }),
				`${affinity}.values`,
				/exactly one.*2 were/,
			),
			row(
				"a reservation by another key",
				reserved({ ...specific, key: "name" }),
				`${affinity}.key`,
				/reservation-name/,
			),
			row(
				"a name where any reservation serves",
				reserved({ ...specific, consumeReservationType: "ANY_RESERVATION" }),
				`${affinity}.consumeReservationType`,
				/must be SPECIFIC_RESERVATION/,
			),
			row(
				"a reservation of another zone",
				pool("gpu", { nodeLocations: ["us-central1-b"] }),
				"nodeLocations",
				/is in us-central1-a, but the pool has nodes in us-central1-b/,
			),
			row("more nodes than are reserved", pool("gpu", { nodeCount: 5 }), "nodeCount", /at most 4, the machines/),
			row(
				"a reservation of another type",
				pool("gpu", { nodeConfig: { machineType: "a3-megagpu-8g" } }),
				"nodeConfig.machineType",
				/holds a3-highgpu-8g/,
			),
			row(
				"spot nodes of a reservation",
				pool("gpu", { nodeConfig: { spot: true } }),
				`${affinity}.consumeReservationType`,
				/must be NO_RESERVATION for spot/,
			),
			row(
				"compact nodes in two zones",
				pool("gpu", { nodeLocations: ["us-central1-a", "us-central1-b"], nodeConfig: NONE }),
				"nodeLocations",
				/exactly one zone/,
			),
			row(
				"compact nodes, blue and green",
				pool("gpu", { upgradeSettings: { strategy: "BLUE_GREEN" } }),
				"upgradeSettings.strategy",
				/COMPACT/,
			),
			row(
				"a placement that is none",
				pool("gpu", { placementPolicy: { type: "SPREAD" } }),
				"placementPolicy.type",
				/"COMPACT"/,
			),
			row(
				"a policy that is not there",
				pool("gpu", { placementPolicy: { policyName: "x" } }),
				"placementPolicy.policyName",
				/names no existing ResourcePolicy/,
			),
			row(
				"queued nodes of any reservation",
				pool("flex", { nodeConfig: { flexStart: false, reservationAffinity: null } }),
				`${affinity}.consumeReservationType`,
				/NO_RESERVATION with queuedProvisioning/,
			),
			row(
				"queued nodes at the start",
				pool("flex", { autoscaling: { totalMinNodeCount: 1 } }),
				"autoscaling",
				/starts with no nodes/,
			),
			row("queued nodes without limits", pool("flex", { autoscaling: null }), "autoscaling", /is required/),
			row(
				"queued nodes, compact",
				pool("flex", { placementPolicy: { type: "COMPACT" } }),
				"placementPolicy.type",
				/queuedProvisioning/,
			),
			row("queued spot nodes", pool("flex", { nodeConfig: { spot: true } }), "queuedProvisioning.enabled", /spot/),
			row(
				"flex-start with repair",
				pool("flex", { management: { autoRepair: true } }),
				"management.autoRepair",
				/must be false/,
			),
			row("flex-start with a fixed size", pool("flex", { nodeCount: 2 }), "nodeCount", /use autoscaling/),
			row(
				"flex-start of a reservation",
				pool("flex", { nodeConfig: { reservationAffinity: { consumeReservationType: "ANY_RESERVATION" } } }),
				`${affinity}.consumeReservationType`,
				/NO_RESERVATION with flexStart/,
			),
			row(
				"compact flex-start of H100",
				{
					...pool("gpu", {
						autoscaling: { totalMaxNodeCount: 1 },
						management: { autoRepair: false },
						nodeConfig: { ...NONE, flexStart: true },
					}),
					nodeCount: null,
				},
				"placementPolicy.type",
				/a3-ultragpu, a4 and h4d/,
			),
		];
	}, set);

	it("may be a reservation that exists outside the program", () => {
		const stage = set();
		const values = ["projects/other/reservations/theirs"];
		const named = pool("gpu", {
			nodeConfig: { reservationAffinity: { consumeReservationType: "SPECIFIC_RESERVATION", key, values } },
		});
		assert.deepEqual(stage.faults(POOL, named), []);
	});

	it("needs a reservation that may be named", () => {
		const stage = set();
		const { specificReservationRequired: _, ...open } = at.of("reservation").inputs;
		stage.make(RESERVATION, { ...open, name: "open" });
		const named = pool("gpu", {
			nodeConfig: { reservationAffinity: { consumeReservationType: "SPECIFIC_RESERVATION", key, values: ["open"] } },
		});
		assertFault(stage.faults(POOL, named), `${affinity}.values[0]`, /specificReservationRequired/);
	});

	it("needs a policy that places machines", () => {
		const stage = set();
		stage.make(POLICY, {
			name: "snapshots",
			snapshotSchedulePolicy: { schedule: { dailySchedule: { daysInCycle: 1, startTime: "04:00" } } },
		});
		assertFault(
			stage.faults(POOL, pool("gpu", { placementPolicy: { policyName: "snapshots" } })),
			"placementPolicy.policyName",
			/placement or workload policy/,
		);
	});
});

describe("reservations and placement policies", () => {
	refuses((): Refused[] => {
		const good = { ...at.of("reservation").inputs, name: "more" };
		const machine = (instanceProperties: Properties) => ({
			...good,
			specificReservation: { count: 1, instanceProperties },
		});
		return [
			{
				because: "a zone of another region",
				type: RESERVATION,
				inputs: { ...good, zone: "us" },
				property: "zone",
				reason: /zone such as/,
			},
			{
				because: "a zone without such machines",
				type: RESERVATION,
				inputs: { ...good, zone: "us-central1-f" },
				property: "specificReservation.instanceProperties.machineType",
				reason: /not offered/,
			},
			{
				because: "no machines",
				type: RESERVATION,
				inputs: { ...good, specificReservation: { count: 0, instanceProperties: { machineType: "n2-standard-8" } } },
				property: "specificReservation.count",
				reason: /1 to 1000/,
			},
			{
				because: "GPUs of another type",
				type: RESERVATION,
				inputs: machine({
					machineType: "a3-highgpu-8g",
					guestAccelerators: [{ acceleratorType: "nvidia-l4", acceleratorCount: 8 }],
				}),
				property: "specificReservation.instanceProperties.guestAccelerators[0].acceleratorType",
				reason: /nvidia-h100-80gb/,
			},
			{
				because: "sharing with nobody named",
				type: RESERVATION,
				inputs: { ...good, shareSettings: { shareType: "SPECIFIC_PROJECTS" } },
				property: "shareSettings",
				reason: /projectMaps/,
			},
			{
				because: "a policy of no kind",
				type: POLICY,
				inputs: { name: "p" },
				property: "groupPlacementPolicy",
				reason: /none was given/,
			},
			{
				because: "a policy of two kinds",
				type: POLICY,
				inputs: {
					name: "p",
					groupPlacementPolicy: { collocation: "COLLOCATED" },
					workloadPolicy: { type: "HIGH_THROUGHPUT" },
				},
				property: "workloadPolicy",
				reason: /exactly one kind/,
			},
			{
				because: "a distance of 9",
				type: POLICY,
				inputs: { name: "p", groupPlacementPolicy: { collocation: "COLLOCATED", maxDistance: 9 } },
				property: "groupPlacementPolicy.maxDistance",
				reason: /1 to 3/,
			},
			{
				because: "a collocation that is none",
				type: POLICY,
				inputs: { name: "p", groupPlacementPolicy: { collocation: "NEAR" } },
				property: "groupPlacementPolicy.collocation",
				reason: /COLLOCATED/,
			},
		];
	}, set);
});

describe("interfaces of a pool", () => {
	const flexible = (list: Properties[]) => pool("flex", { networkConfig: { additionalNodeNetworkConfigs: list } });
	const rdma = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => ({ network: "rdma", subnetwork: `rdma-${i}` }));
	refuses((): Refused[] => {
		const wired = (list: Properties[]) => pool("gpu", { networkConfig: { additionalNodeNetworkConfigs: list } });
		return [
			row(
				"three of four networks",
				wired([gpu(0), gpu(1), gpu(2)]),
				configs,
				/has 4 interfaces beside the first, but 3/,
			),
			row("no networks", pool("gpu", { networkConfig: null }), configs, /but 0 were given/),
			row(
				"a network that is not there",
				wired([gpu(0), gpu(1), gpu(2), { network: "x", subnetwork: "gpu-3" }]),
				`${configs}[3].network`,
				/names no existing Network/,
			),
			row("a network twice", wired([gpu(0), gpu(1), gpu(2), gpu(2)]), `${configs}[3].network`, /given twice/),
			row(
				"a subnet of another network",
				wired([gpu(0), gpu(1), gpu(2), { network: "gpu-3", subnetwork: "gpu-1" }]),
				`${configs}[3].subnetwork`,
				/must be a subnet of/,
			),
			row(
				"the cluster's own network",
				wired([gpu(0), gpu(1), gpu(2), { network: "main", subnetwork: "compute" }]),
				`${configs}[3].network`,
				/another network than the cluster's own/,
			),
			row("seven of eight RDMA subnets", flexible([gpu(0), gpu(1), ...rdma.slice(1)]), configs, /needs 8 subnets/),
			row(
				"RDMA of another zone",
				pool("flex", { nodeLocations: ["us-central1-a"] }),
				`${configs}[1].network`,
				/is of zone us-central1-b/,
			),
		];
	}, set);

	it("need multi-networking on the cluster", () => {
		const stage = set();
		const cluster = at.of("cluster");
		stage.objects[stage.objects.indexOf(cluster)] = {
			...cluster,
			outputs: { ...cluster.outputs, enableMultiNetworking: false },
		};
		assertFault(stage.faults(POOL, pool("gpu", {})), configs, /needs enableMultiNetworking/);
	});
});
