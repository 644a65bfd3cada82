import assert from "node:assert/strict";
import type { Manifest, ObjectName } from "../../../../sandbox/clusters/manifest";
import { type Objects, reconcile } from "../../../../sandbox/clusters/reconcile";

/** An API server in memory that keeps what it is told to do; names that it does not like fail. */
function server(objects: { readonly [kind: string]: readonly Manifest[] }, refused: readonly string[] = []) {
	const done: string[] = [];
	const act = async (verb: string, name: ObjectName): Promise<void> => {
		if (refused.includes(name.metadata.name)) {
			throw new Error(`${name.metadata.name} is refused`);
		}
		done.push(`${verb} ${name.kind} ${name.metadata.name}`);
	};
	const client: Objects = {
		list: async (_, kind) => [...(objects[kind] ?? [])],
		apply: async (manifest) => {
			await act("apply", manifest);
			return manifest;
		},
		applyStatus: async (manifest) => {
			await act("tell", manifest);
			return manifest;
		},
		remove: (name) => act("remove", name),
	};
	return { client, done };
}

const service = (name: string): Manifest => ({
	apiVersion: "v1",
	kind: "Service",
	metadata: { name, namespace: "web" },
	spec: { type: "LoadBalancer" },
});
const claim: Manifest = {
	apiVersion: "v1",
	kind: "PersistentVolumeClaim",
	metadata: { name: "data", namespace: "web", uid: "u-1" },
	spec: { storageClassName: "eager", accessModes: ["ReadWriteOnce"] },
};
const storageClass: Manifest = {
	apiVersion: "storage.k8s.io/v1",
	kind: "StorageClass",
	metadata: { name: "eager" },
	provisioner: "ebs.csi.aws.com",
	volumeBindingMode: "Immediate",
};
const released: Manifest = {
	apiVersion: "v1",
	kind: "PersistentVolume",
	metadata: { name: "pvc-u-0" },
	spec: { persistentVolumeReclaimPolicy: "Delete", csi: { volumeHandle: "sandbox-u-0" } },
	status: { phase: "Released" },
};

const duties = { balancerAddress: () => ({ ip: "203.0.113.1" }) };

describe("reconcile", () => {
	const everything = {
		Service: [service("front"), service("back")],
		PersistentVolumeClaim: [claim],
		PersistentVolume: [released],
		StorageClass: [storageClass],
	};

	it("serves what waits and removes what nobody has any more", async () => {
		const { client, done } = server(everything);
		await reconcile(client, duties);
		assert.deepEqual(done.sort(), [
			"apply PersistentVolume pvc-u-1",
			"remove PersistentVolume pvc-u-0",
			"tell Service back",
			"tell Service front",
		]);
	});

	it("does nothing where nobody waits", async () => {
		const { client, done } = server({});
		await reconcile(client, duties);
		assert.deepEqual(done, []);
	});

	it("does what can be done, and fails afterwards with every reason", async () => {
		const { client, done } = server(everything, ["front", "pvc-u-1"]);
		await assert.rejects(reconcile(client, duties), (error: Error) => {
			assert.match(error.message, /front is refused/);
			assert.match(error.message, /pvc-u-1 is refused/);
			return true;
		});
		assert.deepEqual(done.sort(), ["remove PersistentVolume pvc-u-0", "tell Service back"]);
	});
});
