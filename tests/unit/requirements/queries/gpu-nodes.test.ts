import assert from "node:assert/strict";
import { gpuNodeQueries } from "../../../../requirements/queries/gpu-nodes";
import { ask, describeExamples, describeTopic, type Example, queryOf } from "./asking";
import { nodeConfig, type PoolOptions, pool } from "./estate";
import { aksPool } from "./estate-azure";
import { type GkePoolOptions, gkePool, interfaces } from "./estate-gcp";

const nvme: Example = {
	...both("8 x 3.84 TB = 30.72 TB a node", { type: "p4d.24xlarge" }, "8 x 1 TB = 8 TB a node"),
	unmet: "is met by no instance type:",
};

/** What a complete pool of p5.48xlarge gives, and what a pool with a difference gives instead. */
function both(found: string, difference: PoolOptions, instead: string): Example {
	return { served: pool(), found, broken: pool(difference), instead };
}

describeTopic("GPU node queries", gpuNodeQueries, {
	"FR-INF-3/gpu-type": both("h100, 80 GiB each", { type: "p5en.48xlarge" }, "h200, 141 GiB each"),
	"FR-INF-3/gpus-per-node": { ...both("8 GPUs a node", {}, "no GPU pool"), broken: pool({ cell: "training" }) },
	"FR-INF-3/node-type": both("p5.48xlarge", { type: "p5e.48xlarge" }, "p5e.48xlarge"),
	"FR-INF-3/memory": both("2.2 TB a node", { type: "p4de.24xlarge" }, "1.24 TB a node"),
	"FR-INF-3/nvme": nvme,
	"FR-HW-2/nvme": nvme,
	"FR-INF-3/nvme-striped": both("RAID0", { userData: nodeConfig() }, "not striped"),
	"FR-INF-3/network-cards": both("32 of 32 cards", { adapters: 31 }, "31 of 32 cards"),
	"FR-INF-3/memory-reported": {
		...both("2.2 TB for 2 TB asked: nothing less", {}, "no GPU pool"),
		broken: pool({ type: "m7i.2xlarge" }),
	},
	"FR-INF-3/nvme-reported": {
		...both("30.72 TB for 64 TB asked: 33.28 TB less", {}, "no GPU pool"),
		broken: pool({ type: "m7i.2xlarge" }),
	},
	"FR-INF-3/rdma": {
		served: [...pool(), ...aksPool()],
		found: "AWS: 32 of 32 EFA interfaces a node; Azure: 8 of 8 InfiniBand adapters a node",
		broken: [...pool({ adapters: 31 }), ...aksPool({ region: "westeurope", type: "Standard_ND96is_H100_v5" })],
		instead: "AWS: 31 of 32 EFA interfaces a node; Azure: no GPU pool",
	},
	"FR-INF-3/rdma-gcp": {
		served: gkePool(),
		found: "8 of 8 GPUDirect-TCPX or TCPXO networks a node",
		broken: gkePool({ inputs: { networkConfig: { additionalNodeNetworkConfigs: interfaces(7) } } }),
		instead: "7 of 8 GPUDirect-TCPX or TCPXO networks a node",
	},
});

/** What complete pools of the three clouds give, and what the first two give with a difference in the third. */
function each(found: string, difference: GkePoolOptions, instead: string): Example {
	const others = [...pool(), ...aksPool()];
	return { served: [...others, ...gkePool()], found, broken: [...others, ...gkePool(difference)], instead };
}

describeExamples("GPU nodes of three clouds", gpuNodeQueries, {
	"FR-INF-3/gpu-type": each("h100, 80 GiB each", { type: "a3-ultragpu-8g" }, "h100, 80 GiB each, h200, 141 GiB each"),
	"FR-INF-3/gpus-per-node": each(
		"8 GPUs a node",
		{ node: { guestAccelerators: [{ type: "nvidia-h100-mega-80gb", count: 4 }] } },
		"4 GPUs a node, 8 GPUs a node",
	),
	"FR-INF-3/node-type": each(
		"Standard_ND96isr_H100_v5, a3-megagpu-8g, p5.48xlarge",
		{ type: "a2-ultragpu-8g" },
		"Standard_ND96isr_H100_v5, a2-ultragpu-8g, p5.48xlarge",
	),
	"FR-INF-3/memory": each(
		"2.01 TB a node, 2.04 TB a node, 2.2 TB a node",
		{ type: "a2-ultragpu-8g" },
		"1.46 TB a node, 2.04 TB a node, 2.2 TB a node",
	),
	"FR-INF-3/network-cards": each(
		"32 of 32 cards, 9 of 9 cards",
		{ inputs: { networkConfig: {} } },
		"1 of 9 cards, 32 of 32 cards, 9 of 9 cards",
	),
	"FR-INF-3/nvme-reported": {
		served: [...pool(), ...gkePool(), ...aksPool()],
		found:
			"28 TB for 64 TB asked: 36 TB less, 30.72 TB for 64 TB asked: 33.28 TB less, 6 TB for 64 TB asked: 58 TB less",
		broken: [...pool(), ...aksPool({ type: "Standard_ND96amsr_A100_v4" })],
		instead: "30.72 TB for 64 TB asked: 33.28 TB less, NVMe of Standard_ND96amsr_A100_v4 not known",
	},
	"FR-INF-3/nvme-striped": {
		served: [...pool(), ...gkePool()],
		found: "RAID0",
		broken: [...pool(), ...aksPool()],
		instead: "RAID0, not striped",
	},
});

describe("RDMA on Google Cloud", () => {
	const query = queryOf(gpuNodeQueries, "FR-INF-3/rdma-gcp");
	it("names TCP offload as the substitute that it is", () => {
		assert.match(ask(query, gkePool()).deviation?.effect ?? "", /less bandwidth/);
	});

	it("deviates in nothing where the machine has RDMA", () => {
		const { found, deviation } = ask(query, gkePool({ type: "a3-ultragpu-8g" }));
		assert.deepEqual([found, deviation], ["0 of 8 RDMA subnets (RoCE) a node", undefined]);
	});
});
