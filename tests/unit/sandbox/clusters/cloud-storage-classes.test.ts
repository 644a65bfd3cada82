import assert from "node:assert/strict";
import type { Properties } from "../../../../lib/values";
import { eksStorageClasses } from "../../../../sandbox/aws/eks-storage-classes";
import { aksStorageClasses } from "../../../../sandbox/azure/aks-storage-classes";
import type { Manifest } from "../../../../sandbox/clusters/manifest";
import { gkeStorageClasses } from "../../../../sandbox/gcp/gke-storage-classes";
import type { SandboxObject } from "../../../../sandbox/model";
import { estate as azureEstate } from "../azure/estate";
import { estate as awsEstate } from "../estate";
import { estate as gcpEstate } from "../gcp/estate";

const isDefault = "storageclass.kubernetes.io/is-default-class";
const names = (classes: readonly Manifest[]): string[] => classes.map(({ metadata }) => metadata.name);
const defaults = (classes: readonly Manifest[]): string[] =>
	names(classes.filter(({ metadata }) => metadata.annotations?.[isDefault] === "true"));
const named = (classes: readonly Manifest[], name: string): Manifest => {
	const found = classes.find(({ metadata }) => metadata.name === name);
	assert.ok(found, name);
	return found;
};
const withOutputs = (object: SandboxObject, outputs: Properties): SandboxObject => ({
	...object,
	outputs: { ...object.outputs, ...outputs },
});

describe("storage classes of EKS", () => {
	const { of, stage } = awsEstate();
	const driver = (configurationValues: string) => {
		const withDriver = awsEstate();
		withDriver.stage.put("aws:eks/addon:Addon", {
			clusterName: "research",
			addonName: "aws-ebs-csi-driver",
			configurationValues,
		});
		return eksStorageClasses(withDriver.of("cluster"), withDriver.stage);
	};

	it("are gp2 alone from birth, as EKS makes it, and no default", () => {
		assert.deepEqual(eksStorageClasses(of("cluster"), stage), [
			{
				apiVersion: "storage.k8s.io/v1",
				kind: "StorageClass",
				metadata: { name: "gp2" },
				provisioner: "kubernetes.io/aws-ebs",
				volumeBindingMode: "WaitForFirstConsumer",
				reclaimPolicy: "Delete",
				parameters: { fsType: "ext4", type: "gp2" },
			},
		]);
	});

	it("had gp2 as the default one before Kubernetes 1.30", () => {
		const classes = (version: string) => eksStorageClasses(withOutputs(of("cluster"), { version }), stage);
		assert.deepEqual(defaults(classes("1.29")), ["gp2"]);
		assert.deepEqual(defaults(classes("1.30")), []);
	});

	for (const values of ['{"defaultStorageClass":{"enabled":true}}', "defaultStorageClass:\n  enabled: true\n"]) {
		it(`have the driver's own default one where its add-on asks for it: ${JSON.stringify(values)}`, () => {
			const classes = driver(values);
			assert.deepEqual(names(classes), ["gp2", "ebs-csi-default-sc"]);
			assert.deepEqual(defaults(classes), ["ebs-csi-default-sc"]);
			const { allowVolumeExpansion, provisioner } = named(classes, "ebs-csi-default-sc");
			assert.deepEqual([allowVolumeExpansion, provisioner], [true, "ebs.csi.aws.com"]);
		});
	}

	for (const values of ["", "{}", '{"defaultStorageClass":{"enabled":false}}', "a: [", "text"]) {
		it(`have no further one where the add-on does not ask for it: ${JSON.stringify(values)}`, () =>
			assert.deepEqual(names(driver(values)), ["gp2"]));
	}

	it("take no notice of another cluster's add-on", () => {
		const others = awsEstate();
		others.stage.put("aws:eks/addon:Addon", {
			clusterName: "other",
			addonName: "aws-ebs-csi-driver",
			configurationValues: '{"defaultStorageClass":{"enabled":true}}',
		});
		assert.deepEqual(names(eksStorageClasses(others.of("cluster"), others.stage)), ["gp2"]);
	});
});

describe("storage classes of GKE", () => {
	const cluster = gcpEstate().of("cluster");

	it("are three, of which standard-rwo is the default one", () => {
		const classes = gkeStorageClasses(cluster);
		assert.deepEqual(names(classes), ["standard", "standard-rwo", "premium-rwo"]);
		assert.deepEqual(defaults(classes), ["standard-rwo"]);
		assert.deepEqual(
			classes.map(({ parameters, volumeBindingMode }) => [Object(parameters).type, volumeBindingMode]),
			[
				["pd-standard", "Immediate"],
				["pd-balanced", "WaitForFirstConsumer"],
				["pd-ssd", "WaitForFirstConsumer"],
			],
		);
	});

	it("are standard alone where the driver of disks is off", () => {
		const off = { addonsConfig: { gcePersistentDiskCsiDriverConfig: { enabled: false } } };
		const classes = gkeStorageClasses(withOutputs(cluster, off));
		assert.deepEqual([names(classes), defaults(classes)], [["standard"], ["standard"]]);
	});
});

describe("storage classes of AKS", () => {
	const cluster = azureEstate().of("cluster");
	const inZones = (...availabilityZones: string[]): SandboxObject =>
		withOutputs(cluster, { agentPoolProfiles: [{ name: "system", availabilityZones }] });

	it("are those of the drivers of disks and files, of which `default` is the default one", () => {
		const classes = aksStorageClasses(cluster);
		assert.deepEqual(names(classes).sort(), [
			"azurefile",
			"azurefile-csi",
			"azurefile-csi-premium",
			"azurefile-premium",
			"default",
			"managed",
			"managed-csi",
			"managed-csi-premium",
			"managed-premium",
		]);
		assert.deepEqual(defaults(classes), ["default"]);
		assert.ok(
			classes.every(({ allowVolumeExpansion, reclaimPolicy }) => allowVolumeExpansion && reclaimPolicy === "Delete"),
		);
	});

	it("make disks when a pod needs them and shares at once", () => {
		const classes = aksStorageClasses(cluster);
		assert.equal(named(classes, "managed-csi").volumeBindingMode, "WaitForFirstConsumer");
		assert.equal(named(classes, "azurefile-csi").volumeBindingMode, "Immediate");
		assert.equal(named(classes, "azurefile-csi").provisioner, "file.csi.azure.com");
	});

	it("keep disks in every zone where the cluster is in several", () => {
		assert.deepEqual(named(aksStorageClasses(inZones("1", "2")), "default").parameters, { skuname: "StandardSSD_ZRS" });
		assert.deepEqual(named(aksStorageClasses(inZones("1")), "default").parameters, { skuname: "StandardSSD_LRS" });
		assert.deepEqual(named(aksStorageClasses(inZones()), "managed-premium").parameters, {
			cachingmode: "ReadOnly",
			kind: "Managed",
			storageaccounttype: "Premium_LRS",
		});
	});

	it("follow the drivers that the cluster has", () => {
		const drivers = (storageProfile: Properties) => names(aksStorageClasses(withOutputs(cluster, { storageProfile })));
		assert.ok(!drivers({ diskCSIDriver: { enabled: false } }).includes("default"));
		assert.ok(!drivers({ fileCSIDriver: { enabled: false } }).includes("azurefile"));
		assert.deepEqual(drivers({ blobCSIDriver: { enabled: true } }).slice(-2), [
			"azureblob-fuse-premium",
			"azureblob-nfs-premium",
		]);
	});
});
