import assert from "node:assert/strict";
import { gkeKinds } from "../../catalogue/kubernetes/gke-networks";
import type { Properties } from "../../lib/values";
import { fieldManager } from "../../sandbox/clusters/applied-objects";
import { expandedKinds } from "../../sandbox/clusters/expansion/expansion";
import { syncNodes } from "../../sandbox/clusters/nodes";
import { CloudError } from "../../sandbox/server/calls";
import { but, GOOD, K, refusedObjects } from "../support/kubernetes-objects";
import { clusterObject, node, RealCluster } from "../support/real-cluster";

/** Inputs that the sandbox's own rules refuse and a real API server takes: it does not look behind references. */
const taken: readonly string[] = [
	"rbac.authorization.k8s.io/v1:RoleBinding: a Role that is not there",
	"core/v1:Namespace: a namespace of its own",
];

const DEPLOYMENT = K("apps/v1:Deployment");
const CONFIG_MAP = K("core/v1:ConfigMap");
const QUOTA = K("core/v1:ResourceQuota");

describe("objects of a cluster, on a real API server", () => {
	let cluster: RealCluster;

	const create = (type: string, inputs: Properties) => cluster.objects.create(clusterObject(type, inputs));

	/** A deployment of one pod that asks for GPUs. */
	const gpus = (name: string, count: number): Properties =>
		but(DEPLOYMENT, {
			metadata: { name, namespace: "serving" },
			"spec.replicas": 1,
			"spec.template.spec.containers": [
				{ name: "a", image: "a", resources: { limits: { "nvidia.com/gpu": String(count) } } },
			],
		});

	before(async () => {
		cluster = await RealCluster.start({
			nodes: [node("system"), node("gpu", 8)],
			kinds: [...gkeKinds, ...expandedKinds],
		});
		for (const name of ["serving", "limited"]) {
			await create(K("core/v1:Namespace"), { metadata: { name } });
		}
	});

	after(() => cluster?.close());

	describe("of every kind in use", () => {
		for (const [type, inputs] of Object.entries(GOOD)) {
			it(`takes a good ${type}`, async () => {
				// Pods beside a quota would have to keep to it.
				const apart = type === QUOTA ? but(type, { "metadata.namespace": "limited" }) : inputs;
				const { outputs, waitsFor } = await create(type, apart);
				assert.equal(waitsFor, undefined);
				assert.ok(Object.keys(outputs).length > 0);
			});
		}

		for (const row of refusedObjects().filter(({ type }) => type !== K("helm.sh/v3:Release"))) {
			const isTaken = taken.includes(row.because);
			it(`${isTaken ? "takes" : "refuses"} ${row.because}`, async () => {
				const metadata: Properties = JSON.parse(JSON.stringify(row.inputs.metadata));
				// Beside the good ones, which are there under these names.
				const given = metadata.name === Object(GOOD[row.type]?.metadata).name ? "another" : metadata.name;
				const made = create(row.type, { ...row.inputs, metadata: { ...metadata, name: given ?? "another" } });
				await (isTaken ? made : assert.rejects(made, CloudError));
			});
		}
	});

	describe("as the provider handles them", () => {
		it("refuses what exists already, in the API server's words", async () => {
			await assert.rejects(create(CONFIG_MAP, but(CONFIG_MAP, {})), /configmaps "settings" already exists/);
		});

		it("refuses a namespace that does not exist", async () => {
			const inputs = but(CONFIG_MAP, { metadata: { name: "a", namespace: "nobody" } });
			await assert.rejects(create(CONFIG_MAP, inputs), /namespaces "nobody" not found/);
		});

		it("refuses a misspelt field of a built-in kind", async () => {
			const inputs = but(DEPLOYMENT, { metadata: { name: "b", namespace: "serving" }, "spec.replica": 2 });
			await assert.rejects(
				create(DEPLOYMENT, inputs),
				/unknown field "spec.replica"|\.spec\.replica: field not declared/,
			);
		});

		it("refuses a misspelt field and a wrong value of a custom resource", async () => {
			const type = K("networking.gke.io/v1:Network");
			const misspelt = but(type, { "metadata.name": "b", "spec.gatewayv4": "10.0.0.1" });
			await assert.rejects(create(type, misspelt), /gatewayv4/);
			const wrong = but(type, { "metadata.name": "b", "spec.type": "L4" });
			await assert.rejects(create(type, wrong), /spec\.type: Unsupported value: "L4"/);
		});

		it("refuses who may not, naming user, verb and kind", async () => {
			const reader = cluster.actingFor("reader");
			const made = reader.create(clusterObject(CONFIG_MAP, but(CONFIG_MAP, { "metadata.name": "c" })));
			await assert.rejects(made, /configmaps is forbidden: User "reader" cannot create resource "configmaps"/);
		});

		it("says in the scheduler's words why a pod finds no node; the object stays", async () => {
			const { waitsFor } = await cluster.impatient.create(clusterObject(DEPLOYMENT, gpus("large", 16)));
			assert.match(
				waitsFor ?? "",
				/0 of 1 pods are ready; 0\/2 nodes are available: .*2 Insufficient nvidia\.com\/gpu/,
			);
			const live = await cluster.objects.read(clusterObject(DEPLOYMENT, gpus("large", 16)));
			assert.notEqual(live, "gone");
			const mended = await cluster.objects.update(clusterObject(DEPLOYMENT, gpus("large", 8)));
			assert.equal(mended?.waitsFor, undefined);
			await cluster.objects.remove(clusterObject(DEPLOYMENT, gpus("large", 8)));
		});

		it("changes in place, and keeps what another owner has set", async () => {
			await create(CONFIG_MAP, { metadata: { name: "shared", namespace: "serving" }, data: { a: "1" } });
			const name = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "shared", namespace: "serving" } };
			await cluster.client.apply({ ...name, data: { b: "2" } }, { fieldManager: "someone" });
			const update = (data: Properties, annotations: Properties = {}) =>
				cluster.objects.update(
					clusterObject(CONFIG_MAP, { metadata: { name: "shared", namespace: "serving", annotations }, data }),
				);
			assert.deepEqual((await update({ a: "3" }))?.outputs.data, { a: "3", b: "2" });
			await assert.rejects(update({ a: "3", b: "4" }), /conflict with "someone": \.data\.b/);
			const forced = await update({ a: "3", b: "4" }, { "pulumi.com/patchForce": "true" });
			assert.deepEqual(forced?.outputs.data, { a: "3", b: "4" });
		});

		it("refuses a change of what cannot change", async () => {
			const inputs = but(DEPLOYMENT, { "spec.selector": { matchLabels: { app: "a", tier: "b" } } });
			const labels = {
				metadata: { labels: { app: "a", tier: "b" } },
				spec: Object(GOOD[DEPLOYMENT]?.spec).template.spec,
			};
			const changed = { ...inputs, spec: { ...Object(inputs.spec), template: labels } };
			await assert.rejects(cluster.objects.update(clusterObject(DEPLOYMENT, changed)), /field is immutable/);
		});

		it("keeps its nodes as they are where nothing has changed, and makes those anew that have", async () => {
			const uids = async () =>
				new Map((await cluster.client.list("v1", "Node")).map(({ metadata: { name, uid } }) => [name, uid]));
			const before = await uids();
			await syncNodes(cluster.client, [node("system"), node("gpu", 8)]);
			assert.deepEqual(await uids(), before);
			await syncNodes(cluster.client, [node("system"), node("gpu", 4)]);
			const after = await uids();
			assert.equal(after.get("system"), before.get("system"));
			assert.notEqual(after.get("gpu"), before.get("gpu"));
		});

		it("judges a planned object without making it", async () => {
			const world = { find: () => [], list: () => [], granted: () => undefined };
			const call = { urn: "urn", type: CONFIG_MAP, name: "planned" };
			const planned = clusterObject(CONFIG_MAP, but(CONFIG_MAP, { "metadata.name": "planned" }));
			await cluster.objects.judge(call, planned.inputs, world);
			assert.equal(await cluster.objects.read(planned), "gone");
			const wrong = { ...planned.inputs, data: { "a/b": "c" } };
			await assert.rejects(cluster.objects.judge(call, wrong, world), /a valid config key/);
		});

		it("deletes, and takes what is gone for gone", async () => {
			const secret = clusterObject(K("core/v1:Secret"), GOOD[K("core/v1:Secret")] ?? {});
			await cluster.objects.remove(secret);
			assert.equal(await cluster.objects.read(secret), "gone");
			await cluster.objects.remove(secret);
		});

		it("notes who applied, so that what is not on record can be found", async () => {
			const live = await cluster.client.read({
				apiVersion: "v1",
				kind: "ConfigMap",
				metadata: { name: "settings", namespace: "serving" },
			});
			assert.match(JSON.stringify(live?.metadata.managedFields), new RegExp(`"manager":"${fieldManager}"`));
		});

		it("says what keeps a controller from making its pods", async () => {
			const inputs = but(DEPLOYMENT, { metadata: { name: "unsized", namespace: "limited" } });
			const { waitsFor } = await cluster.impatient.create(clusterObject(DEPLOYMENT, inputs));
			assert.match(waitsFor ?? "", /failed quota: quota: must specify memory/);
		});
	});
});
