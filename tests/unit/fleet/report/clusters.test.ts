import assert from "node:assert/strict";
import { clusterSummaryLines, podLines } from "../../../../fleet/report/clusters";
import { clusterReport } from "./reports";

const pods = [
	{ namespace: "argocd", name: "cd-server", phase: "Running", node: "n1", standsFor: "chart argo-cd" },
	{ namespace: "argocd", name: "cd-redis", phase: "Running", node: "n1", standsFor: "chart argo-cd" },
	{ namespace: "serving", name: "model-0", phase: "Running", node: "n2" },
	{ namespace: "serving", name: "model-1", phase: "Pending", why: "0/2 nodes are available" },
];

describe("clusterSummaryLines", () => {
	it("count nodes and pods, and pending pods where there are any", () => {
		const lines = clusterSummaryLines([
			clusterReport("full", { pods: pods.slice(2), nodes: { total: 3, ready: 2 } }),
			clusterReport("fine", { pods: pods.slice(2, 3) }),
		]);
		assert.deepEqual(lines, [
			"  full: 2 of 3 nodes Ready, 1 of 2 pods placed, 1 pending",
			"  fine: 2 of 2 nodes Ready, 1 of 1 pods placed",
		]);
	});

	it("tell once, for all clusters together, what is no workload of its own", () => {
		const lines = clusterSummaryLines([clusterReport("a", { pods }), clusterReport("b", { pods: pods.slice(0, 1) })]);
		assert.deepEqual(lines.slice(2), [
			"  Placeholder pods, which ask for what the real ones ask for and run nothing:",
			"      chart argo-cd (3)",
		]);
	});

	it("are none where there is no cluster", () => assert.deepEqual(clusterSummaryLines([]), []));
});

describe("podLines", () => {
	it("show each pod under its namespace, with its node or why it is pending, and what it stands for", () => {
		const lines = podLines(clusterReport("research", { pods })).map((line) => line.replace(/ {2,}(?=\S)/g, "  "));
		assert.deepEqual(lines, [
			"research: 2 of 2 nodes Ready, 3 of 4 pods placed, 1 pending",
			"  argocd",
			"  cd-server  Running  n1 (chart argo-cd)",
			"  cd-redis  Running  n1 (chart argo-cd)",
			"  serving",
			"  model-0  Running  n2",
			"  model-1  Pending  pending: 0/2 nodes are available",
		]);
	});

	it("align nodes in a column", () => {
		const [first = "", second = ""] = podLines(clusterReport("research", { pods })).filter((line) => / n\d/.test(line));
		assert.equal(first.indexOf(" n1"), second.indexOf(" n1"));
	});
});
