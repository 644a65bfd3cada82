import { type MachineType, machineType } from "../../catalogue/gcp/machine-types";
import type { Properties } from "../../lib/values";
import { list, number, object, text } from "../check/inputs";
import type { SandboxObject, World } from "../model";
import type { SimulatedNode, Taint } from "../nodes/node";
import { type NodeNaming, nodesOfPool, type PoolFacts, steadyHex, taintEffect } from "../nodes/pool-nodes";
import { gkeReserve } from "../nodes/reserve";
import { POOL, poolPlace, startNodes } from "./node-pool-place";

/** A local SSD, GB. Source: Google Cloud, "About Local SSD disks", read 2026-11-21. */
const LOCAL_SSD_GB = 375;

/** Longest part of a cluster's or a pool's name in a node's name; GKE cuts them (seen in public listings, unverified). */
const NAME_PART = 20;

/** The nodes of a GKE cluster, as its node pools run them. */
export function gkeNodes(cluster: SandboxObject, world: World): SimulatedNode[] {
	const scope = { account: cluster.account, region: cluster.region };
	const pools = world
		.list(POOL, scope)
		.map((pool) => ({ pool, place: poolPlace({ inputs: pool.outputs, scope, world }) }))
		.filter(({ place }) => place.cluster?.id === cluster.id);
	return pools.flatMap(({ pool, place }) => {
		const facts = factsOf(pool, place.zones);
		return facts === undefined ? [] : nodesOfPool(facts, naming(cluster, facts));
	});
}

function factsOf({ outputs, region }: SandboxObject, zones: readonly string[]): PoolFacts | undefined {
	const config = object(outputs, "nodeConfig");
	const type = text(config, "machineType") ?? "e2-medium";
	const machine: MachineType | undefined = machineType(type);
	if (machine === undefined) {
		return undefined;
	}
	const diskGib = disk(config);
	const name = text(outputs, "name") ?? "";
	return {
		name,
		region,
		zones,
		nodes: startNodes(outputs, zones.length),
		instanceType: type,
		machine,
		pods: number(outputs, "maxPodsPerNode") ?? 110,
		diskGib,
		extended: {},
		reserve: gkeReserve({ vcpus: machine.vcpus, memoryGib: machine.memoryGib, diskGib }),
		labels: {
			"cloud.google.com/gke-nodepool": name,
			"cloud.google.com/machine-family": type.split("-")[0] ?? "",
			"cloud.google.com/gke-os-distribution": "cos",
			...(machine.acceleratorType ? { "cloud.google.com/gke-accelerator": machine.acceleratorType } : {}),
			...tpuLabels(machine),
			...Object.fromEntries(Object.entries(object(config, "labels")).map(([key, value]) => [key, String(value)])),
		},
		taints: withAcceleratorTaint(list(config, "taints").flatMap(taintOf), machine),
	};
}

/** The boot disk, or the local SSDs where pods use these. */
function disk(config: Properties): number {
	const ssds = number(config, "ephemeralStorageLocalSsdConfig.localSsdCount") ?? 0;
	return ssds > 0 ? Math.floor((ssds * LOCAL_SSD_GB * 1e9) / 1024 ** 3) : (number(config, "diskSizeGb") ?? 100);
}

function taintOf(taint: Properties[string]): Taint[] {
	const effect = taintEffect(text(taint, "effect") ?? "");
	const value = text(taint, "value");
	return effect === undefined ? [] : [{ key: text(taint, "key") ?? "", ...(value ? { value } : {}), effect }];
}

/** Labels that pods choose TPUs by. Source: GKE, "Deploy TPU workloads in GKE Standard", general knowledge. */
function tpuLabels({ gpus, tpu }: MachineType): { [label: string]: string } {
	return tpu === undefined
		? {}
		: {
				"cloud.google.com/gke-tpu-accelerator": tpu.accelerator,
				"cloud.google.com/gke-tpu-topology": tpu.topology,
				"cloud.google.com/gke-accelerator-count": String(gpus?.count ?? 0),
			};
}

/** GKE keeps pods without accelerators off nodes with them. Source: GKE, "Run GPUs in Standard node pools", 2026-11-21. */
function withAcceleratorTaint(given: readonly Taint[], { acceleratorType, tpu }: MachineType): readonly Taint[] {
	const key = tpu ? "google.com/tpu" : acceleratorType ? "nvidia.com/gpu" : undefined;
	const has = given.some((taint) => taint.key === key && taint.effect === "NoSchedule");
	return key === undefined || has ? given : [...given, { key, value: "present", effect: "NoSchedule" }];
}

function naming(cluster: SandboxObject, { name }: PoolFacts): NodeNaming {
	const owner = text(cluster.outputs, "name") ?? "";
	const group = steadyHex(8, cluster.id, name);
	const parts = [owner, name].map((part) => part.slice(0, NAME_PART).replace(/-+$/, ""));
	return {
		name: (index) => `gke-${parts.join("-")}-${group}-${steadyHex(4, cluster.id, name, index)}`,
		providerId: (_, zone, node) => `gce://${cluster.account}/${zone}/${node}`,
	};
}
