import assert from "node:assert/strict";
import type { Properties } from "../../../lib/values";
import { UNKNOWN } from "../../../lib/values";
import { kubernetesModels } from "../../../sandbox/kubernetes/registry";
import { but, GOOD, K, refusedObjects } from "../../support/kubernetes-objects";
import { assertFault, CLUSTER, refuses, Stage } from "./stage";

function cluster(): Stage {
	const stage = new Stage();
	stage.make(K("core/v1:Namespace"), { metadata: { name: "serving" } }, CLUSTER);
	return stage;
}

describe("Kubernetes kinds", () => {
	it("have good inputs here for every type of the registry", () => {
		assert.deepEqual(Object.keys(GOOD).sort(), [...kubernetesModels.keys()].sort());
	});

	it("are made with ids and metadata as the API server gives them", () => {
		const stage = cluster();
		for (const [type, inputs] of Object.entries(GOOD)) {
			const { id, outputs } = stage.make(type, inputs, CLUSTER);
			const name = String(JSON.parse(JSON.stringify(inputs)).metadata?.name ?? "argo-cd");
			const cluster = JSON.stringify(inputs).includes('"namespace":"serving"') ? `serving/${name}` : name;
			assert.equal(id, cluster, type);
			if (type !== K("helm.sh/v3:Release")) {
				assert.match(JSON.stringify(outputs.metadata), /"uid":"[0-9a-f]{8}-.*|"resourceVersion"/, type);
				assert.match(
					JSON.stringify(outputs.metadata),
					/"creationTimestamp":"2026-11-21T10:00:00Z","generation":1/,
					type,
				);
			}
		}
	});

	it("count generations and keep the identity at an update", () => {
		const stage = cluster();
		const type = K("apps/v1:Deployment");
		const made = stage.make(type, but(type, {}), CLUSTER);
		const metadata = (outputs: Properties) => JSON.parse(JSON.stringify(outputs.metadata));
		const changed = metadata(stage.updated(made, but(type, { "spec.replicas": 3 })));
		assert.equal(changed.generation, 2);
		assert.equal(changed.uid, metadata(made.outputs).uid);
	});

	it("count a release's revisions", () => {
		const stage = cluster();
		const type = K("helm.sh/v3:Release");
		const made = stage.make(type, but(type, {}), CLUSTER);
		assert.equal(JSON.parse(JSON.stringify(stage.updated(made, made.inputs).status)).revision, 2);
	});

	it("let unknown namespaces and names pass", () => {
		const type = K("core/v1:ConfigMap");
		assert.deepEqual(cluster().faults(type, but(type, { metadata: { name: UNKNOWN, namespace: UNKNOWN } })), []);
	});

	it("belong to their cluster", () => {
		const type = K("core/v1:ConfigMap");
		const scope = { account: "another", region: "global" };
		assertFault(cluster().faults(type, but(type, {}), { scope }), "metadata.namespace", /no namespace "serving"/);
	});

	it("live once under a name", () => {
		const stage = cluster();
		const type = K("core/v1:ConfigMap");
		const self = stage.make(type, but(type, {}), CLUSTER);
		assertFault(stage.faults(type, but(type, {})), "metadata.name", /serving\/settings exists already/);
		assert.deepEqual(stage.faults(type, but(type, {}), { self }), []);
	});

	refuses(refusedObjects, cluster);

	it("let a release make its namespace", () => {
		const type = K("helm.sh/v3:Release");
		assert.deepEqual(cluster().faults(type, but(type, { namespace: "argocd", createNamespace: true })), []);
	});
});
