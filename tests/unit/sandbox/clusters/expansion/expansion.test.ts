import assert from "node:assert/strict";
import fc from "fast-check";
import { expandedKinds, expansionOf } from "../../../../../sandbox/clusters/expansion/expansion";
import type { Manifest } from "../../../../../sandbox/clusters/manifest";
import { valuesOf } from "../../../../support/schema-values";

const template = { spec: { containers: [{ name: "a", image: "a:1" }] } };
const set: Manifest = {
	apiVersion: "leaderworkerset.x-k8s.io/v1",
	kind: "LeaderWorkerSet",
	metadata: { name: "llm", namespace: "serving" },
	spec: { leaderWorkerTemplate: { workerTemplate: template, size: 2 } },
};
const cluster: Manifest = {
	apiVersion: "ray.io/v1",
	kind: "RayCluster",
	metadata: { name: "train", namespace: "ml" },
	spec: { headGroupSpec: { template } },
};

describe("expansionOf", () => {
	it("takes each kind by its own rule", () => {
		const kinds = (manifest: Manifest) => expansionOf(manifest).map(({ kind }) => kind);
		assert.deepEqual(kinds(set), ["StatefulSet", "StatefulSet"]);
		assert.deepEqual(kinds(cluster), ["Pod"]);
	});

	it("makes nothing of kinds that do not stand for pods, nor of another group's or version's", () => {
		assert.deepEqual(expansionOf({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } }), []);
		assert.deepEqual(expansionOf({ ...cluster, apiVersion: "ray.io/v1alpha1" }), []);
		assert.deepEqual(expansionOf({ ...cluster, apiVersion: "example.com/v1" }), []);
	});

	it("gives workloads to the object that they are made of, once it exists", () => {
		const owner = { name: "train", uid: "6f1d", controller: true, blockOwnerDeletion: true };
		const [head] = expansionOf({ ...cluster, metadata: { ...cluster.metadata, uid: "6f1d" } });
		assert.deepEqual(head?.metadata.ownerReferences, [{ apiVersion: "ray.io/v1", kind: "RayCluster", ...owner }]);
		assert.equal(expansionOf(cluster)[0]?.metadata.ownerReferences, undefined);
	});

	it("says which field does not fit", () => {
		assert.throws(
			() => expansionOf({ ...set, spec: { replicas: "2", leaderWorkerTemplate: { workerTemplate: template } } }),
			/^Error: LeaderWorkerSet serving\/llm: spec\.replicas does not fit its schema$/,
		);
		assert.throws(
			() => expansionOf({ ...cluster, spec: {} }),
			/RayCluster ml\/train: spec\.headGroupSpec does not fit/,
		);
		assert.throws(() => expansionOf({ ...cluster, spec: undefined }), /ml\/train: spec does not fit/);
	});

	for (const { group, version, kind, spec: schema } of expandedKinds) {
		it(`expands every ${kind} that its schema takes, the same way each time, and leaves it as it was`, () => {
			fc.assert(
				fc.property(valuesOf(schema), (spec) => {
					const manifest = { apiVersion: `${group}/${version}`, kind, metadata: { name: "a", uid: "1" }, spec };
					const before = JSON.stringify(manifest);
					const workloads = expansionOf(manifest);
					assert.deepEqual(expansionOf(manifest), workloads);
					assert.equal(JSON.stringify(manifest), before);
					for (const { metadata } of workloads) {
						assert.equal(metadata.namespace, "default");
						assert.ok(metadata.ownerReferences);
					}
				}),
				{ numRuns: 50 },
			);
		});
	}
});
