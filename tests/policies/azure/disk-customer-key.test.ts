import assert from "node:assert/strict";
import { type Properties, UNKNOWN, type Value } from "../../../lib/values";
import { diskCustomerKey as rule } from "../../../policies/rules/azure/disk-customer-key";
import { findingsOf, verdictsOf } from "../../support/judging";
import { withInput } from "../../support/resources";
import { aksCluster, azure, diskEncryptionSet, keyVault, vaultKey } from "../../support/resources-azure";

const key = vaultKey(keyVault());
const set = diskEncryptionSet(key);
const ID = "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Compute/diskEncryptionSets/disks";

describe("Z05 disk-customer-key", () => {
	it("passes a set with a key of the program, of every type that a set may have", () => {
		assert.deepEqual(verdictsOf(rule, [key, set]), ["pass"]);
		for (const type of ["EncryptionAtRestWithCustomerKey", "ConfidentialVmEncryptedWithCustomerKey", undefined]) {
			assert.deepEqual(verdictsOf(rule, [key, withInput(set, "encryptionType", type)]), ["pass"], String(type));
		}
	});

	it("fails a set with the platform's key or without any", () => {
		const platform = withInput(set, "encryptionType", "EncryptionAtRestWithPlatformKey");
		assert.deepEqual(verdictsOf(rule, [key, platform]), ["fail"]);
		assert.deepEqual(verdictsOf(rule, [key, withInput(set, "activeKey", undefined)]), ["fail"]);
		assert.deepEqual(verdictsOf(rule, [{ ...set, propertyDependencies: {} }]), ["undetermined"]);
	});

	it("judges clusters by their disk encryption set", () => {
		const cluster = aksCluster(set);
		assert.deepEqual(verdictsOf(rule, [key, set, cluster], { urn: cluster.urn }), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [withInput(cluster, "diskEncryptionSetID", ID)]), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [withInput(cluster, "diskEncryptionSetID", undefined)]), ["fail"]);
		assert.deepEqual(verdictsOf(rule, [{ ...cluster, propertyDependencies: {} }]), ["undetermined"]);
	});
});

describe("Z05 for disks", () => {
	const disk = azure(
		"compute:Disk",
		"data",
		{ encryption: { type: "EncryptionAtRestWithCustomerKey", diskEncryptionSetId: UNKNOWN } },
		{ from: { encryption: [set] } },
	);

	function verdict(path: string, value: Value | undefined): ReturnType<typeof verdictsOf> {
		return verdictsOf(rule, [set, key, withInput(disk, path, value)], { urn: disk.urn });
	}

	it("passes both types with a customer key", () => {
		assert.deepEqual(verdict("tags", undefined), ["pass"]);
		assert.deepEqual(verdict("encryption.type", "EncryptionAtRestWithPlatformAndCustomerKeys"), ["pass"]);
		assert.deepEqual(verdict("encryption.diskEncryptionSetId", ID), ["pass"]);
	});

	it("fails the platform's key, which is the default, and a missing set", () => {
		assert.deepEqual(verdict("encryption.type", "EncryptionAtRestWithPlatformKey"), ["fail"]);
		assert.deepEqual(verdict("encryption.type", undefined), ["fail"]);
		assert.deepEqual(verdict("encryption.diskEncryptionSetId", undefined), ["fail"]);
		assert.deepEqual(verdict("encryption", undefined), ["fail"]);
	});

	it("passes a confidential disk with a set of its own", () => {
		const profile = (securityType: string): Properties => ({ securityType, secureVMDiskEncryptionSetId: ID });
		const plain = withInput(disk, "encryption", undefined);
		const judged = (securityType: string) =>
			verdictsOf(rule, [withInput(plain, "securityProfile", profile(securityType))]);
		assert.deepEqual(judged("ConfidentialVM_DiskEncryptedWithCustomerKey"), ["pass"]);
		assert.deepEqual(judged("ConfidentialVM_DiskEncryptedWithPlatformKey"), ["fail"]);
	});

	it("cannot decide unknowns, and keeps a violation beside one", () => {
		assert.deepEqual(verdict("encryption.type", UNKNOWN), ["undetermined"]);
		const alone = { ...disk, propertyDependencies: {} };
		assert.deepEqual(verdictsOf(rule, [alone]), ["undetermined"]);
		const platform = withInput(alone, "encryption.type", "EncryptionAtRestWithPlatformKey");
		assert.deepEqual(verdictsOf(rule, [platform]), ["fail", "undetermined"]);
	});
});

describe("Z05 for machines and scale sets", () => {
	const encrypted: Properties = { createOption: "Empty", managedDisk: { diskEncryptionSet: { id: ID } } };
	const plain: Properties = { createOption: "Empty", managedDisk: { storageAccountType: "Premium_LRS" } };
	const unproved: Properties = { createOption: "Empty", managedDisk: { diskEncryptionSet: { id: UNKNOWN } } };

	function machine(osDisk: Value, ...dataDisks: Value[]): ReturnType<typeof verdictsOf> {
		return verdictsOf(rule, [azure("compute:VirtualMachine", "vm", { storageProfile: { osDisk, dataDisks } })]);
	}

	it("passes disks with a set, fails each without", () => {
		assert.deepEqual(machine(encrypted), ["pass"]);
		assert.deepEqual(machine(encrypted, encrypted, encrypted), ["pass"]);
		assert.deepEqual(machine(plain), ["fail"]);
		assert.deepEqual(machine(encrypted, encrypted, plain), ["fail"]);
		assert.deepEqual(verdictsOf(rule, [azure("compute:VirtualMachine", "vm", {})]), ["fail"]);
	});

	it("never loses a plain disk behind an unknown one", () => {
		assert.deepEqual(machine(encrypted, UNKNOWN, plain), ["fail", "undetermined"]);
		assert.deepEqual(machine(encrypted, plain, UNKNOWN), ["fail", "undetermined"]);
		assert.deepEqual(machine(unproved, plain), ["fail", "undetermined"]);
		assert.deepEqual(machine(encrypted, unproved), ["undetermined"]);
	});

	it("proves sets of the program, for single machines and for scale sets", () => {
		const profile = { osDisk: unproved, dataDisks: [unproved] };
		const vm = azure("compute:VirtualMachine", "vm", { storageProfile: profile }, { from: { storageProfile: [set] } });
		assert.deepEqual(verdictsOf(rule, [set, key, vm], { urn: vm.urn }), ["pass"]);
		const vmss = azure(
			"compute:VirtualMachineScaleSet",
			"vmss",
			{ virtualMachineProfile: { storageProfile: profile } },
			{ from: { virtualMachineProfile: [set] } },
		);
		assert.deepEqual(verdictsOf(rule, [set, key, vmss], { urn: vmss.urn }), ["pass"]);
		const open = withInput(vmss, "virtualMachineProfile.storageProfile.dataDisks", [unproved, plain]);
		const [finding] = findingsOf(rule, [set, key, open]).filter(({ verdict }) => verdict === "fail");
		assert.equal(finding?.property, "virtualMachineProfile.storageProfile.dataDisks[1].managedDisk.diskEncryptionSet");
	});

	it("does not judge a flexible scale set without a profile", () => {
		assert.deepEqual(verdictsOf(rule, [azure("compute:VirtualMachineScaleSet", "flex", {})]), ["not-applicable"]);
	});

	it("leaves an attached disk to where it is made", () => {
		const attached = { createOption: "Attach", managedDisk: { id: UNKNOWN } };
		assert.deepEqual(machine(encrypted, attached), ["undetermined"]);
		const disk = azure("compute:Disk", "d", {});
		const vm = azure(
			"compute:VirtualMachine",
			"vm",
			{ storageProfile: { osDisk: encrypted, dataDisks: [attached] } },
			{ from: { storageProfile: [disk] } },
		);
		assert.deepEqual(verdictsOf(rule, [disk, vm], { urn: vm.urn }), ["pass"]);
	});
});
