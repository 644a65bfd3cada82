import assert from "node:assert/strict";
import { type Properties, UNKNOWN, type Value } from "../../../lib/values";
import { gkeHardened as rule } from "../../../policies/rules/gcp/gke-hardened";
import { findingsOf, verdictsOf } from "../../support/judging";
import { withInput } from "../../support/resources";
import { cryptoKey, gkeCluster, gkePool, serviceAccount } from "../../support/resources-gcp";

type Verdicts = ReturnType<typeof verdictsOf>;

const key = cryptoKey();
const cluster = gkeCluster(key);

function verdict(path: string, value: Value | undefined): Verdicts {
	return verdictsOf(rule, [key, withInput(cluster, path, value)]);
}

describe("G07 gke-hardened", () => {
	it("passes a private cluster with all guards, also by the cloud's default of shielded nodes", () => {
		assert.deepEqual(verdictsOf(rule, [key, cluster]), ["pass"]);
		assert.deepEqual(verdict("enableShieldedNodes", undefined), ["pass"]);
	});

	it("fails each missing guard", () => {
		for (const [path, ...values] of [
			["privateClusterConfig.enablePrivateNodes", undefined, false],
			["workloadIdentityConfig", undefined, {}],
			["enableShieldedNodes", false, "false"],
			["datapathProvider", undefined, "LEGACY_DATAPATH"],
			["binaryAuthorization", undefined, { evaluationMode: "DISABLED" }, { evaluationMode: "POLICY_BINDINGS" }],
			["databaseEncryption.state", undefined, "DECRYPTED"],
			["databaseEncryption.keyName", undefined, ""],
			["nodeConfig", { serviceAccount: "default" }, { serviceAccount: "1-compute@developer.gserviceaccount.com" }],
		] satisfies [string, ...(Value | undefined)[]][]) {
			for (const value of values) {
				assert.deepEqual(verdict(path, value), ["fail"], `${path} ${JSON.stringify(value)}`);
			}
		}
	});

	it("takes network policy of either kind, unless its add-on is off", () => {
		const old = withInput(cluster, "datapathProvider", undefined);
		const calico = withInput(old, "networkPolicy", { enabled: true, provider: "CALICO" });
		assert.deepEqual(verdictsOf(rule, [key, calico]), ["pass"]);
		const off = withInput(calico, "addonsConfig", { networkPolicyConfig: { disabled: true } });
		assert.deepEqual(verdictsOf(rule, [key, off]), ["fail"]);
	});

	it("takes the older flag of Binary Authorization, not against the mode", () => {
		assert.deepEqual(verdict("binaryAuthorization", { enabled: true }), ["pass"]);
		assert.deepEqual(verdict("binaryAuthorization", { enabled: true, evaluationMode: "DISABLED" }), ["fail"]);
	});

	it("cannot decide unknowns, and keeps a violation beside one", () => {
		for (const path of [
			"privateClusterConfig",
			"workloadIdentityConfig.workloadPool",
			"enableShieldedNodes",
			"datapathProvider",
			"binaryAuthorization.evaluationMode",
			"databaseEncryption.state",
			"nodePools",
		]) {
			const limited = withInput(cluster, "masterAuthorizedNetworksConfig", { cidrBlocks: [] });
			assert.deepEqual(verdictsOf(rule, [key, withInput(limited, path, UNKNOWN)]), ["undetermined"], path);
		}
		assert.deepEqual(verdictsOf(rule, [{ ...cluster, propertyDependencies: {} }]), ["undetermined"]);
		const mixed = withInput(withInput(cluster, "datapathProvider", UNKNOWN), "enableShieldedNodes", false);
		assert.deepEqual(verdictsOf(rule, [key, mixed]), ["fail", "undetermined"]);
	});

	it("names the property", () => {
		const [finding] = findingsOf(rule, [
			key,
			withInput(cluster, "databaseEncryption", { state: "DECRYPTED", keyName: "k" }),
		]);
		assert.equal(finding?.property, "databaseEncryption.state");
	});
});

describe("G07 endpoints", () => {
	function endpoint(inputs: Properties, isPrivate: Value = false): Verdicts {
		const open = withInput(cluster, "privateClusterConfig.enablePrivateEndpoint", isPrivate);
		const { masterAuthorizedNetworksConfig: _, ...rest } = open.inputs;
		return verdictsOf(rule, [key, { ...open, inputs: { ...rest, ...inputs } }]);
	}

	function networks(...blocks: Value[]): Properties {
		return { masterAuthorizedNetworksConfig: { cidrBlocks: blocks.map((cidrBlock) => ({ cidrBlock })) } };
	}

	it("passes a private endpoint, limited networks, and no address at all", () => {
		assert.deepEqual(endpoint({}, true), ["pass"]);
		assert.deepEqual(endpoint(networks("203.0.113.0/24")), ["pass"]);
		assert.deepEqual(endpoint({ masterAuthorizedNetworksConfig: {} }), ["pass"]);
		assert.deepEqual(endpoint({ controlPlaneEndpointsConfig: { ipEndpointsConfig: { enabled: false } } }), ["pass"]);
	});

	it("fails a public endpoint without networks, or with the internet or all of Google Cloud in them", () => {
		assert.deepEqual(endpoint({}), ["fail"]);
		assert.deepEqual(endpoint({}, undefined), ["fail"]);
		assert.deepEqual(endpoint(networks("0.0.0.0/0")), ["fail"]);
		assert.deepEqual(endpoint(networks("0.0.0.0/1", "128.0.0.0/1")), ["fail"]);
		assert.deepEqual(endpoint(networks("office")), ["fail"]);
		const shared = { masterAuthorizedNetworksConfig: { gcpPublicCidrsAccessEnabled: true } };
		assert.deepEqual(endpoint(shared), ["fail"]);
	});

	it("fails a DNS endpoint that takes traffic from outside, however private the rest", () => {
		const dns = { controlPlaneEndpointsConfig: { dnsEndpointConfig: { allowExternalTraffic: true } } };
		assert.deepEqual(endpoint(dns, true), ["fail"]);
		assert.deepEqual(endpoint({ controlPlaneEndpointsConfig: UNKNOWN }, true), ["undetermined"]);
	});

	it("cannot decide unknowns, unless something else decides anyway", () => {
		assert.deepEqual(endpoint({}, UNKNOWN), ["undetermined"]);
		assert.deepEqual(endpoint({ masterAuthorizedNetworksConfig: UNKNOWN }), ["undetermined"]);
		assert.deepEqual(endpoint(networks("203.0.113.0/24", UNKNOWN)), ["undetermined"]);
		assert.deepEqual(endpoint(networks(UNKNOWN, "0.0.0.0/0")), ["fail"]);
		assert.deepEqual(endpoint(networks("203.0.113.0/24"), UNKNOWN), ["pass"]);
	});
});

describe("G07 for Autopilot", () => {
	const bare = ["removeDefaultNodePool", "workloadIdentityConfig", "enableShieldedNodes", "datapathProvider"].reduce(
		(node, path) => withInput(node, path, undefined),
		cluster,
	);
	const autopilot = withInput(withInput(bare, "enableAutopilot", true), "clusterAutoscaling", {
		autoProvisioningDefaults: { serviceAccount: "nodes@p.iam.gserviceaccount.com" },
	});

	it("does not ask for what Autopilot always has", () => {
		assert.deepEqual(verdictsOf(rule, [key, autopilot]), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [key, withInput(autopilot, "enableAutopilot", UNKNOWN)]), ["undetermined"]);
		assert.deepEqual(verdictsOf(rule, [key, withInput(autopilot, "enableAutopilot", false)]), ["fail"]);
	});

	it("asks for what is left to choose", () => {
		for (const path of ["clusterAutoscaling", "binaryAuthorization", "databaseEncryption", "privateClusterConfig"]) {
			assert.ok(verdictsOf(rule, [key, withInput(autopilot, path, undefined)]).includes("fail"), path);
		}
	});
});

describe("G07 for node pools", () => {
	const account = serviceAccount();
	const pool = gkePool(account, key);

	function ofPool(path: string, value: Value | undefined): Verdicts {
		return verdictsOf(rule, [account, key, withInput(pool, path, value)]);
	}

	it("passes a pool with a service account of the program, or a named one", () => {
		assert.deepEqual(verdictsOf(rule, [account, key, pool]), ["pass"]);
		assert.deepEqual(ofPool("nodeConfig.serviceAccount", "nodes@p.iam.gserviceaccount.com"), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [key, gkePool(key, key)]), ["undetermined"]);
	});

	it("fails the default account, public nodes and weaker machines", () => {
		for (const email of [undefined, "", "default", "42-compute@developer.gserviceaccount.com"]) {
			assert.deepEqual(ofPool("nodeConfig.serviceAccount", email), ["fail"], String(email));
		}
		assert.deepEqual(ofPool("nodeConfig", undefined), ["fail"]);
		assert.deepEqual(ofPool("networkConfig", { enablePrivateNodes: false }), ["fail"]);
		assert.deepEqual(ofPool("nodeConfig.shieldedInstanceConfig", { enableIntegrityMonitoring: false }), ["fail"]);
		assert.deepEqual(ofPool("nodeConfig.workloadMetadataConfig", { mode: "GCE_METADATA" }), ["fail"]);
		assert.deepEqual(ofPool("nodeConfig.workloadMetadataConfig", { mode: "GKE_METADATA" }), ["pass"]);
		assert.deepEqual(ofPool("networkConfig", { enablePrivateNodes: UNKNOWN }), ["undetermined"]);
	});

	it("judges pools inside the cluster, and the default pool that stays", () => {
		const keeps = withInput(cluster, "removeDefaultNodePool", false);
		assert.deepEqual(verdictsOf(rule, [key, keeps]), ["fail"]);
		const own = { serviceAccount: "nodes@p.iam.gserviceaccount.com" };
		assert.deepEqual(verdictsOf(rule, [key, withInput(keeps, "nodeConfig", own)]), ["pass"]);
		const inline = (...pools: Value[]): Verdicts => verdictsOf(rule, [key, withInput(keeps, "nodePools", pools)]);
		assert.deepEqual(inline({ nodeConfig: own }), ["pass"]);
		assert.deepEqual(inline({ nodeConfig: own }, { nodeConfig: {} }), ["fail"]);
		assert.deepEqual(inline({ nodeConfig: own, networkConfig: { enablePrivateNodes: false } }), ["fail"]);
		assert.deepEqual(inline(UNKNOWN, { nodeConfig: {} }), ["fail", "undetermined"]);
	});
});
