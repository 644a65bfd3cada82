import assert from "node:assert/strict";
import fc from "fast-check";
import type { rayCluster } from "../../../../../catalogue/kubernetes/ray-cluster";
import type { SpecOf } from "../../../../../catalogue/kubernetes/spec-of";
import { at } from "../../../../../sandbox/check/inputs";
import { expandRayCluster } from "../../../../../sandbox/clusters/expansion/ray-cluster";
import { type Manifest, plain } from "../../../../../sandbox/clusters/manifest";

type Spec = SpecOf<typeof rayCluster>;
type Group = NonNullable<Spec["workerGroupSpecs"]>[number];

const template = {
	metadata: { labels: { app: "train", "app.kubernetes.io/name": "mine" }, annotations: { note: "kept" } },
	spec: { containers: [{ name: "ray", image: "rayproject/ray:2.52.0" }], nodeSelector: { gpu: "h100" } },
};

function expand(groups: readonly (Partial<Group> & { readonly groupName: string })[], spec: Partial<Spec> = {}) {
	const workerGroupSpecs = groups.map((group) => ({ template, ...group }));
	return expandRayCluster({
		metadata: { name: "train", namespace: "ml" },
		spec: { headGroupSpec: { template }, workerGroupSpecs, ...spec },
	});
}

const names = (pods: readonly Manifest[]) => pods.map(({ metadata }) => metadata.name);

describe("expandRayCluster", () => {
	it("makes a head, and replicas of each group", () => {
		const pods = expand([
			{ groupName: "gpu", replicas: 2 },
			{ groupName: "cpu", replicas: 1 },
		]);
		assert.deepEqual(names(pods), ["train-head", "train-gpu-worker-0", "train-gpu-worker-1", "train-cpu-worker-0"]);
		for (const { apiVersion, kind, metadata } of pods) {
			assert.deepEqual([apiVersion, kind, metadata.namespace], ["v1", "Pod", "ml"]);
		}
	});

	it("makes a pod a host where a replica has several", () => {
		assert.deepEqual(names(expand([{ groupName: "tpu", replicas: 2, numOfHosts: 2 }])), [
			"train-head",
			"train-tpu-worker-0-0",
			"train-tpu-worker-0-1",
			"train-tpu-worker-1-0",
			"train-tpu-worker-1-1",
		]);
	});

	it("makes the head alone without groups, of groups of zero, of zero hosts, and of groups that are suspended", () => {
		assert.deepEqual(names(expand([])), ["train-head"]);
		const empty = [
			{ groupName: "a" },
			{ groupName: "b", replicas: 0 },
			{ groupName: "c", replicas: 3, numOfHosts: 0 },
			{ groupName: "d", replicas: 3, suspend: true },
		];
		assert.deepEqual(names(expand(empty)), ["train-head"]);
	});

	it("makes nothing of a cluster that is suspended or another's", () => {
		assert.deepEqual(expand([{ groupName: "gpu", replicas: 2 }], { suspend: true }), []);
		assert.deepEqual(expand([], { managedBy: "kueue.x-k8s.io/multikueue" }), []);
		assert.equal(expand([], { managedBy: "ray.io/kuberay-operator" }).length, 1);
	});

	const counts: readonly (readonly [string, Partial<Group>, number])[] = [
		["the least where nothing is said", { minReplicas: 2 }, 2],
		["no fewer than the least", { replicas: 1, minReplicas: 2 }, 2],
		["no more than the most", { replicas: 5, maxReplicas: 3 }, 3],
		["the most where the least is more", { replicas: 5, minReplicas: 4, maxReplicas: 3 }, 3],
	];
	for (const [what, group, count] of counts) {
		it(`makes ${what}`, () => assert.equal(expand([{ groupName: "gpu", ...group }]).length, 1 + count));
	}

	it("labels pods by cluster, type and group, which a template does not override", () => {
		const own = { "ray.io/cluster": "other", "ray.io/group": "other", "ray.io/node-type": "other", zone: "a" };
		const [head, worker] = expand([{ groupName: "gpu", replicas: 1, labels: own }]);
		const common = { "ray.io/is-ray-node": "yes", "app.kubernetes.io/created-by": "kuberay-operator", app: "train" };
		assert.deepEqual(head?.metadata.labels, {
			...common,
			"ray.io/identifier": "train-head",
			"app.kubernetes.io/name": "mine",
			"ray.io/cluster": "train",
			"ray.io/node-type": "head",
			"ray.io/group": "headgroup",
		});
		assert.deepEqual(worker?.metadata.labels, {
			...common,
			"ray.io/identifier": "train-worker",
			"app.kubernetes.io/name": "mine",
			"ray.io/cluster": "train",
			"ray.io/node-type": "worker",
			"ray.io/group": "gpu",
			zone: "a",
		});
	});

	it("carries a template's fields through", () => {
		for (const pod of expand([{ groupName: "gpu", replicas: 1 }])) {
			assert.deepEqual(pod.spec, template.spec);
			assert.deepEqual(pod.metadata.annotations, { note: "kept" });
		}
	});

	it("adds the autoscaler to the head of a cluster that scales itself, with what it asks for", () => {
		const [head, worker] = expand([{ groupName: "gpu", replicas: 1 }], { enableInTreeAutoscaling: true });
		assert.ok(head && worker);
		const quantities = { cpu: "500m", memory: "512Mi" };
		assert.deepEqual(at(plain(head), "spec.containers"), [
			...template.spec.containers,
			{
				name: "autoscaler",
				image: "rayproject/ray:2.52.0",
				resources: { requests: quantities, limits: quantities },
			},
		]);
		assert.deepEqual(worker.spec, template.spec);
	});

	it("takes the autoscaler's options for its container, and its policy for none of it", () => {
		const autoscalerOptions = {
			version: "v2",
			idleTimeoutSeconds: 30,
			upscalingMode: "Conservative",
			image: "mirror/ray:1",
			resources: { requests: { cpu: "1" } },
		} as const;
		const [head] = expand([], { enableInTreeAutoscaling: true, autoscalerOptions });
		assert.ok(head);
		const [, added] = Object(at(plain(head), "spec.containers"));
		assert.deepEqual(added, { name: "autoscaler", image: "mirror/ray:1", resources: { requests: { cpu: "1" } } });
	});

	it("cuts a group's name to what a label takes, as the operator does", () => {
		const [, worker] = expand([{ groupName: `${"x".repeat(9)}-${"y".repeat(62)}`, replicas: 1 }]);
		assert.equal(worker?.metadata.labels?.["ray.io/group"], `r${"y".repeat(62)}`);
	});

	it("makes 1 + sum of replicas times hosts pods, each with a name of its own that the API server takes", () => {
		const group = fc.record({
			groupName: fc.stringMatching(/^[a-z]([a-z0-9-]{0,60}[a-z0-9])?$/),
			replicas: fc.nat(5),
			numOfHosts: fc.nat(4),
		});
		const groups = fc.uniqueArray(group, { selector: ({ groupName }) => groupName, maxLength: 5 });
		fc.assert(
			fc.property(groups, (some) => {
				const pods = names(expand(some));
				assert.equal(pods.length, 1 + some.reduce((sum, { replicas, numOfHosts }) => sum + replicas * numOfHosts, 0));
				assert.equal(new Set(pods).size, pods.length);
				for (const name of pods) {
					assert.match(name, /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);
					assert.ok(name.length <= 63, name);
				}
			}),
		);
	});
});
