import assert from "node:assert/strict";
import fc from "fast-check";
import type { leaderWorkerSet } from "../../../../../catalogue/kubernetes/leader-worker-set";
import type { SpecOf } from "../../../../../catalogue/kubernetes/spec-of";
import type { Value } from "../../../../../lib/values";
import { at, number, text } from "../../../../../sandbox/check/inputs";
import { expandLeaderWorkerSet } from "../../../../../sandbox/clusters/expansion/leader-worker-set";
import { type Manifest, plain } from "../../../../../sandbox/clusters/manifest";

type Spec = SpecOf<typeof leaderWorkerSet>;

const label = (key: string) => `leaderworkerset.sigs.k8s.io/${key}`;
const container = { name: "vllm", image: "vllm:1", resources: { limits: { "nvidia.com/gpu": 8 } } };
const workerTemplate = {
	metadata: { labels: { app: "llm" }, annotations: { note: "kept" }, finalizers: ["example.com/a"] },
	spec: { containers: [container], tolerations: [{ operator: "Exists" }], terminationGracePeriodSeconds: 5 },
};

function expand(spec: Partial<Spec>, template: Partial<Spec["leaderWorkerTemplate"]> = {}): Manifest[] {
	return expandLeaderWorkerSet({
		metadata: { name: "llm", namespace: "serving" },
		spec: { ...spec, leaderWorkerTemplate: { workerTemplate, ...template } },
	});
}

/** A set's labels, annotations or template: keys hold dots, so that no path of `at` reaches below. */
function part(manifest: Manifest | undefined, path: string): Value | undefined {
	assert.ok(manifest);
	return at(plain(manifest), path);
}

/** Names of the pods that the StatefulSet controller makes of a set. */
function podNames(manifest: Manifest): string[] {
	const set = plain(manifest);
	const start = number(set, "spec.ordinals.start") ?? 0;
	return Array.from({ length: number(set, "spec.replicas") ?? 1 }, (_, i) => `${manifest.metadata.name}-${start + i}`);
}

describe("expandLeaderWorkerSet", () => {
	it("makes one set of leaders, and for each group one of workers", () => {
		const sets = expand({ replicas: 2 }, { size: 4 });
		assert.deepEqual(
			sets.map((set) => [
				set.apiVersion,
				set.kind,
				set.metadata.namespace,
				set.metadata.name,
				part(set, "spec.replicas"),
			]),
			[
				["apps/v1", "StatefulSet", "serving", "llm", 2],
				["apps/v1", "StatefulSet", "serving", "llm-0", 3],
				["apps/v1", "StatefulSet", "serving", "llm-1", 3],
			],
		);
		assert.deepEqual(sets.map(podNames), [
			["llm-0", "llm-1"],
			["llm-0-1", "llm-0-2", "llm-0-3"],
			["llm-1-1", "llm-1-2", "llm-1-3"],
		]);
	});

	it("makes one group of one leader where nothing is said", () => {
		assert.deepEqual(expand({}).map(podNames), [["llm-0"]]);
	});

	it("makes no set of workers for a group of one, nor for a size of zero, which the API server refuses", () => {
		assert.deepEqual(expand({ replicas: 3 }, { size: 1 }).map(podNames), [["llm-0", "llm-1", "llm-2"]]);
		assert.deepEqual(expand({ replicas: 1 }, { size: 0 }).map(podNames), [["llm-0"]]);
	});

	it("keeps an empty set of leaders where there are no groups", () => {
		assert.deepEqual(expand({ replicas: 0 }, { size: 4 }).map(podNames), [[]]);
	});

	it("labels leaders and workers so that no set selects another's pods", () => {
		const [leaders, workers] = expand({ replicas: 1 }, { size: 2 });
		const leader = { [label("name")]: "llm", [label("worker-index")]: "0" };
		assert.deepEqual(part(leaders, "spec.selector.matchLabels"), leader);
		assert.deepEqual(part(leaders, "spec.template.metadata.labels"), { app: "llm", ...leader });
		// SHA-1 of `serving/llm-0`, as `printf serving/llm-0 | sha1sum` gives it.
		const worker = {
			[label("name")]: "llm",
			[label("group-index")]: "0",
			[label("group-key")]: "1b3721ce6fa4e96f50f52a856243511034fe6a56",
		};
		assert.deepEqual(part(workers, "metadata.labels"), worker);
		assert.deepEqual(part(workers, "spec.selector.matchLabels"), worker);
		assert.deepEqual(part(workers, "spec.template.metadata.labels"), { app: "llm", ...worker });
	});

	it("says on each pod how large its group is, and on workers who leads", () => {
		const [leaders, workers] = expand({ replicas: 2 }, { size: 3 });
		assert.deepEqual(part(leaders, "metadata.annotations"), { [label("replicas")]: "2" });
		assert.deepEqual(part(leaders, "spec.template.metadata.annotations"), { note: "kept", [label("size")]: "3" });
		assert.deepEqual(part(workers, "spec.template.metadata.annotations"), {
			note: "kept",
			[label("size")]: "3",
			[label("leader-name")]: "llm-0",
		});
	});

	it("carries a template's fields through", () => {
		for (const set of expand({}, { size: 2 })) {
			assert.deepEqual(part(set, "spec.template.spec"), workerTemplate.spec);
			assert.deepEqual(part(set, "spec.template.metadata.finalizers"), ["example.com/a"]);
		}
	});

	it("gives leaders a template of their own, where there is one", () => {
		const leaderTemplate = { spec: { containers: [{ name: "api", image: "api:1" }] } };
		const [leaders, workers] = expand({}, { size: 2, leaderTemplate });
		assert.deepEqual(part(leaders, "spec.template.spec"), leaderTemplate.spec);
		assert.deepEqual(part(workers, "spec.template.spec"), workerTemplate.spec);
	});

	it("starts the pods of a set together, each with the claims that are asked for", () => {
		const volumeClaimTemplates = [{ metadata: { name: "cache" }, spec: { accessModes: ["ReadWriteOnce"] } }];
		const retention = { whenDeleted: "Delete" } as const;
		for (const set of expand({}, { size: 2, volumeClaimTemplates, persistentVolumeClaimRetentionPolicy: retention })) {
			assert.equal(part(set, "spec.podManagementPolicy"), "Parallel");
			assert.deepEqual(part(set, "spec.volumeClaimTemplates"), volumeClaimTemplates);
			assert.deepEqual(part(set, "spec.persistentVolumeClaimRetentionPolicy"), retention);
		}
	});

	it("shares a subdomain among all groups, unless each is to have its own", () => {
		const names = (spec: Partial<Spec>) => expand(spec, { size: 2 }).map((set) => part(set, "spec.serviceName"));
		assert.deepEqual(names({ replicas: 2 }), ["llm", "llm", "llm"]);
		const own = { replicas: 2, networkConfig: { subdomainPolicy: "UniquePerReplica" } } as const;
		assert.deepEqual(names(own), ["llm", "llm-0", "llm-1"]);
		const [leaders] = expand(own, { size: 2 });
		assert.ok(leaders);
		const annotations = part(leaders, "spec.template.metadata.annotations");
		assert.equal(Object(annotations)[label("subdomainPolicy")], "UniquePerReplica");
	});

	it("passes on the topology that a group is to have to itself", () => {
		const annotations = { [label("exclusive-topology")]: "cloud.google.com/gke-nodepool" };
		const sets = expandLeaderWorkerSet({
			metadata: { name: "llm", annotations },
			spec: { leaderWorkerTemplate: { workerTemplate: { spec: { containers: [] } }, size: 2 } },
		});
		for (const set of sets) {
			assert.equal(set.metadata.namespace, "default");
			const own = part(set, "spec.template.metadata.annotations");
			assert.equal(Object(own)[label("exclusive-topology")], "cloud.google.com/gke-nodepool");
		}
	});

	it("makes replicas times size pods, each with a name of its own and in one set only", () => {
		fc.assert(
			fc.property(fc.nat(20), fc.integer({ min: 1, max: 20 }), (replicas, size) => {
				const sets = expand({ replicas }, { size });
				const names = sets.flatMap(podNames);
				assert.equal(names.length, replicas * size);
				assert.equal(new Set(names).size, names.length);
				const selectors = sets.map((set) => JSON.stringify(part(set, "spec.selector")));
				assert.equal(new Set(selectors).size, sets.length);
				for (const set of sets) {
					const labels = Object(part(set, "spec.template.metadata.labels"));
					for (const [key, value] of Object.entries(Object(part(set, "spec.selector.matchLabels")))) {
						assert.equal(labels[key], value);
					}
					assert.equal(text(plain(set), "metadata.namespace"), "serving");
				}
			}),
		);
	});
});
