import { gpuNodeQueries } from "../../../../requirements/queries/gpu-nodes";
import { resource } from "../../../support/resources";
import { describeTopic, type Example } from "./asking";
import { nodeConfig, type PoolOptions, placed, pool } from "./estate";

const azurePool = agentPool("Standard_ND96isr_H100_v5");
const nvme: Example = {
	...both("8 x 3.84 TB = 30.72 TB a node", { type: "p4d.24xlarge" }, "8 x 1 TB = 8 TB a node"),
	unmet: "is met by no instance type:",
};

function agentPool(vmSize: string) {
	return resource("azure-native:containerservice:AgentPool", "gpu", { vmSize }, placed("swedencentral", "azure"));
}

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
		served: [...pool(), azurePool],
		found: "AWS: 32 of 32 EFA interfaces a node; Azure: Standard_ND96isr_H100_v5",
		broken: [...pool({ adapters: 31 }), agentPool("Standard_ND96is_H100_v5")],
		instead: "AWS: 31 of 32 EFA interfaces a node; Azure: Standard_ND96is_H100_v5",
	},
});
