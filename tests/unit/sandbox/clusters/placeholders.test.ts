import assert from "node:assert/strict";
import { onEveryNode, somewhere } from "../../../../catalogue/system-part";
import { type Placeholder, placeholderManifest } from "../../../../sandbox/clusters/placeholders";
import { partsOf, systemPlaceholder } from "../../../../sandbox/clusters/system-pods";

const plain: Placeholder = {
	kind: "Deployment",
	namespace: "tools",
	name: "server",
	replicas: 2,
	requests: { cpu: "100m" },
	standsFor: "chart tools",
};

interface PodSpec {
	readonly tolerations?: unknown;
	readonly affinity?: unknown;
	readonly priorityClassName?: unknown;
}

function podOf(placeholder: Placeholder): PodSpec {
	return Object(placeholderManifest(placeholder, "group").spec).template.spec;
}

describe("placeholderManifest", () => {
	it("is a workload whose pods ask for what the real ones ask for, and say what they stand for", () => {
		const { metadata, spec, ...rest } = placeholderManifest(plain, "release");
		assert.deepEqual(rest, { apiVersion: "apps/v1", kind: "Deployment" });
		const labels = { "app.kubernetes.io/name": "server", "meridian.dev/placeholder": "release" };
		const annotations = { "meridian.dev/stands-for": "chart tools" };
		assert.deepEqual(metadata, { name: "server", namespace: "tools", labels, annotations });
		const { replicas, selector, template } = Object(spec);
		assert.equal(replicas, 2);
		assert.deepEqual(selector, { matchLabels: { "app.kubernetes.io/name": "server" } });
		assert.deepEqual(template.metadata, { labels, annotations });
		const [container, ...others] = template.spec.containers;
		assert.deepEqual([others, container.resources], [[], { requests: { cpu: "100m" } }]);
	});

	it("has what its kind needs: a set its service and all pods at once, a daemon no number", () => {
		const specOf = (kind: Placeholder["kind"]) => {
			const { selector: _, template: __, ...rest } = Object(placeholderManifest({ ...plain, kind }, "group").spec);
			return rest;
		};
		assert.deepEqual(specOf("Deployment"), { replicas: 2 });
		assert.deepEqual(specOf("StatefulSet"), { replicas: 2, serviceName: "server", podManagementPolicy: "Parallel" });
		assert.deepEqual(specOf("DaemonSet"), {});
	});

	it("has pods of a priority where one is named", () => {
		assert.equal(podOf({ ...plain, priorityClass: "system-node-critical" }).priorityClassName, "system-node-critical");
	});

	it("leaves to the scheduler where pods go that ask for nothing special", () => {
		const { affinity, priorityClassName, tolerations } = podOf(plain);
		assert.deepEqual([affinity, priorityClassName, tolerations], [undefined, undefined, undefined]);
	});

	it("lets pods bear every taint, or the taints that are named", () => {
		assert.deepEqual(podOf({ ...plain, everywhere: true }).tolerations, [{ operator: "Exists" }]);
		assert.deepEqual(podOf({ ...plain, tolerates: ["a"] }).tolerations, [{ key: "a", operator: "Exists" }]);
	});

	it("keeps pods to nodes with a label", () => {
		const required = { nodeSelectorTerms: [{ matchExpressions: [{ key: "gpu", operator: "Exists" }] }] };
		assert.deepEqual(podOf({ ...plain, onlyWith: "gpu" }).affinity, {
			nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required },
		});
	});

	it("prefers nodes with labels", () => {
		const preference = { matchExpressions: [{ key: "mode", operator: "In", values: ["system"] }] };
		assert.deepEqual(podOf({ ...plain, prefers: { mode: "system" } }).affinity, {
			nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference }] },
		});
	});
});

describe("systemPlaceholder", () => {
	const owner = { standsFor: "a cloud", prefers: { mode: "system" } };

	it("puts a pod before all others on every node", () => {
		assert.deepEqual(systemPlaceholder(onEveryNode("proxy", { cpu: "100m" }, "gpu"), owner), {
			kind: "DaemonSet",
			namespace: "kube-system",
			name: "proxy",
			replicas: 1,
			requests: { cpu: "100m" },
			standsFor: "a cloud",
			everywhere: true,
			priorityClass: "system-node-critical",
			onlyWith: "gpu",
		});
	});

	it("puts other pods rather on the nodes that are kept for them", () => {
		assert.deepEqual(systemPlaceholder(somewhere("dns", 2, { memory: "70Mi" }), owner), {
			kind: "Deployment",
			namespace: "kube-system",
			name: "dns",
			replicas: 2,
			requests: { memory: "70Mi" },
			standsFor: "a cloud",
			priorityClass: "system-cluster-critical",
			tolerates: ["CriticalAddonsOnly"],
			prefers: { mode: "system" },
		});
	});
});

describe("partsOf", () => {
	it("takes the parts of the rows that apply", () => {
		const [a, b, c] = ["a", "b", "c"].map((name) => onEveryNode(name, {}));
		assert.ok(a && b && c);
		assert.deepEqual(
			partsOf([
				[true, a, b],
				[false, c],
			]),
			[a, b],
		);
	});
});
