import type { Cloud } from "../../lib/cells";
import type { ResourceGraph } from "../../lib/graph";
import { printed } from "../counting";
import type { Fabric, LocalDisks, Pool } from "../readers/pools/pool";
import type { Deviation, ItemAnswer, ItemQuery, QueryContext, QueryRegistry } from "../row";
import { describedEach } from "./answers";
import { modulePools } from "./pools";
import { heldOrSubstituted } from "./substitutes";

/** Instance types that the requirement names, one or more a cloud. */
const ASKED_TYPES = ["p5.48xlarge", "a3-megagpu-8g", "a3-highgpu-8g", "Standard_ND96isr_H100_v5"];
/** Asked of a node, in bytes of decimal units, as the clouds print them. */
const ASKED_MEMORY = 2e12;
const ASKED_NVME = 64e12;
const GIB = 2 ** 30;
const TERA = 1e12;

const FABRICS: { readonly [kind in Fabric["kind"]]: string } = {
	efa: "EFA interfaces",
	gpudirect: "GPUDirect-TCPX or TCPXO networks",
	roce: "RDMA subnets (RoCE)",
	infiniband: "InfiniBand adapters",
};

/** What A3 High and Mega have for RDMA; the requirement names it as a deviation. */
const TCP_OFFLOAD: Deviation = {
	substitute: "GPUDirect-TCPX or TCPXO on A3 High and Mega",
	effect: "collectives run over TCP offload, with less bandwidth and more latency than RDMA",
};

/** FR-INF-3 and its like in FR-HW-2: what one inference node is made of on each cloud. */
export const gpuNodeQueries: QueryRegistry = {
	"FR-INF-3/gpu-type": eachPool(isH100, (pool) => `${gpuOf(pool).model}, ${gpuOf(pool).gib} GiB each`, "gpu"),
	"FR-INF-3/gpus-per-node": eachPool(
		({ node }) => node.accelerators === 8,
		({ node }) => `${node.accelerators} GPUs a node`,
	),
	"FR-INF-3/node-type": eachPool(
		({ node }) => ASKED_TYPES.includes(node.typeName),
		({ node }) => node.typeName,
		"gpu",
	),
	"FR-INF-3/memory": eachPool(
		(pool) => memoryOf(pool) >= ASKED_MEMORY,
		(pool) => `${inTb(memoryOf(pool))} a node`,
		"memory",
	),
	"FR-INF-3/nvme": eachPool(({ node }) => nvmeOf(node.disks) >= ASKED_NVME, nvmeWords, "nvme"),
	"FR-INF-3/nvme-striped": eachPool(
		({ node }) => node.disks?.striped === true,
		({ node }) => node.disks?.layout ?? "not striped",
	),
	"FR-INF-3/rdma": rdma,
	"FR-INF-3/rdma-gcp": rdmaOnGoogle,
	"FR-INF-3/network-cards": eachPool(
		({ node: { cards } }) => cards !== undefined && cards.attached === cards.offered,
		({ node: { cards } }) => (cards ? `${cards.attached} of ${cards.offered} cards` : "cards not known"),
	),
	"FR-INF-3/memory-reported": eachPool(
		({ node }) => node.machine !== undefined,
		(pool) => shortfall(memoryOf(pool), ASKED_MEMORY),
	),
	"FR-INF-3/nvme-reported": eachPool(
		({ node }) => node.disks !== undefined,
		({ node }) => (node.disks ? shortfall(nvmeOf(node.disks), ASKED_NVME) : `NVMe of ${node.typeName} not known`),
	),
	"FR-HW-2/nvme": eachPool(({ node }) => nvmeOf(node.disks) >= ASKED_NVME, nvmeWords, "nvme"),
};

/** What the modules' pools hold; `trait` names what of them the specification may have a substitute for. */
function eachPool(holds: (pool: Pool) => boolean, words: (pool: Pool) => string, trait?: string): ItemQuery {
	const described = { holds, words, none: "no GPU pool" };
	return (graph, context) => {
		const pools = modulePools(graph, context);
		return trait === undefined ? describedEach(pools, described) : heldOrSubstituted(pools, trait, described, context);
	};
}

/** Works only with RDMA on both clouds, since the item names both. */
function rdma(graph: ResourceGraph, context: QueryContext): ItemAnswer {
	const [aws, azure] = [fabricOn(graph, "aws", context), fabricOn(graph, "azure", context)];
	return {
		found: `AWS: ${aws.found}; Azure: ${azure.found}`,
		works: aws.works && azure.works,
		resources: [...aws.resources, ...azure.resources],
	};
}

/** A pool with every network of TCP offload is the substitute that the requirement names, one with RoCE is RDMA. */
function rdmaOnGoogle(graph: ResourceGraph, context: QueryContext): ItemAnswer {
	const offloads = poolsOn(graph, "gcp", context).some(({ node }) => node.fabric?.kind === "gpudirect");
	return { ...fabricOn(graph, "gcp", context), ...(offloads ? { deviation: TCP_OFFLOAD } : {}) };
}

function fabricOn(graph: ResourceGraph, cloud: Cloud, context: QueryContext): ItemAnswer {
	return describedEach(poolsOn(graph, cloud, context), {
		holds: ({ node: { fabric } }) => fabric !== undefined && fabric.attached === fabric.offered,
		words: ({ node }) => fabricWords(node.fabric),
		none: "no GPU pool",
	});
}

function poolsOn(graph: ResourceGraph, cloud: Cloud, context: QueryContext): Pool[] {
	return modulePools(graph, context).filter((pool) => pool.cloud === cloud);
}

function fabricWords(fabric: Fabric | undefined): string {
	return fabric ? `${fabric.attached} of ${fabric.offered} ${FABRICS[fabric.kind]} a node` : "no fabric";
}

function isH100(pool: Pool): boolean {
	return gpuOf(pool).model === "h100" && gpuOf(pool).gib === 80;
}

function gpuOf({ node }: Pool): { model: string; gib: number } {
	const gpus = node.machine?.gpus;
	return gpus ? { model: gpus.model, gib: gpus.memoryGib / gpus.count } : { model: "none", gib: 0 };
}

/** Google's `GB` of a machine's memory are binary. Source: Compute Engine, "VM instance pricing", read 2026-11-21. */
function memoryOf({ node }: Pool): number {
	return (node.machine?.memoryGib ?? 0) * GIB;
}

function nvmeOf(disks: LocalDisks | undefined): number {
	return (disks?.count ?? 0) * (disks?.sizeGb ?? 0) * 1e9;
}

function nvmeWords({ node: { disks } }: Pool): string {
	if (disks === undefined) {
		return "no local NVMe known";
	}
	const size = disks.sizeGb < 1000 ? `${disks.sizeGb} GB` : inTb(disks.sizeGb * 1e9);
	return `${disks.count} x ${size} = ${inTb(nvmeOf(disks))} a node`;
}

function inTb(bytes: number): string {
	return `${printed(bytes / TERA)} TB`;
}

function shortfall(given: number, asked: number): string {
	const less = asked - given;
	return `${inTb(given)} for ${inTb(asked)} asked${less > 0 ? `: ${inTb(less)} less` : ": nothing less"}`;
}
