import { formatCidr, sizeOf } from "../../lib/cidr";
import { faultsOf } from "../check/fault-table";
import { number, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, SandboxObject } from "../model";
import { secondaryRange } from "./cluster-ranges";
import { mostNodes, POOL, type PoolPlace, poolPlace } from "./node-pool-place";
import { goodRange, SUBNETWORK } from "./ranges";
import { objectNamed } from "./references";

/** Addresses of a subnet's primary range that Google keeps. Source: Google Cloud, Subnets, unverified. */
const KEPT = 4;

/** What pods of a pool take, and from which range. */
interface Demand {
	readonly range: string;
	readonly nodes: number;
	readonly addresses: number;
}

/**
 * Addresses for nodes and pods. Each node takes a block of at least twice its pods (a /24 for 110), so a range holds
 * only so many nodes, of all pools together. Source: as catalogue/gcp/pods.ts.
 */
export function addressFaults(context: CheckContext, place: PoolPlace): Fault[] {
	const { cluster } = place;
	const subnet = objectNamed(context, SUBNETWORK, text(cluster?.outputs, "subnetwork"));
	const own = demandOf(context, place);
	if (cluster === undefined || subnet === undefined) {
		return [];
	}
	const others = context.world
		.find([POOL], "cluster", text(context.inputs, "cluster") ?? "")
		.filter((other) => !isSelf(other, context))
		.flatMap(({ inputs }) => demandOf({ ...context, inputs }, poolPlace({ ...context, inputs })) ?? []);
	return [
		...rangeNameFaults(context, subnet),
		...podFaults(context, subnet, own, others),
		...nodeFaults(subnet, own, others),
	];
}

function demandOf({ inputs }: CheckContext, { cluster, zones }: PoolPlace): Demand | undefined {
	const nodes = mostNodes(inputs, zones.length);
	const pods = number(inputs, "maxPodsPerNode") ?? number(cluster?.outputs, "defaultMaxPodsPerNode") ?? 110;
	const range =
		text(inputs, "networkConfig.podRange") ??
		text(cluster?.outputs, "ipAllocationPolicy.clusterSecondaryRangeName") ??
		"";
	return nodes === undefined ? undefined : { range, nodes, addresses: nodes * blockOf(pods) };
}

/** The block of addresses that a node takes: the power of 2 that holds twice its pods. */
function blockOf(pods: number): number {
	return 2 ** Math.ceil(Math.log2(pods * 2));
}

function rangeNameFaults({ inputs }: CheckContext, subnet: SandboxObject): Fault[] {
	const name = text(inputs, "networkConfig.podRange");
	return faultsOf([
		{
			when: name !== undefined && secondaryRange(subnet, name) === undefined,
			property: "networkConfig.podRange",
			reason: `names no secondary range of ${subnet.id}: ${JSON.stringify(name)}; add it there or name another`,
		},
	]);
}

function podFaults(
	{ inputs }: CheckContext,
	subnet: SandboxObject,
	own: Demand | undefined,
	others: readonly Demand[],
): Fault[] {
	const block = goodRange(secondaryRange(subnet, own?.range));
	const wanted = sum(
		[...(own ? [own] : []), ...others].filter(({ range }) => range === own?.range),
		"addresses",
	);
	return faultsOf([
		{
			when: block !== undefined && BigInt(wanted) > sizeOf(block),
			property: text(inputs, "networkConfig.podRange") === undefined ? "maxPodsPerNode" : "networkConfig.podRange",
			reason:
				`the range ${own?.range} (${block && formatCidr(block)}) has ${block && sizeOf(block)} addresses, but the pools at their largest take ${wanted}: ` +
				"a node takes at least twice its pods; use fewer nodes, fewer pods per node or a larger range",
		},
	]);
}

function nodeFaults(subnet: SandboxObject, own: Demand | undefined, others: readonly Demand[]): Fault[] {
	const block = goodRange(text(subnet.outputs, "ipCidrRange"));
	const wanted = sum([...(own ? [own] : []), ...others], "nodes");
	const free = block === undefined ? undefined : Number(sizeOf(block)) - KEPT;
	return faultsOf([
		{
			when: own !== undefined && free !== undefined && wanted > free,
			property: "autoscaling",
			reason: `the subnet ${subnet.id} has ${free} addresses for nodes, but the pools at their largest have ${wanted}; use fewer nodes or a larger range`,
		},
	]);
}

function sum(demands: readonly Demand[], key: "addresses" | "nodes"): number {
	return demands.reduce((total, demand) => total + demand[key], 0);
}
