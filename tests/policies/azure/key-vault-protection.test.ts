import assert from "node:assert/strict";
import type { ResourceNode } from "../../../lib/graph";
import { UNKNOWN, type Value } from "../../../lib/values";
import { keyVaultProtection as rule } from "../../../policies/rules/azure/key-vault-protection";
import { findingsOf, PROD, verdictsOf } from "../../support/judging";
import { withInput } from "../../support/resources";
import { azure, keyVault, vaultEndpoint, vaultKey } from "../../support/resources-azure";

const vault = keyVault();
const endpoint = vaultEndpoint(vault);
const RELAXED = { ...PROD, environment: "dev", relaxed: true };

function verdict(path: string, value: Value | undefined): ReturnType<typeof verdictsOf> {
	return verdictsOf(rule, [endpoint, withInput(vault, `properties.${path}`, value)]);
}

describe("Z04 key-vault-protection", () => {
	it("passes a private, recoverable vault, also by the cloud's defaults of soft delete", () => {
		assert.deepEqual(verdictsOf(rule, [vault, endpoint]), ["pass"]);
		assert.deepEqual(verdict("enableSoftDelete", undefined), ["pass"]);
		assert.deepEqual(verdict("softDeleteRetentionInDays", undefined), ["pass"]);
		assert.deepEqual(verdict("softDeleteRetentionInDays", 7), ["pass"]);
		assert.deepEqual(verdict("publicNetworkAccess", "Disabled"), ["pass"]);
	});

	it("fails each missing protection", () => {
		for (const path of ["enablePurgeProtection", "enableSoftDelete", "enableRbacAuthorization"]) {
			assert.deepEqual(verdict(path, false), ["fail"], path);
			assert.deepEqual(verdict(path, "false"), ["fail"], path);
		}
		for (const path of ["enablePurgeProtection", "enableRbacAuthorization", "publicNetworkAccess"]) {
			assert.deepEqual(verdict(path, undefined), ["fail"], path);
		}
		assert.deepEqual(verdict("publicNetworkAccess", "enabled"), ["fail"]);
		assert.deepEqual(verdict("softDeleteRetentionInDays", 6), ["fail"]);
		assert.deepEqual(verdict("softDeleteRetentionInDays", "thirty"), ["fail"]);
		assert.deepEqual(verdictsOf(rule, [endpoint, withInput(vault, "properties", undefined)]), ["fail"]);
	});

	it("raises the days of soft delete by parameter", () => {
		const short = withInput(vault, "properties.softDeleteRetentionInDays", 30);
		assert.deepEqual(verdictsOf(rule, [endpoint, short], { params: { minSoftDeleteDays: 90 } }), ["fail"]);
	});

	it("excuses purge protection alone where protection is relaxed, and says so", () => {
		const purgeable = withInput(vault, "properties.enablePurgeProtection", undefined);
		const [finding] = findingsOf(rule, [purgeable, endpoint], { context: RELAXED });
		assert.equal(finding?.verdict, "pass");
		assert.match(finding?.message ?? "", /relaxes protection, so it may be purged/);
		assert.deepEqual(verdictsOf(rule, [purgeable], { context: RELAXED }), ["fail"]);
		const open = withInput(purgeable, "properties.publicNetworkAccess", "enabled");
		assert.deepEqual(verdictsOf(rule, [open, endpoint], { context: RELAXED }), ["fail"]);
	});

	it("cannot decide unknowns, and keeps a violation beside one", () => {
		for (const path of [
			"enablePurgeProtection",
			"enableSoftDelete",
			"softDeleteRetentionInDays",
			"enableRbacAuthorization",
			"publicNetworkAccess",
		]) {
			assert.deepEqual(verdict(path, UNKNOWN), ["undetermined"], path);
		}
		const mixed = withInput(
			withInput(vault, "properties.publicNetworkAccess", UNKNOWN),
			"properties.enableSoftDelete",
			false,
		);
		assert.deepEqual(verdictsOf(rule, [mixed, endpoint]), ["fail", "undetermined"]);
		assert.deepEqual(verdictsOf(rule, [withInput(vault, "properties", UNKNOWN), endpoint]), ["undetermined"]);
	});
});

describe("Z04 private endpoints", () => {
	const CONNECTIONS = "privateLinkServiceConnections";
	const named = withInput(vault, "vaultName", "acme-keys");
	const id = "/subscriptions/1/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/acme-keys";

	function to(privateLinkServiceId: Value, groupIds: Value = ["vault"]): ResourceNode {
		return azure("network:PrivateEndpoint", "other", { [CONNECTIONS]: [{ privateLinkServiceId, groupIds }] });
	}

	it("fails a vault without one, or with one for something else", () => {
		assert.deepEqual(verdictsOf(rule, [vault]), ["fail"]);
		const other = keyVault("other");
		assert.deepEqual(verdictsOf(rule, [vault, other, vaultEndpoint(other)], { urn: vault.urn }), ["fail"]);
		const blob = withInput(endpoint, CONNECTIONS, [{ privateLinkServiceId: UNKNOWN, groupIds: ["blob"] }]);
		assert.deepEqual(verdictsOf(rule, [vault, blob]), ["fail"]);
		const storage = azure("storage:StorageAccount", "s", {});
		const elsewhere = { ...endpoint, propertyDependencies: { [CONNECTIONS]: [storage.urn] } };
		assert.deepEqual(verdictsOf(rule, [vault, storage, elsewhere], { urn: vault.urn }), ["fail"]);
	});

	it("joins by id in any case, and by a manual connection", () => {
		assert.deepEqual(verdictsOf(rule, [named, to(id.toUpperCase())]), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [named, to(id.replace("acme-keys", "acme-other"))]), ["fail"]);
		const manual = azure(
			"network:PrivateEndpoint",
			"manual",
			{ manualPrivateLinkServiceConnections: [{ privateLinkServiceId: UNKNOWN, groupIds: ["vault"] }] },
			{ from: { manualPrivateLinkServiceConnections: [vault] } },
		);
		assert.deepEqual(verdictsOf(rule, [vault, manual]), ["pass"]);
	});

	it("joins an id that became known to a vault that the cloud named, by what it was computed from", () => {
		const live = withInput(endpoint, CONNECTIONS, [{ privateLinkServiceId: id, groupIds: ["vault"] }]);
		assert.deepEqual(verdictsOf(rule, [vault, live]), ["pass"]);
	});

	it("cannot decide a target that is not known, or one of two", () => {
		assert.deepEqual(verdictsOf(rule, [vault, to(UNKNOWN)]), ["undetermined"]);
		assert.deepEqual(verdictsOf(rule, [vault, to(id)]), ["undetermined"]);
		assert.deepEqual(verdictsOf(rule, [named, to(id, UNKNOWN)]), ["undetermined"]);
		const second = keyVault("second");
		const both = { ...endpoint, propertyDependencies: { [CONNECTIONS]: [vault.urn, second.urn] } };
		assert.deepEqual(verdictsOf(rule, [vault, second, both]), ["undetermined"]);
		assert.deepEqual(verdictsOf(rule, [vault, withInput(endpoint, CONNECTIONS, UNKNOWN)]), ["undetermined"]);
	});
});

describe("Z04 for keys", () => {
	const key = vaultKey(vault);
	const ACTIONS = "properties.rotationPolicy.lifetimeActions";
	const EXPIRY = "properties.rotationPolicy.attributes.expiryTime";

	function verdictOfKey(path: string, value: Value | undefined): ReturnType<typeof verdictsOf> {
		return verdictsOf(rule, [withInput(key, path, value)]);
	}

	it("passes a key that expires by its policy or by a date, and rotates", () => {
		assert.deepEqual(verdictsOf(rule, [key]), ["pass"]);
		const dated = withInput(withInput(key, EXPIRY, undefined), "properties.attributes", { expires: 1893456000 });
		assert.deepEqual(verdictsOf(rule, [dated]), ["pass"]);
	});

	it("fails a key that never expires or never rotates", () => {
		for (const value of [undefined, "", "P0D", "P", "90 days", 90]) {
			assert.deepEqual(verdictOfKey(EXPIRY, value), ["fail"], String(value));
		}
		assert.deepEqual(verdictOfKey(ACTIONS, [{ action: { type: "notify" } }]), ["fail"]);
		assert.deepEqual(verdictOfKey(ACTIONS, []), ["fail"]);
		assert.deepEqual(verdictOfKey("properties.rotationPolicy", undefined), ["fail"]);
	});

	it("cannot decide unknowns, and keeps a violation beside one", () => {
		assert.deepEqual(verdictOfKey(EXPIRY, UNKNOWN), ["undetermined"]);
		assert.deepEqual(verdictOfKey(ACTIONS, [UNKNOWN]), ["undetermined"]);
		assert.deepEqual(verdictOfKey(ACTIONS, [UNKNOWN, { action: { type: "Rotate" } }]), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [withInput(withInput(key, EXPIRY, UNKNOWN), ACTIONS, [])]), [
			"fail",
			"undetermined",
		]);
	});
});
