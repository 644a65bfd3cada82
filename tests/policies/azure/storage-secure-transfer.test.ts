import assert from "node:assert/strict";
import { type Properties, SECRET, UNKNOWN, type Value } from "../../../lib/values";
import { storageSecureTransfer as rule } from "../../../policies/rules/azure/storage-secure-transfer";
import { findingsOf, verdictsOf } from "../../support/judging";
import { withInput } from "../../support/resources";
import { keyVault, storageAccount, vaultKey } from "../../support/resources-azure";

const account = storageAccount(vaultKey(keyVault()));

function verdict(path: string, value: Value | undefined): ReturnType<typeof verdictsOf> {
	return verdictsOf(rule, [withInput(account, path, value)]);
}

function network(inputs: Properties): ReturnType<typeof verdictsOf> {
	const { publicNetworkAccess: _, ...rest } = account.inputs;
	return verdictsOf(rule, [{ ...account, inputs: { ...rest, ...inputs } }]);
}

describe("Z01 storage-secure-transfer", () => {
	it("passes a private account with TLS 1.2, also by the cloud's default of HTTPS only", () => {
		assert.deepEqual(verdictsOf(rule, [account]), ["pass"]);
		assert.deepEqual(verdict("enableHttpsTrafficOnly", undefined), ["pass"]);
		assert.deepEqual(verdict("minimumTlsVersion", "TLS1_3"), ["pass"]);
	});

	it("fails plain HTTP, however it is written", () => {
		for (const value of [false, "false", "no", 0]) {
			assert.deepEqual(verdict("enableHttpsTrafficOnly", value), ["fail"], String(value));
		}
	});

	it("fails an older TLS, none, and what is no version of the API", () => {
		for (const value of [undefined, null, "", "TLS1_0", "TLS1_1", "1.2", 1.2]) {
			assert.deepEqual(verdict("minimumTlsVersion", value), ["fail"], String(value));
		}
	});

	it("fails public blobs, also where nothing is said", () => {
		for (const value of [undefined, true, "true"]) {
			assert.deepEqual(verdict("allowBlobPublicAccess", value), ["fail"], String(value));
		}
		assert.deepEqual(verdict("allowBlobPublicAccess", "false"), ["pass"]);
	});

	it("fails an account that the internet reaches, as the cloud's default is", () => {
		assert.deepEqual(network({}), ["fail"]);
		assert.deepEqual(network({ publicNetworkAccess: "Enabled" }), ["fail"]);
		assert.deepEqual(network({ networkRuleSet: { defaultAction: "Allow" } }), ["fail"]);
		assert.deepEqual(network({ publicNetworkAccess: "Enabled", networkRuleSet: {} }), ["fail"]);
	});

	it("passes a denial by default with named addresses, and fails one that admits the internet", () => {
		const rules = (...addresses: Value[]): Properties => ({
			networkRuleSet: {
				defaultAction: "deny",
				ipRules: addresses.map((iPAddressOrRange) => ({ iPAddressOrRange })),
			},
		});
		assert.deepEqual(network(rules()), ["pass"]);
		assert.deepEqual(network(rules("203.0.113.7", "198.51.100.0/24")), ["pass"]);
		assert.deepEqual(network(rules("0.0.0.0/1", "128.0.0.0/1")), ["fail"]);
		assert.deepEqual(network(rules(UNKNOWN, "0.0.0.0/0")), ["fail"]);
		assert.deepEqual(network(rules("office")), ["fail"]);
		assert.deepEqual(network(rules(UNKNOWN)), ["undetermined"]);
	});

	it("cannot decide what a security perimeter allows", () => {
		assert.deepEqual(network({ publicNetworkAccess: "SecuredByPerimeter" }), ["undetermined"]);
	});

	it("cannot decide unknowns and secrets, and keeps a violation beside one", () => {
		for (const path of [
			"enableHttpsTrafficOnly",
			"minimumTlsVersion",
			"allowBlobPublicAccess",
			"publicNetworkAccess",
		]) {
			assert.deepEqual(verdict(path, UNKNOWN), ["undetermined"], path);
			assert.deepEqual(verdict(path, SECRET), ["undetermined"], path);
		}
		const mixed = withInput(withInput(account, "minimumTlsVersion", UNKNOWN), "allowBlobPublicAccess", true);
		assert.deepEqual(verdictsOf(rule, [mixed]), ["fail", "undetermined"]);
		assert.deepEqual(network({ publicNetworkAccess: UNKNOWN, networkRuleSet: { defaultAction: "Deny" } }), ["pass"]);
	});

	it("judges the type in every API version, and no other type", () => {
		const open = withInput(account, "allowBlobPublicAccess", true);
		for (const type of [
			"azure-native:storage/v20240101:StorageAccount",
			"azure-native_storage_v20240101:storage:StorageAccount",
		]) {
			assert.deepEqual(verdictsOf(rule, [{ ...open, type }]), ["fail"], type);
		}
		assert.deepEqual(verdictsOf(rule, [{ ...open, type: "azure-native:storage:BlobContainer" }]), []);
	});

	it("names the property and what it must say", () => {
		const [finding] = findingsOf(rule, [withInput(account, "minimumTlsVersion", "TLS1_0")]);
		assert.equal(finding?.property, "minimumTlsVersion");
		assert.equal(finding?.message, "a TLS version before 1.2 is accepted; the property must say TLS1_2 or TLS1_3");
		assert.ok(finding?.controls.some(({ source }) => source.endsWith("azure/soc2_azure.json")));
	});
});
