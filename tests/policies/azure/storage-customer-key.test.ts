import assert from "node:assert/strict";
import { UNKNOWN, type Value } from "../../../lib/values";
import { storageCustomerKey as rule } from "../../../policies/rules/azure/storage-customer-key";
import { verdictsOf } from "../../support/judging";
import { withInput } from "../../support/resources";
import { azure, keyVault, storageAccount, vaultKey } from "../../support/resources-azure";

const vault = keyVault();
const key = vaultKey(vault);
const account = storageAccount(key);

function verdict(path: string, value: Value | undefined): ReturnType<typeof verdictsOf> {
	return verdictsOf(rule, [key, withInput(account, path, value)]);
}

describe("Z02 storage-customer-key", () => {
	it("passes a key of the program, a key of its vault, and a literal one", () => {
		assert.deepEqual(verdictsOf(rule, [key, account]), ["pass"]);
		const byVault = { ...account, propertyDependencies: { encryption: [vault.urn] } };
		assert.deepEqual(verdictsOf(rule, [vault, byVault]), ["pass"]);
		const literal = { keyName: "data", keyVaultUri: "https://acme.vault.azure.net" };
		assert.deepEqual(verdict("encryption.keyVaultProperties", literal), ["pass"]);
	});

	it("reads the source of the key in any case, as Azure does", () => {
		assert.deepEqual(verdict("encryption.keySource", "microsoft.keyvault"), ["pass"]);
	});

	it("fails Microsoft's key, a missing key and a missing second layer", () => {
		assert.deepEqual(verdict("encryption", undefined), ["fail"]);
		assert.deepEqual(verdict("encryption.keySource", "Microsoft.Storage"), ["fail"]);
		assert.deepEqual(verdict("encryption.keySource", undefined), ["fail"]);
		assert.deepEqual(verdict("encryption.keyVaultProperties", undefined), ["fail"]);
		assert.deepEqual(verdict("encryption.keyVaultProperties.keyName", ""), ["fail"]);
		for (const value of [undefined, false, "false"]) {
			assert.deepEqual(verdict("encryption.requireInfrastructureEncryption", value), ["fail"], String(value));
		}
	});

	it("cannot decide a key that nothing in the program proves", () => {
		const alone = { ...account, propertyDependencies: {} };
		assert.deepEqual(verdictsOf(rule, [key, alone]), ["undetermined"]);
		const elsewhere = { ...alone, propertyDependencies: { tags: [key.urn] } };
		assert.deepEqual(verdictsOf(rule, [key, elsewhere]), ["undetermined"]);
	});

	it("cannot decide unknowns, and keeps a violation beside one", () => {
		assert.deepEqual(verdict("encryption.keySource", UNKNOWN), ["undetermined"]);
		assert.deepEqual(verdict("encryption.requireInfrastructureEncryption", UNKNOWN), ["undetermined"]);
		const mixed = withInput(
			withInput(account, "encryption.keySource", UNKNOWN),
			"encryption.requireInfrastructureEncryption",
			false,
		);
		assert.deepEqual(verdictsOf(rule, [key, mixed]), ["fail", "undetermined"]);
		const alone = { ...account, propertyDependencies: {} };
		assert.deepEqual(verdictsOf(rule, [withInput(alone, "encryption", UNKNOWN)]), ["undetermined"]);
	});
});

describe("Z02 for encryption scopes", () => {
	const scope = azure(
		"storage:EncryptionScope",
		"models",
		{
			accountName: UNKNOWN,
			source: "Microsoft.KeyVault",
			keyVaultProperties: { keyUri: UNKNOWN },
			requireInfrastructureEncryption: true,
		},
		{ from: { keyVaultProperties: [key] } },
	);

	it("passes a scope with a key of the program", () => {
		assert.deepEqual(verdictsOf(rule, [key, scope]), ["pass"]);
	});

	it("fails a scope with Microsoft's key, none, or one layer", () => {
		assert.deepEqual(verdictsOf(rule, [key, withInput(scope, "source", "Microsoft.Storage")]), ["fail"]);
		assert.deepEqual(verdictsOf(rule, [key, withInput(scope, "keyVaultProperties", undefined)]), ["fail"]);
		assert.deepEqual(verdictsOf(rule, [key, withInput(scope, "requireInfrastructureEncryption", undefined)]), ["fail"]);
	});

	it("does not let a scope stand in for its account", () => {
		const plain = withInput(account, "encryption", undefined);
		assert.deepEqual(verdictsOf(rule, [key, scope, plain], { urn: plain.urn }), ["fail"]);
	});
});
