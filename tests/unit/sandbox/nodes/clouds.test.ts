import assert from "node:assert/strict";
import { eksNodes } from "../../../../sandbox/aws/eks-nodes";
import { aksNodes } from "../../../../sandbox/azure/aks-nodes";
import { gkeNodes } from "../../../../sandbox/gcp/gke-nodes";
import type { SandboxObject } from "../../../../sandbox/model";
import type { SimulatedNode } from "../../../../sandbox/nodes/node";
import { estate as azureEstate } from "../azure/estate";
import { estate as awsEstate } from "../estate";
import { estate as gcpEstate } from "../gcp/estate";
import type { Stage } from "../stage";

interface Estate {
	readonly stage: Stage;
	readonly of: (name: string) => SandboxObject;
}

const zonesOf = (nodes: readonly SimulatedNode[]): string[] =>
	nodes.map(({ labels }) => labels["topology.kubernetes.io/zone"] ?? "").sort();

/** The nodes after an object of the estate got other outputs. */
function changed(
	{ stage, of }: Estate,
	nodes: (cluster: SandboxObject, stage: Stage) => SimulatedNode[],
	name: string,
	outputs: SandboxObject["outputs"],
): SimulatedNode[] {
	const at = stage.objects.indexOf(of(name));
	stage.objects[at] = { ...of(name), outputs: { ...of(name).outputs, ...outputs } };
	return nodes(of("cluster"), stage);
}

describe("nodes of EKS", () => {
	it("carry what the instance type and the launch template give, less what EKS keeps", () => {
		const { of, stage } = awsEstate();
		const [node, ...others] = eksNodes(of("cluster"), stage);
		assert.ok(node);
		assert.equal(others.length, 0);
		assert.match(node.name, /^ip-\d+-\d+-\d+-\d+\.ec2\.internal$/);
		assert.match(node.providerId, /^aws:\/\/\/us-east-1a\/i-[0-9a-f]{17}$/);
		assert.equal(node.labels["node.kubernetes.io/instance-type"], "p5.48xlarge");
		assert.equal(node.labels["eks.amazonaws.com/nodegroup"], "gpu");
		assert.equal(node.allocatable["nvidia.com/gpu"], "8");
		assert.equal(node.allocatable["vpc.amazonaws.com/efa"], "1");
		assert.equal(node.capacity.cpu, "192");
		assert.equal(node.allocatable.cpu, "191450m");
		assert.equal(node.allocatable.memory, `${2048 * 1024 - 255 - 11 * 100 - 100}Mi`);
	});

	it("stay who they are when the group grows, and have addresses of their own", () => {
		const at = awsEstate();
		const before = eksNodes(at.of("cluster"), at.stage).map(({ name }) => name);
		const grown = changed(at, eksNodes, "nodeGroup", { scalingConfig: { desiredSize: 40 } }).map(({ name }) => name);
		assert.equal(new Set(grown).size, 40);
		assert.deepEqual(grown.slice(0, 1), before);
	});

	it("go in turn to the zones of the group, with its labels and taints", () => {
		const at = awsEstate();
		const subnetIds = [at.of("subnetA").id, at.of("subnetB").id];
		const nodes = changed(at, eksNodes, "nodeGroup", {
			subnetIds,
			scalingConfig: { desiredSize: 4 },
			labels: { pool: "x" },
			taints: [{ key: "nvidia.com/gpu", value: "true", effect: "NO_SCHEDULE" }],
		});
		assert.deepEqual(zonesOf(nodes), ["us-east-1a", "us-east-1a", "us-east-1b", "us-east-1b"]);
		assert.equal(nodes[0]?.labels.pool, "x");
		assert.deepEqual(nodes[0]?.taints, [{ key: "nvidia.com/gpu", value: "true", effect: "NoSchedule" }]);
	});

	it("are none for a group of another cluster", () => {
		const { of, stage } = awsEstate();
		const other = { ...of("cluster"), outputs: { ...of("cluster").outputs, name: "other" } };
		assert.deepEqual(eksNodes(other, stage), []);
	});
});

describe("nodes of GKE", () => {
	it("offer TPUs under labels that pods choose them by, and keep other pods away", () => {
		const at = gcpEstate();
		const nodeConfig = { machineType: "ct6e-standard-4t" };
		const outputs = { nodeConfig, nodeLocations: ["us-central1-b"], nodeCount: 1 };
		const node = changed(at, gkeNodes, "gpu", outputs).find(
			({ labels }) => labels["cloud.google.com/gke-nodepool"] === "gpu",
		);
		assert.equal(node?.allocatable["google.com/tpu"], "4");
		assert.equal(node?.allocatable["nvidia.com/gpu"], undefined);
		assert.equal(node?.labels["cloud.google.com/gke-tpu-accelerator"], "tpu-v6e-slice");
		assert.equal(node?.labels["cloud.google.com/gke-tpu-topology"], "2x2");
		assert.deepEqual(node?.taints, [{ key: "google.com/tpu", value: "present", effect: "NoSchedule" }]);
	});

	it("are as many in all as autoscaling keeps at least, and otherwise as many a zone", () => {
		const { of, stage } = gcpEstate();
		const nodes = gkeNodes(of("cluster"), stage);
		const pool = (name: string) => nodes.filter(({ labels }) => labels["cloud.google.com/gke-nodepool"] === name);
		assert.deepEqual(zonesOf(pool("system")), ["us-central1-a", "us-central1-b", "us-central1-c"]);
		assert.deepEqual(zonesOf(pool("gpu")), Array(4).fill("us-central1-a"));
		assert.equal(new Set(nodes.map(({ name }) => name)).size, nodes.length);
	});

	it("keep pods without accelerators off those with them, once", () => {
		const { of, stage } = gcpEstate();
		const gpu = gkeNodes(of("cluster"), stage).filter(({ capacity }) => capacity["nvidia.com/gpu"] === "8");
		assert.ok(gpu.length > 0);
		for (const { taints } of gpu) {
			assert.equal(taints.filter(({ key }) => key === "nvidia.com/gpu").length, 1);
		}
	});
});

describe("nodes of AKS", () => {
	it("are those of the cluster's own profile and of the pools beside it", () => {
		const { of, stage } = azureEstate();
		const nodes = aksNodes(of("cluster"), stage);
		const names = nodes.map(({ name }) => name);
		assert.equal(names.filter((name) => /^aks-system-\d{8}-vmss00000[0-2]$/.test(name)).length, 3);
		assert.equal(names.filter((name) => /^aks-gpu-\d{8}-vmss00000[01]$/.test(name)).length, 2);
		const zones = ["swedencentral-1", "swedencentral-1", "swedencentral-1", "swedencentral-2", "swedencentral-3"];
		assert.deepEqual(zonesOf(nodes), zones);
	});

	it("carry GPUs, InfiniBand adapters and the pool's taints", () => {
		const { of, stage } = azureEstate();
		const gpu = aksNodes(of("cluster"), stage).find(({ labels }) => labels.agentpool === "gpu");
		assert.equal(gpu?.allocatable["nvidia.com/gpu"], "8");
		assert.equal(gpu?.allocatable["rdma/ib"], "8");
		assert.equal(gpu?.capacity["ephemeral-storage"], "512Gi");
		assert.deepEqual(gpu?.taints, [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }]);
	});

	it("follow the pool's count", () => {
		const nodes = changed(azureEstate(), aksNodes, "pool", { count: 7 });
		assert.equal(nodes.filter(({ labels }) => labels.agentpool === "gpu").length, 7);
	});
});
