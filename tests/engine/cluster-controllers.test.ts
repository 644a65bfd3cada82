import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { onEveryNode, somewhere } from "../../catalogue/system-part";
import type { Properties } from "../../lib/values";
import { eksStorageClasses } from "../../sandbox/aws/eks-storage-classes";
import { list, object, text } from "../../sandbox/check/inputs";
import { ClusterClient } from "../../sandbox/clusters/cluster-client";
import { Controllers } from "../../sandbox/clusters/controllers";
import { type Manifest, type ObjectName, plain } from "../../sandbox/clusters/manifest";
import { syncNodes } from "../../sandbox/clusters/nodes";
import { placeholderManifest } from "../../sandbox/clusters/placeholders";
import { waitsFor } from "../../sandbox/clusters/readiness";
import { systemPlaceholder } from "../../sandbox/clusters/system-pods";
import { ControlPlane } from "../../sandbox/control-plane/control-plane";
import { Guard } from "../../sandbox/control-plane/guard";
import { gkeStorageClasses } from "../../sandbox/gcp/gke-storage-classes";
import type { SimulatedNode } from "../../sandbox/nodes/node";
import { controlPlanePrograms } from "../support/real-cluster";
import { estate as awsEstate } from "../unit/sandbox/estate";
import { estate as gcpEstate } from "../unit/sandbox/gcp/estate";

const zone = "us-east-1a";

const user = node("user", { mode: "user" }, []);
const kept = node("kept", { mode: "system" }, [{ key: "CriticalAddonsOnly", value: "true", effect: "NoSchedule" }]);

function node(name: string, labels: SimulatedNode["labels"], taints: SimulatedNode["taints"]): SimulatedNode {
	const amounts = { cpu: "8", memory: "32Gi", pods: "110" };
	return {
		name,
		labels: { "kubernetes.io/hostname": name, "topology.kubernetes.io/zone": zone, ...labels },
		taints,
		capacity: amounts,
		allocatable: amounts,
		providerId: `aws:///${zone}/${name}`,
	};
}

const options = { fieldManager: "test" };

describe("controllers of a real cluster", function () {
	this.timeout(240_000);
	const folder = mkdtempSync(join(tmpdir(), "meridian-test-"));
	const guard = new Guard();
	const complaints: string[] = [];
	let plane: ControlPlane | undefined;
	let client: ClusterClient;
	let controllers: Controllers | undefined;

	before(async () => {
		const programs = await controlPlanePrograms();
		const settings = { services: "10.96.0.0/16", pods: "10.244.0.0/16", issuer: "https://kubernetes.default.svc" };
		plane = await ControlPlane.start({ cluster: "controllers", folder, programs, settings, guard });
		const kubeconfig = plane.layout.kubeconfig("sandbox");
		client = new ClusterClient(kubeconfig);
		await syncNodes(client, [user, kept]);
		const eks = awsEstate();
		const gke = gcpEstate();
		const classes = [...eksStorageClasses(eks.of("cluster"), eks.stage), ...gkeStorageClasses(gke.of("cluster"))];
		await Promise.all(classes.map((each) => client.apply(each, options)));
		controllers = new Controllers({
			kubeconfig,
			client,
			balancerAddress: (namespace, name) => ({ hostname: `${namespace}-${name}.example.invalid` }),
			complain: (reason) => complaints.push(reason),
		});
		controllers.start();
	});

	after(async () => {
		await controllers?.stop();
		await client?.close();
		await plane?.stop();
		guard.close();
		rmSync(folder, { recursive: true, force: true });
	});

	/** The object once it is as wanted. */
	async function once(name: ObjectName, holds: (live: Properties) => boolean): Promise<Properties> {
		for (let tries = 0; tries < 150; tries++) {
			const live = await client.read(name);
			if (live !== undefined && holds(plain(live))) {
				return plain(live);
			}
			await delay(100);
		}
		const last = JSON.stringify(await client.read(name), undefined, 1);
		throw new Error(`${name.kind} ${name.metadata.name} does not become so: ${last}; ${complaints.join("; ")}`);
	}

	async function gone(name: ObjectName): Promise<void> {
		for (let tries = 0; tries < 150 && (await client.read(name)) !== undefined; tries++) {
			await delay(100);
		}
		assert.equal(await client.read(name), undefined);
	}

	it("give a Service of type LoadBalancer its address, and others none", async () => {
		const service = (name: string, type: string): Manifest => ({
			apiVersion: "v1",
			kind: "Service",
			metadata: { name, namespace: "default" },
			spec: { type, selector: { app: name }, ports: [{ port: 80 }] },
		});
		await client.apply(service("inside", "ClusterIP"), options);
		const front = await client.apply(service("front", "LoadBalancer"), options);
		const live = await once(front, (each) => list(each, "status.loadBalancer.ingress").length > 0);
		assert.deepEqual(list(live, "status.loadBalancer.ingress"), [{ hostname: "default-front.example.invalid" }]);
		const inside = await client.read(service("inside", "ClusterIP"));
		assert.ok(inside);
		assert.deepEqual(list(plain(inside), "status.loadBalancer.ingress"), []);
	});

	/** Pods run as a service account, which a controller makes some time after the cluster's start. */
	async function accountsAreReady(): Promise<void> {
		const account = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace: "default" } };
		await once(account, () => true);
	}

	it("bind a claim once a pod uses it, in the pod's zone, and remove the volume with the claim", async () => {
		const claim = await client.apply(claimOf("data", "gp2"), options);
		await delay(1_000);
		const waiting = await client.read(claim);
		assert.ok(waiting);
		assert.equal(text(plain(waiting), "status.phase"), "Pending");
		await accountsAreReady();
		const pod = await client.apply(podWith("user", "data"), options);
		await once(pod, (each) => text(each, "status.phase") === "Running");
		const bound = await once(claim, (each) => text(each, "status.phase") === "Bound");
		const volume = volumeOf(bound);
		const live = await once(volume, (each) => text(each, "status.phase") === "Bound");
		assert.equal(text(live, "spec.csi.driver"), "ebs.csi.aws.com");
		const [term] = list(live, "spec.nodeAffinity.required.nodeSelectorTerms");
		assert.deepEqual(list(term, "matchExpressions"), [
			{ key: "topology.kubernetes.io/zone", operator: "In", values: [zone] },
		]);
		await client.remove(pod);
		await client.remove(claim);
		await gone(claim);
		await gone(volume);
	});

	it("bind a claim at once where its class waits for nobody, and keep a volume that is to be kept", async () => {
		const claim = await client.apply(claimOf("early", "standard"), options);
		const volume = volumeOf(await once(claim, (each) => text(each, "status.phase") === "Bound"));
		const keep = { ...volume, spec: { persistentVolumeReclaimPolicy: "Retain" } };
		await client.apply(keep, { ...options, force: true });
		await client.remove(claim);
		await gone(claim);
		await once(volume, (each) => text(each, "status.phase") === "Released");
		await delay(500);
		assert.ok(await client.read(volume));
	});

	it("leave room for system pods: on every node, and rather on the nodes kept for them", async () => {
		const owner = { standsFor: "a cloud", prefers: { mode: "system" } };
		const parts = [onEveryNode("proxy", { cpu: "100m" }), somewhere("scaler", 1, { cpu: "20m", memory: "10Mi" })];
		const wanted = parts.map((part) => placeholderManifest(systemPlaceholder(part, owner), "test"));
		await Promise.all(wanted.map((each) => client.apply(each, options)));
		await Promise.all(wanted.map((each) => once(each, (live) => waitsFor(live) === undefined)));
		const pods = (await client.list("v1", "Pod", "kube-system")).map(plain);
		const nodesOf = (name: string): (string | undefined)[] =>
			pods
				.filter((pod) => object(pod, "metadata.labels")["app.kubernetes.io/name"] === name)
				.map((pod) => text(pod, "spec.nodeName"))
				.sort();
		assert.deepEqual(nodesOf("proxy"), ["kept", "user"]);
		assert.deepEqual(nodesOf("scaler"), ["kept"]);
	});

	it("do nothing any more once they are stopped, and stop promptly", async () => {
		const begin = Date.now();
		await controllers?.stop();
		assert.ok(Date.now() - begin < 1_000);
		const claim = await client.apply(claimOf("late", "standard"), options);
		await delay(1_000);
		const live = await client.read(claim);
		assert.ok(live);
		assert.equal(text(plain(live), "status.phase"), "Pending");
		assert.deepEqual(complaints, []);
	});
});

function claimOf(name: string, storageClassName: string): Manifest {
	return {
		apiVersion: "v1",
		kind: "PersistentVolumeClaim",
		metadata: { name, namespace: "default" },
		spec: { storageClassName, accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "8Gi" } } },
	};
}

function podWith(name: string, claimName: string): Manifest {
	return {
		apiVersion: "v1",
		kind: "Pod",
		metadata: { name, namespace: "default" },
		spec: {
			containers: [{ name: "main", image: "example.invalid/main" }],
			volumes: [{ name: "data", persistentVolumeClaim: { claimName } }],
		},
	};
}

function volumeOf(claim: Properties): ObjectName {
	const name = text(claim, "spec.volumeName");
	assert.ok(name);
	return { apiVersion: "v1", kind: "PersistentVolume", metadata: { name } };
}
