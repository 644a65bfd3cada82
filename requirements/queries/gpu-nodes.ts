import type { ResourceGraph, ResourceNode } from "../../lib/graph";
import { valuesAt } from "../../lib/values";
import type { ItemAnswer, ItemQuery, QueryRegistry } from "../row";
import { describedEach } from "./answers";
import { countWhere, printed, textAt } from "./counting";
import { cloudOf, regionalNodes } from "./places";
import { gpuPools, type Pool } from "./pools";
import { isStriped, localDiskStrategy } from "./user-data";

/** Instance types that the requirement names, one or more a cloud. */
const ASKED_TYPES = ["p5.48xlarge", "a3-megagpu-8g", "a3-highgpu-8g", "Standard_ND96isr_H100_v5"];
/** Asked of a node, in bytes of decimal units, as the clouds print them. */
const ASKED_MEMORY = 2e12;
const ASKED_NVME = 64e12;
const AGENT_POOL = "azure-native:containerservice:AgentPool";
/** Azure writes what a size can do in small letters after its cores; `r` is RDMA. */
const RDMA_SIZE = /^Standard_ND\d+[a-z]*r[a-z]*_/;
const GIB = 2 ** 30;
const TERA = 1e12;

/** FR-INF-3 and its like in FR-HW-2: what one inference node is made of, by its type and launch template. */
export const gpuNodeQueries: QueryRegistry = {
	"FR-INF-3/gpu-type": eachPool(isH100, (pool) => `${gpuOf(pool).model}, ${gpuOf(pool).gib} GiB each`),
	"FR-INF-3/gpus-per-node": eachPool(
		(pool) => gpuOf(pool).count === 8,
		(pool) => `${gpuOf(pool).count} GPUs a node`,
	),
	"FR-INF-3/node-type": eachPool(
		({ typeName }) => ASKED_TYPES.includes(typeName),
		({ typeName }) => typeName,
	),
	"FR-INF-3/memory": eachPool(
		(pool) => memoryOf(pool) >= ASKED_MEMORY,
		(pool) => `${inTb(memoryOf(pool))} a node`,
	),
	"FR-INF-3/nvme": eachPool((pool) => nvmeOf(pool) >= ASKED_NVME, nvmeWords),
	"FR-INF-3/nvme-striped": eachPool(
		(pool) => isStriped(strategyOf(pool)),
		(pool) => strategyOf(pool) ?? "not striped",
	),
	"FR-INF-3/rdma": rdma,
	"FR-INF-3/network-cards": eachPool(
		(pool) => pool.type !== undefined && cardsOf(pool) === pool.type.networkCards,
		(pool) => `${cardsOf(pool)} of ${pool.type?.networkCards} cards`,
	),
	"FR-INF-3/memory-reported": eachPool(
		() => true,
		(pool) => shortfall(memoryOf(pool), ASKED_MEMORY),
	),
	"FR-INF-3/nvme-reported": eachPool(
		() => true,
		(pool) => shortfall(nvmeOf(pool), ASKED_NVME),
	),
	"FR-HW-2/nvme": eachPool((pool) => nvmeOf(pool) >= ASKED_NVME, nvmeWords),
};

function eachPool(holds: (pool: Pool) => boolean, words: (pool: Pool) => string): ItemQuery {
	return (graph) => describedEach(gpuPools(graph), { holds, words, none: "no GPU pool" });
}

/** Works only with RDMA on both clouds, since the item names both. */
function rdma(graph: ResourceGraph): ItemAnswer {
	const aws = describedEach(
		gpuPools(graph).filter(({ group }) => cloudOf(group) === "aws"),
		{ holds: hasAllAdapters, words: adapterWords, none: "no GPU pool" },
	);
	const azure = describedEach(
		regionalNodes(graph, AGENT_POOL).flatMap((node) => azureGpuPool(node)),
		{ holds: ({ size }) => RDMA_SIZE.test(size), words: ({ size }) => size, none: "no GPU pool" },
	);
	return {
		found: `AWS: ${aws.found}; Azure: ${azure.found}`,
		works: aws.works && azure.works,
		resources: [...aws.resources, ...azure.resources],
	};
}

function azureGpuPool(node: ResourceNode): { size: string; resources: ResourceNode[] }[] {
	const size = textAt(node.inputs, "vmSize") ?? "";
	return size.startsWith("Standard_ND") ? [{ size, resources: [node] }] : [];
}

/** Adapters are counted, never network cards: not every card carries one. */
function hasAllAdapters(pool: Pool): boolean {
	const most = pool.type?.maxEfa ?? 0;
	return most > 0 && adaptersOf(pool) === most;
}

function adapterWords(pool: Pool): string {
	return `${adaptersOf(pool)} of ${pool.type?.maxEfa ?? 0} EFA interfaces a node`;
}

function adaptersOf({ template }: Pool): number {
	const types = valuesAt(template?.inputs, "networkInterfaces[].interfaceType");
	return countWhere(types, ({ value }) => value === "efa" || value === "efa-only");
}

function cardsOf({ template }: Pool): number {
	return new Set(valuesAt(template?.inputs, "networkInterfaces[].networkCardIndex").map(({ value }) => value)).size;
}

function isH100(pool: Pool): boolean {
	return gpuOf(pool).model === "h100" && gpuOf(pool).gib === 80;
}

function gpuOf({ type }: Pool): { model: string; count: number; gib: number } {
	const { model, count, memoryGib } = type?.gpus ?? { model: "none", count: 0, memoryGib: 0 };
	return { model, count, gib: count > 0 ? memoryGib / count : 0 };
}

function memoryOf({ type }: Pool): number {
	return (type?.memoryGib ?? 0) * GIB;
}

function nvmeOf({ type }: Pool): number {
	return (type?.localNvme?.count ?? 0) * (type?.localNvme?.sizeGb ?? 0) * 1e9;
}

function nvmeWords(pool: Pool): string {
	const disks = pool.type?.localNvme;
	return disks ? `${disks.count} x ${printed(disks.sizeGb / 1000)} TB = ${inTb(nvmeOf(pool))} a node` : "no local NVMe";
}

function strategyOf({ template }: Pool): string | undefined {
	return localDiskStrategy(textAt(template?.inputs, "userData") ?? "");
}

function inTb(bytes: number): string {
	return `${printed(bytes / TERA)} TB`;
}

function shortfall(given: number, asked: number): string {
	const less = asked - given;
	return `${inTb(given)} for ${inTb(asked)} asked${less > 0 ? `: ${inTb(less)} less` : ": nothing less"}`;
}
