import assert from "node:assert/strict";
import type { Properties } from "../../../../lib/values";
import { driverOf } from "../../../../sandbox/clusters/volume-driver";
import { zoneFor } from "../../../../sandbox/clusters/volume-zone";
import { claimsToServe, releasedVolumes, volumeFor } from "../../../../sandbox/clusters/volumes";

const selected = "volume.kubernetes.io/selected-node";

const classNamed = (name: string, volumeBindingMode: string, more: Properties = {}): Properties => ({
	metadata: { name },
	provisioner: "ebs.csi.aws.com",
	reclaimPolicy: "Delete",
	volumeBindingMode,
	...more,
});
const lazy = classNamed("lazy", "WaitForFirstConsumer");
const eager = classNamed("eager", "Immediate");

const claim = (spec: Properties = {}, metadata: Properties = {}): Properties => ({
	metadata: { namespace: "web", name: "data", uid: "u-1", ...metadata },
	spec: {
		accessModes: ["ReadWriteOnce"],
		storageClassName: "eager",
		resources: { requests: { storage: "8Gi" } },
		...spec,
	},
	status: { phase: "Pending" },
});

describe("claimsToServe", () => {
	const served = (each: Properties, volumes: readonly Properties[] = []): boolean =>
		claimsToServe([each], [lazy, eager, byHand], volumes).length === 1;
	const byHand = classNamed("by-hand", "Immediate", { provisioner: "kubernetes.io/no-provisioner" });

	it("are those of a class that waits for nobody", () => assert.equal(served(claim()), true));

	it("are those of a waiting class once the scheduler has chosen a node", () => {
		assert.equal(served(claim({ storageClassName: "lazy" })), false);
		assert.equal(served(claim({ storageClassName: "lazy" }, { annotations: { [selected]: "node-a" } })), true);
	});

	for (const [what, each] of [
		["names its volume", claim({ volumeName: "mine" })],
		["names no class", claim({ storageClassName: null })],
		["names the empty class", claim({ storageClassName: "" })],
		["names a class that is not there", claim({ storageClassName: "other" })],
		["names a class of volumes made by hand", claim({ storageClassName: "by-hand" })],
		["goes", claim({}, { deletionTimestamp: "2026-11-21T10:00:00Z" })],
	] as const) {
		it(`are none that ${what}`, () => assert.equal(served(each), false));
	}

	it("are none whose volume is made and not bound yet", () => {
		assert.equal(served(claim(), [{ metadata: { name: "pvc-u-1" } }]), false);
		assert.equal(served(claim(), [{ metadata: { name: "pvc-u-2" } }]), true);
	});
});

describe("volumeFor", () => {
	it("is bound to its claim, as large, and of the class", () => {
		assert.deepEqual(volumeFor(claim(), eager, "us-east-1a"), {
			apiVersion: "v1",
			kind: "PersistentVolume",
			metadata: { name: "pvc-u-1", annotations: { "pv.kubernetes.io/provisioned-by": "ebs.csi.aws.com" } },
			spec: {
				accessModes: ["ReadWriteOnce"],
				capacity: { storage: "8Gi" },
				claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace: "web", name: "data", uid: "u-1" },
				csi: { driver: "ebs.csi.aws.com", volumeHandle: "sandbox-u-1" },
				mountOptions: [],
				persistentVolumeReclaimPolicy: "Delete",
				storageClassName: "eager",
				volumeMode: "Filesystem",
				nodeAffinity: {
					required: {
						nodeSelectorTerms: [
							{
								matchExpressions: [{ key: "topology.kubernetes.io/zone", operator: "In", values: ["us-east-1a"] }],
							},
						],
					},
				},
			},
		});
	});

	it("is a device where the claim asks for one, mounted as the class says, and reached from every zone where none is given", () => {
		const wanted = claim({ volumeMode: "Block", volumeAttributesClassName: "fast" });
		const { spec } = volumeFor(wanted, { ...eager, mountOptions: ["nosharesock"], reclaimPolicy: "Retain" }, undefined);
		const { volumeMode, volumeAttributesClassName, mountOptions, persistentVolumeReclaimPolicy, nodeAffinity } =
			Object(spec);
		assert.deepEqual(
			[volumeMode, volumeAttributesClassName, mountOptions, persistentVolumeReclaimPolicy, nodeAffinity],
			["Block", "fast", ["nosharesock"], "Retain", undefined],
		);
	});
});

describe("driverOf", () => {
	it("is the successor of a cloud's former plugin, and the provisioner itself otherwise", () => {
		assert.equal(driverOf({ provisioner: "kubernetes.io/gce-pd" }), "pd.csi.storage.gke.io");
		assert.equal(driverOf({ provisioner: "nfs.example.com" }), "nfs.example.com");
	});
});

describe("zoneFor", () => {
	const node = (name: string, zone: string): Properties => ({
		metadata: { name, labels: { "topology.kubernetes.io/zone": zone } },
	});
	const nodes = [node("a", "zone-1"), node("b", "zone-2"), node("c", "zone-2")];
	const chosen = (name: string): Properties => claim({}, { annotations: { [selected]: name } });

	it("is that of the node which the scheduler chose", () => {
		assert.equal(zoneFor(chosen("a"), lazy, nodes), "zone-1");
		assert.equal(zoneFor(chosen("c"), lazy, nodes), "zone-2");
	});

	it("is one of the nodes' otherwise, the same for a claim, and over many claims all of them", () => {
		const zones = Array.from({ length: 40 }, (_, index) => zoneFor(claim({}, { uid: `u-${index}` }), eager, nodes));
		assert.deepEqual([...new Set(zones)].sort(), ["zone-1", "zone-2"]);
		assert.equal(zoneFor(claim({}, { uid: "u-3" }), eager, nodes), zones[3]);
		assert.equal(zoneFor(claim(), eager, []), undefined);
	});

	for (const [what, more] of [
		["a share", { provisioner: "file.csi.azure.com" }],
		[
			"a disk kept in several zones of Azure",
			{ provisioner: "disk.csi.azure.com", parameters: { skuname: "Premium_ZRS" } },
		],
		[
			"a regional disk of Google Cloud",
			{ provisioner: "pd.csi.storage.gke.io", parameters: { type: "pd-ssd", "replication-type": "regional-pd" } },
		],
	] as const) {
		it(`is none for ${what}`, () => assert.equal(zoneFor(chosen("a"), { ...lazy, ...more }, nodes), undefined));
	}
});

describe("releasedVolumes", () => {
	const volume = (
		changes: { phase?: string; policy?: string; handle?: string; metadata?: Properties } = {},
	): Properties => ({
		metadata: { name: "pvc-u-1", ...changes.metadata },
		spec: {
			persistentVolumeReclaimPolicy: changes.policy ?? "Delete",
			csi: { driver: "ebs.csi.aws.com", volumeHandle: changes.handle ?? "sandbox-u-1" },
		},
		status: { phase: changes.phase ?? "Released" },
	});

	it("are those whose claim is gone and that go with it", () => {
		assert.deepEqual(releasedVolumes([volume()]), [
			{ apiVersion: "v1", kind: "PersistentVolume", metadata: { name: "pvc-u-1" } },
		]);
	});

	for (const [what, each] of [
		["bound", volume({ phase: "Bound" })],
		["to be kept", volume({ policy: "Retain" })],
		["made by hand", volume({ handle: "vol-0123456789abcdef0" })],
		["going already", volume({ metadata: { deletionTimestamp: "2026-11-21T10:00:00Z" } })],
	] as const) {
		it(`are none that are ${what}`, () => assert.deepEqual(releasedVolumes([each]), []));
	}
});
