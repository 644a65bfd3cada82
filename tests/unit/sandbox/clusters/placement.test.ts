import assert from "node:assert/strict";
import type { Properties } from "../../../../lib/values";
import type { Manifest } from "../../../../sandbox/clusters/manifest";
import { standsForAnnotation } from "../../../../sandbox/clusters/placeholders";
import { pendingPods, placementOf, standIns } from "../../../../sandbox/clusters/placement";

function node(name: string, ready: "True" | "False"): Manifest {
	const status = { conditions: [{ type: "Ready", status: ready }] };
	return { apiVersion: "v1", kind: "Node", metadata: { name }, status };
}

function pod(
	namespace: string,
	name: string,
	rest: Properties = {},
	annotations: { [key: string]: string } = {},
): Manifest {
	return { apiVersion: "v1", kind: "Pod", metadata: { namespace, name, annotations }, ...rest };
}

const running = (nodeName: string): Properties => ({ spec: { nodeName }, status: { phase: "Running" } });
const message = "0/2 nodes are available: 2 Insufficient nvidia.com/gpu.";
const turnedAway: Properties = {
	spec: {},
	status: { phase: "Pending", conditions: [{ type: "PodScheduled", status: "False", message }] },
};

describe("placementOf", () => {
	it("counts nodes, and those of them that are ready", () => {
		const nodes = [node("a", "True"), node("b", "False"), node("c", "True")];
		assert.deepEqual(placementOf(nodes, []), { nodes: { total: 3, ready: 2 }, pods: [] });
	});

	it("lists pods by namespace and name, each with its node or with why it has none", () => {
		const pods = [
			pod("serving", "b", turnedAway),
			pod("serving", "a", running("n1")),
			pod("argocd", "z", running("n2")),
		];
		assert.deepEqual(placementOf([], pods).pods, [
			{ namespace: "argocd", name: "z", phase: "Running", node: "n2" },
			{ namespace: "serving", name: "a", phase: "Running", node: "n1" },
			{ namespace: "serving", name: "b", phase: "Pending", why: message },
		]);
	});

	it("says what a pod stands for", () => {
		const [placed] = placementOf([], [pod("a", "b", running("n"), { [standsForAnnotation]: "chart argo-cd" })]).pods;
		assert.equal(placed?.standsFor, "chart argo-cd");
	});

	it("takes a pod without status for one that nobody has looked at", () => {
		const { pods } = placementOf([], [{ apiVersion: "v1", kind: "Pod", metadata: { name: "new" } }]);
		assert.deepEqual(pods, [{ namespace: "default", name: "new", phase: "Unknown", why: "its phase is unknown" }]);
	});
});

describe("pendingPods", () => {
	it("are those without a node, whatever their phase", () => {
		const placement = placementOf([], [pod("a", "placed", running("n")), pod("a", "not", turnedAway)]);
		assert.deepEqual(
			pendingPods(placement).map(({ name }) => name),
			["not"],
		);
	});
});

describe("standIns", () => {
	it("are counted by what they stand for, by name; other pods are left out", () => {
		const standing = (name: string, standsFor: string) =>
			pod("a", name, running("n"), { [standsForAnnotation]: standsFor });
		const pods = [
			standing("1", "chart argo-cd"),
			standing("2", "EKS add-on coredns"),
			standing("3", "chart argo-cd"),
			pod("a", "4", running("n")),
		];
		assert.deepEqual(standIns(placementOf([], pods)), [
			{ standsFor: "EKS add-on coredns", pods: 1 },
			{ standsFor: "chart argo-cd", pods: 2 },
		]);
	});
});
