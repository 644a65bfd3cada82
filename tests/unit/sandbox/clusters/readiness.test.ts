import assert from "node:assert/strict";
import type { Properties } from "../../../../lib/values";
import { isSelected, isUndecided, podState, waitsFor } from "../../../../sandbox/clusters/readiness";

const status = (kind: string, bag: Properties, spec: Properties = {}): Properties => ({
	kind,
	metadata: { generation: 2 },
	spec,
	status: { observedGeneration: 2, ...bag },
});
const condition = (type: string): Properties => ({ conditions: [{ type, status: "True" }] });

describe("waitsFor", () => {
	const ready: readonly (readonly [string, Properties])[] = [
		["a namespace that is active", status("Namespace", { phase: "Active" })],
		["a deployment with all its pods", status("Deployment", { availableReplicas: 3 }, { replicas: 3 })],
		["a deployment of no pods", status("Deployment", {}, { replicas: 0 })],
		["a set with all its pods", status("StatefulSet", { readyReplicas: 2 }, { replicas: 2 })],
		["a daemon on every node", status("DaemonSet", { numberReady: 4, desiredNumberScheduled: 4 })],
		["a pod that is ready", status("Pod", condition("Ready"))],
		["a pod that has ended well", status("Pod", { phase: "Succeeded" })],
		["a job that is done", status("Job", condition("Complete"))],
		["a service inside the cluster", status("Service", {}, { type: "ClusterIP" })],
		[
			"a balancer with an address",
			status("Service", { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } }, { type: "LoadBalancer" }),
		],
		["a definition that is established", status("CustomResourceDefinition", condition("Established"))],
		["a kind without controller", status("ConfigMap", {})],
	];
	for (const [what, live] of ready) {
		it(`is nothing for ${what}`, () => assert.equal(waitsFor(live), undefined));
	}

	const waiting: readonly (readonly [string, Properties, RegExp])[] = [
		["a namespace that ends", status("Namespace", { phase: "Terminating" }), /not active/],
		["a deployment that lacks pods", status("Deployment", { availableReplicas: 1 }, { replicas: 3 }), /1 of 3 pods/],
		["a deployment of one pod by default", status("Deployment", {}), /0 of 1 pods/],
		[
			"a change that its controller has not seen",
			status("Deployment", { observedGeneration: 1, availableReplicas: 1 }),
			/not seen/,
		],
		["a daemon that is not placed yet", status("DaemonSet", {}), /0 of \? pods/],
		["a job whose pods run", status("Job", { active: 1 }), /not ended/],
		["a balancer without address", status("Service", {}, { type: "LoadBalancer" }), /no address/],
		["a definition that is new", status("CustomResourceDefinition", {}), /not established/],
	];
	for (const [what, live, reason] of waiting) {
		it(`says why for ${what}`, () => assert.match(waitsFor(live) ?? "", reason));
	}
});

describe("podState", () => {
	it("repeats the scheduler's words where a pod finds no node", () => {
		const message = "0/2 nodes are available: 2 Insufficient nvidia.com/gpu.";
		const pod = status("Pod", { phase: "Pending", conditions: [{ type: "PodScheduled", status: "False", message }] });
		assert.equal(podState(pod), message);
	});

	for (const [what, talk] of [
		[
			"claims and preemption, as Kubernetes 1.36 does",
			" no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.",
		],
		["preemption alone", " preemption: 0/2 nodes are available: 2 No preemption victims found for incoming pod."],
	] as const) {
		it(`leaves out what the scheduler adds of ${what}`, () => {
			const message = `0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint {a: b}.${talk}`;
			assert.equal(
				podState(status("Pod", { conditions: [{ type: "PodScheduled", status: "False", message }] })),
				"0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint {a: b}",
			);
		});
	}

	it("names the phase otherwise", () => assert.match(podState(status("Pod", { phase: "Failed" })), /Failed/));
});

describe("isUndecided", () => {
	it("holds until the scheduler has placed a pod or turned it away", () => {
		const turnedAway = { conditions: [{ type: "PodScheduled", status: "False", message: "no" }] };
		assert.equal(isUndecided(status("Pod", { phase: "Pending" })), true);
		assert.equal(isUndecided(status("Pod", { phase: "Pending" }, { nodeName: "a" })), false);
		assert.equal(isUndecided(status("Pod", turnedAway)), false);
	});
});

describe("isSelected", () => {
	const workload = status("Deployment", {}, { selector: { matchLabels: { app: "a" } } });

	it("goes by the workload's selector", () => {
		assert.equal(isSelected(workload, { metadata: { labels: { app: "a", more: "b" } } }), true);
		assert.equal(isSelected(workload, { metadata: { labels: { app: "b" } } }), false);
		assert.equal(isSelected(status("Job", {}), { metadata: { labels: {} } }), false);
	});
});
