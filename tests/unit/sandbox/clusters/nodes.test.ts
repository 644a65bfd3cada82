import assert from "node:assert/strict";
import { isReady, nodeChanges, nodeManifest } from "../../../../sandbox/clusters/nodes";
import type { SimulatedNode } from "../../../../sandbox/nodes/node";

const node = (name: string, changes: Partial<SimulatedNode> = {}): SimulatedNode => ({
	name,
	labels: { "kubernetes.io/hostname": name },
	taints: [],
	capacity: { cpu: "8" },
	allocatable: { cpu: "7910m" },
	providerId: `aws:///us-east-1a/${name}`,
	...changes,
});

describe("nodeManifest", () => {
	it("registers a node as a kubelet does, with what it has and what pods may ask of it", () => {
		const taint = { key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" } as const;
		const { metadata, spec, status } = nodeManifest(node("a", { taints: [taint] }));
		assert.deepEqual(metadata.labels, { "kubernetes.io/hostname": "a" });
		assert.deepEqual(spec, { providerID: "aws:///us-east-1a/a", taints: [taint] });
		const { nodeInfo, ...amounts } = Object(status);
		assert.deepEqual(amounts, { capacity: { cpu: "8" }, allocatable: { cpu: "7910m" } });
		assert.match(nodeInfo.kubeletVersion, /^v1\.36\./);
	});
});

describe("nodeChanges", () => {
	const there = ["a", "b"].map((name) => nodeManifest(node(name)));

	it("changes nothing where the nodes are as wanted, whatever controllers added to them", () => {
		const [first, ...rest] = there;
		assert.ok(first);
		const touched = { ...first, metadata: { ...first.metadata, labels: { ...first.metadata.labels, extra: "x" } } };
		assert.deepEqual(nodeChanges([node("a"), node("b")], [touched, ...rest]), { create: [], remove: [] });
	});

	it("adds what a larger pool lacks, and takes away what a smaller one has too many", () => {
		const larger = nodeChanges([node("a"), node("b"), node("c")], there);
		assert.deepEqual([larger.create.map(({ name }) => name), larger.remove], [["c"], []]);
		assert.deepEqual(nodeChanges([node("a")], there), { create: [], remove: ["b"] });
	});

	for (const [what, changes] of [
		["its capacity", { capacity: { cpu: "16" } }],
		["what pods may ask of it", { allocatable: { cpu: "7000m" } }],
		["a label", { labels: { "kubernetes.io/hostname": "a", pool: "x" } }],
		["its machine", { providerId: "aws:///us-east-1a/other" }],
	] as const) {
		it(`makes a node anew where ${what} has changed`, () => {
			const { create, remove } = nodeChanges([node("a", changes), node("b")], there);
			assert.deepEqual([create.map(({ name }) => name), remove], [["a"], ["a"]]);
		});
	}
});

describe("isReady", () => {
	const withCondition = (type: string, status: string) => ({
		...nodeManifest(node("a")),
		status: { conditions: [{ type, status }] },
	});

	it("believes the node's own condition", () => {
		assert.equal(isReady(withCondition("Ready", "True")), true);
		assert.equal(isReady(withCondition("Ready", "False")), false);
		assert.equal(isReady(withCondition("MemoryPressure", "True")), false);
		assert.equal(isReady(nodeManifest(node("a"))), false);
	});
});
