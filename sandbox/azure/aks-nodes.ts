import { vmSize } from "../../catalogue/azure/vm-sizes";
import { isObject, type Properties } from "../../lib/values";
import { list, number, object, text, texts } from "../check/inputs";
import type { SandboxObject, World } from "../model";
import type { SimulatedNode, Taint } from "../nodes/node";
import { type NodeNaming, nodesOfPool, type PoolFacts, steadyHex, taintEffect } from "../nodes/pool-nodes";
import { aksReserve } from "../nodes/reserve";
import { POOL_DEFAULTS } from "./agent-pool";
import { locationOfObject } from "./place";
import { TYPE } from "./types";

/** The nodes of an AKS cluster: the pools of its own profile and those beside it. */
export function aksNodes(cluster: SandboxObject, world: World): SimulatedNode[] {
	const region = locationOfObject(cluster, world) ?? cluster.region;
	const profiles = list(cluster.outputs, "agentPoolProfiles").flatMap((profile) =>
		isObject(profile) ? [profile] : [],
	);
	const pools = world
		.list(TYPE.agentPool, { account: cluster.account, region: cluster.region })
		.filter(({ id }) => id.startsWith(`${cluster.id}/`))
		.map(({ outputs }) => ({ ...outputs, name: outputs.agentPoolName ?? "" }));
	return [...profiles, ...pools].flatMap((pool) => {
		const facts = factsOf({ ...POOL_DEFAULTS, ...pool }, region);
		return facts === undefined ? [] : nodesOfPool(facts, naming(cluster, facts));
	});
}

function factsOf(pool: Properties, region: string): PoolFacts | undefined {
	const size = text(pool, "vmSize") ?? "Standard_D2s_v5";
	const machine = vmSize(size);
	if (machine === undefined) {
		return undefined;
	}
	const name = text(pool, "name") ?? "";
	const pods = number(pool, "maxPods") ?? 250;
	const zones = texts(pool, "availabilityZones");
	return {
		name,
		region,
		zones: zones.length > 0 ? zones.map((zone) => `${region}-${zone}`) : ["0"],
		nodes: number(pool, "count") ?? 1,
		instanceType: size,
		machine,
		pods,
		diskGib: number(pool, "osDiskSizeGB") || 128,
		extended: machine.infinibandAdapters > 0 ? { "rdma/ib": machine.infinibandAdapters } : {},
		reserve: aksReserve({ vcpus: machine.vcpus, memoryGib: machine.memoryGib, pods }),
		labels: {
			agentpool: name,
			"kubernetes.azure.com/agentpool": name,
			"kubernetes.azure.com/mode": (text(pool, "mode") ?? "User").toLowerCase(),
			...(machine.gpus ? { accelerator: "nvidia", "kubernetes.azure.com/accelerator": "nvidia" } : {}),
			...Object.fromEntries(Object.entries(object(pool, "nodeLabels")).map(([key, value]) => [key, String(value)])),
		},
		taints: texts(pool, "nodeTaints").flatMap(taintOf),
	};
}

/** A taint as AKS writes it: `key=value:Effect`. */
function taintOf(taint: string): Taint[] {
	const [, key = "", value, effectText = ""] = /^([^=:]+)(?:=([^:]*))?:(\w+)$/.exec(taint) ?? [];
	const effect = taintEffect(effectText);
	return effect === undefined ? [] : [{ key, ...(value ? { value } : {}), effect }];
}

function naming(cluster: SandboxObject, { name }: PoolFacts): NodeNaming {
	const number = Number.parseInt(steadyHex(7, cluster.id, name), 16) % 1e8;
	const set = `aks-${name}-${String(number).padStart(8, "0")}-vmss`;
	return {
		name: (index) => `${set}${index.toString(36).padStart(6, "0")}`,
		providerId: (index) => `azure://${cluster.id}/virtualMachineScaleSets/${set}/virtualMachines/${index}`,
	};
}
