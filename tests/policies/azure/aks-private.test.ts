import assert from "node:assert/strict";
import { UNKNOWN, type Value } from "../../../lib/values";
import { aksPrivate as rule } from "../../../policies/rules/azure/aks-private";
import { findingsOf, verdictsOf } from "../../support/judging";
import { withInput } from "../../support/resources";
import { aksCluster, azure, diskEncryptionSet, keyVault, vaultKey } from "../../support/resources-azure";

const cluster = aksCluster(diskEncryptionSet(vaultKey(keyVault())));

function verdict(path: string, value: Value | undefined): ReturnType<typeof verdictsOf> {
	return verdictsOf(rule, [withInput(cluster, path, value)]);
}

function ranges(authorizedIPRanges: Value, enablePrivateCluster: Value = false): ReturnType<typeof verdictsOf> {
	return verdict("apiServerAccessProfile", { enablePrivateCluster, authorizedIPRanges });
}

describe("Z09 aks-private", () => {
	it("passes a private cluster, and a public one with an allow-list of blocks and addresses", () => {
		assert.deepEqual(verdictsOf(rule, [cluster]), ["pass"]);
		assert.deepEqual(ranges(["203.0.113.0/24", "198.51.100.7"]), ["pass"]);
	});

	it("fails a public endpoint without a list, with an empty one, and with the internet in it", () => {
		assert.deepEqual(verdict("apiServerAccessProfile", undefined), ["fail"]);
		assert.deepEqual(ranges([]), ["fail"]);
		assert.deepEqual(ranges(["0.0.0.0/0"]), ["fail"]);
		assert.deepEqual(ranges(["128.0.0.0/1", "203.0.113.0/24", "0.0.0.0/1"]), ["fail"]);
		assert.deepEqual(ranges(["office"]), ["fail"]);
	});

	it("fails each missing guard", () => {
		for (const path of ["enableRBAC", "disableLocalAccounts", "aadProfile.managed"]) {
			for (const value of [undefined, false, "false", "yes"]) {
				assert.deepEqual(verdict(path, value), ["fail"], `${path} ${value}`);
			}
			assert.deepEqual(verdict(path, "true"), ["pass"], path);
		}
		for (const value of [undefined, "none", ""]) {
			assert.deepEqual(verdict("networkProfile.networkPolicy", value), ["fail"], String(value));
		}
		for (const value of ["azure", "calico", "Cilium"]) {
			assert.deepEqual(verdict("networkProfile.networkPolicy", value), ["pass"], value);
		}
	});

	it("takes managed metrics or the add-on, in any case, as monitoring", () => {
		const dark = withInput(cluster, "azureMonitorProfile", undefined);
		assert.deepEqual(verdictsOf(rule, [dark]), ["fail"]);
		assert.deepEqual(verdictsOf(rule, [withInput(dark, "addonProfiles", { omsAgent: { enabled: true } })]), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [withInput(dark, "addonProfiles", { omsagent: { enabled: false } })]), ["fail"]);
		assert.deepEqual(verdictsOf(rule, [withInput(dark, "addonProfiles", { azurepolicy: { enabled: true } })]), [
			"fail",
		]);
		assert.deepEqual(verdictsOf(rule, [withInput(dark, "addonProfiles", UNKNOWN)]), ["undetermined"]);
	});

	it("cannot decide unknowns, unless something else decides anyway", () => {
		for (const path of ["enableRBAC", "disableLocalAccounts", "aadProfile", "networkProfile.networkPolicy"]) {
			assert.deepEqual(verdict(path, UNKNOWN), ["undetermined"], path);
		}
		assert.deepEqual(ranges(UNKNOWN), ["undetermined"]);
		assert.deepEqual(ranges(["203.0.113.0/24", UNKNOWN]), ["undetermined"]);
		assert.deepEqual(ranges([UNKNOWN, "0.0.0.0/0"]), ["fail"]);
		assert.deepEqual(ranges(["203.0.113.0/24"], UNKNOWN), ["pass"]);
		assert.deepEqual(ranges(["0.0.0.0/0"], UNKNOWN), ["undetermined"]);
		assert.deepEqual(ranges(UNKNOWN, true), ["pass"]);
		const mixed = withInput(withInput(cluster, "enableRBAC", UNKNOWN), "disableLocalAccounts", false);
		assert.deepEqual(verdictsOf(rule, [mixed]), ["fail", "undetermined"]);
	});
});

describe("Z09 for node pools", () => {
	const pool = azure("containerservice:AgentPool", "gpu", { enableNodePublicIP: false });

	it("passes nodes without public addresses, which is the default", () => {
		assert.deepEqual(verdictsOf(rule, [pool]), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [withInput(pool, "enableNodePublicIP", undefined)]), ["pass"]);
	});

	it("fails public addresses, of pools inside the cluster too", () => {
		assert.deepEqual(verdictsOf(rule, [withInput(pool, "enableNodePublicIP", true)]), ["fail"]);
		assert.deepEqual(verdictsOf(rule, [withInput(pool, "enableNodePublicIP", UNKNOWN)]), ["undetermined"]);
		const open = withInput(cluster, "agentPoolProfiles", [UNKNOWN, { name: "b", enableNodePublicIP: "true" }]);
		const findings = findingsOf(rule, [open]);
		assert.deepEqual(
			findings.map(({ verdict: found, property }) => [found, property]),
			[
				["undetermined", "agentPoolProfiles"],
				["fail", "agentPoolProfiles[1].enableNodePublicIP"],
			],
		);
	});
});
