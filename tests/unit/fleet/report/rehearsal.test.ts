import assert from "node:assert/strict";
import { rehearsalLines, rehearsalProblems } from "../../../../fleet/report/rehearsal";
import type { PlacedPod } from "../../../../sandbox/clusters/placement";
import { clusterReport } from "./reports";

const why = "0/2 nodes are available: 2 Insufficient nvidia.com/gpu";
const pending = (name: string, reason = why): PlacedPod => ({
	namespace: "serving",
	name,
	phase: "Pending",
	why: reason,
});
const placed: PlacedPod = { namespace: "serving", name: "fine", phase: "Running", node: "n1" };
const refusal = {
	urn: "urn:pulumi:dev::meridian::meridian:cell:RegionCell$aws:ec2/vpc:Vpc::network",
	reason: "the limit of 5 VPCs is reached",
};

describe("rehearsalProblems", () => {
	it("are none where every pod finds a node and nothing is refused", () => {
		assert.deepEqual(rehearsalProblems({ clusters: [clusterReport("a", { pods: [placed] })], refusals: [] }), []);
	});

	it("name what is refused by its resource, before the pods that find no node", () => {
		const clusters = [clusterReport("research", { pods: [placed, pending("model-0")] })];
		assert.deepEqual(rehearsalProblems({ clusters, refusals: [refusal] }), [
			{ path: "network", message: "the limit of 5 VPCs is reached" },
			{ path: "research", message: `serving/model-0 finds no node: ${why}` },
		]);
	});

	it("put pods together that are turned away for one reason, cluster by cluster", () => {
		const other = "0/2 nodes are available: 2 Too many pods";
		const clusters = [
			clusterReport("a", { pods: [pending("one"), pending("two", other), pending("three")] }),
			clusterReport("b", { pods: [pending("four")] }),
		];
		assert.deepEqual(rehearsalProblems({ clusters, refusals: [] }), [
			{ path: "a", message: `serving/one, serving/three find no node: ${why}` },
			{ path: "a", message: `serving/two finds no node: ${other}` },
			{ path: "b", message: `serving/four finds no node: ${why}` },
		]);
	});

	it("name three pods and count the others", () => {
		const message = (count: number): string | undefined => {
			const pods = Array.from({ length: count }, (_, i) => pending(`model-${i}`));
			return rehearsalProblems({ clusters: [clusterReport("a", { pods })], refusals: [] })[0]?.message;
		};
		assert.equal(message(3), `serving/model-0, serving/model-1, serving/model-2 find no node: ${why}`);
		assert.equal(message(5), `serving/model-0, serving/model-1, serving/model-2 and 2 more pods find no node: ${why}`);
	});
});

describe("rehearsalLines", () => {
	it("sum up each cluster and say that all is well", () => {
		const report = { clusters: [clusterReport("research", { pods: [placed] })], refusals: [] };
		assert.deepEqual(rehearsalLines(report), [
			"  research: 2 of 2 nodes Ready, 1 of 1 pods placed",
			"  Every pod finds a node",
		]);
	});

	it("promise nothing of pods where there is no cluster", () => {
		assert.deepEqual(rehearsalLines({ clusters: [], refusals: [] }), ["  There is no cluster, and no pod to place"]);
	});

	it("sum up each cluster and list the problems", () => {
		const clusters = [clusterReport("research", { pods: [pending("model-0")] })];
		assert.deepEqual(rehearsalLines({ clusters, refusals: [refusal] }), [
			"  research: 2 of 2 nodes Ready, 0 of 1 pods placed, 1 pending",
			"  network: the limit of 5 VPCs is reached",
			`  research: serving/model-0 finds no node: ${why}`,
		]);
	});
});
