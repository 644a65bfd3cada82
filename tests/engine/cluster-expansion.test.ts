import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { expandedKinds, expansionOf } from "../../sandbox/clusters/expansion/expansion";
import type { Manifest } from "../../sandbox/clusters/manifest";
import { node, RealCluster } from "../support/real-cluster";

const options = { fieldManager: "test" };
const named = (name: string) => ({ name, namespace: "default" });
const template = {
	metadata: { labels: { app: "llm" } },
	spec: { containers: [{ name: "a", image: "a", resources: { requests: { cpu: "100m" } } }] },
};
const set: Manifest = {
	apiVersion: "leaderworkerset.x-k8s.io/v1",
	kind: "LeaderWorkerSet",
	metadata: named("llm"),
	spec: { replicas: 2, leaderWorkerTemplate: { workerTemplate: template, size: 3 } },
};
const cluster: Manifest = {
	apiVersion: "ray.io/v1",
	kind: "RayCluster",
	metadata: named("train"),
	spec: { headGroupSpec: { template }, workerGroupSpecs: [{ groupName: "gpu", replicas: 2, numOfHosts: 2, template }] },
};

/** Waits for an answer, at most a minute: what is asserted next tells what was missing. */
async function until(ask: () => Promise<unknown>): Promise<void> {
	const end = Date.now() + 60_000;
	while ((await ask()) === undefined && Date.now() < end) {
		await delay(200);
	}
}

describe("custom kinds that stand for pods, on a real API server", () => {
	let real: RealCluster;

	before(async () => {
		real = await RealCluster.start({ nodes: [node("a"), node("b")], kinds: expandedKinds });
		// Pods are forbidden before a controller has made their service account.
		await until(() => real.client.read({ apiVersion: "v1", kind: "ServiceAccount", metadata: named("default") }));
	});

	after(() => real?.close());

	/** The object as the API server has it, with what it set itself. */
	async function applied(manifest: Manifest): Promise<Manifest> {
		await real.client.apply(manifest, options);
		const live = await real.client.read(manifest);
		assert.ok(live);
		return live;
	}

	/** Names of the pods that run, once there are so many. */
	async function running(count: number): Promise<string[]> {
		let names: string[] = [];
		await until(async () => {
			const pods = await real.client.list("v1", "Pod", "default");
			names = pods.filter((pod) => Object(pod.status).phase === "Running").map(({ metadata }) => metadata.name);
			return names.length === count || undefined;
		});
		return names.sort();
	}

	it("run as their operators would run them, and go with the object", async () => {
		for (const manifest of [set, cluster]) {
			const live = await applied(manifest);
			for (const workload of expansionOf(live)) {
				await real.client.apply(workload, options);
			}
		}
		assert.deepEqual(await running(11), [
			"llm-0",
			"llm-0-1",
			"llm-0-2",
			"llm-1",
			"llm-1-1",
			"llm-1-2",
			"train-gpu-worker-0-0",
			"train-gpu-worker-0-1",
			"train-gpu-worker-1-0",
			"train-gpu-worker-1-1",
			"train-head",
		]);
		await real.client.remove(set);
		await real.client.remove(cluster);
		assert.deepEqual(await running(0), []);
	});

	it("have their defaults set", async () => {
		const { spec } = await applied({
			...set,
			metadata: named("plain"),
			spec: { leaderWorkerTemplate: { workerTemplate: template } },
		});
		const { replicas, startupPolicy, leaderWorkerTemplate } = Object(spec);
		assert.deepEqual([replicas, startupPolicy, leaderWorkerTemplate.size], [1, "LeaderCreated", 1]);
		assert.deepEqual(leaderWorkerTemplate.workerTemplate, template);
	});

	const refused: readonly (readonly [string, Manifest, RegExp])[] = [
		["a group of none", { ...set, spec: { leaderWorkerTemplate: { workerTemplate: template, size: 0 } } }, /size/],
		["a misspelt field", { ...set, spec: { ...Object(set.spec), replica: 2 } }, /replica/],
		["a policy that is not listed", { ...set, spec: { ...Object(set.spec), startupPolicy: "Later" } }, /startupPolicy/],
		[
			"a head without a template",
			{ ...cluster, spec: { headGroupSpec: { rayStartParams: { block: "true" } } } },
			/template/,
		],
		[
			"a template without containers",
			{ ...cluster, spec: { headGroupSpec: { template: { spec: { hostNetwork: true } } } } },
			/containers/,
		],
	];
	for (const [what, manifest, message] of refused) {
		it(`refuse ${what}`, () => assert.rejects(real.client.apply(manifest, { ...options, dryRun: true }), message));
	}
});
