import assert from "node:assert/strict";
import type { ResourceNode } from "../../../../lib/graph";
import { keyQueries } from "../../../../requirements/queries/keys";
import { kmsKey, resource, withInput } from "../../../support/resources";
import { keyVault, vaultKey } from "../../../support/resources-azure";
import { cryptoKey } from "../../../support/resources-gcp";
import { ask, describeTopic, queryOf } from "./asking";

const key = kmsKey();
const other = kmsKey("logs");
const external = resource("aws:kms/externalKey:ExternalKey", "brought", {});

const google = cryptoKey("data", { versionTemplate: { protectionLevel: "HSM" } });
const vault = keyVault();
const azure = vaultKey(vault);

describeTopic("key queries", keyQueries, {
	"FR-SEC-1/key-rotation": {
		served: [key, other, google, azure],
		found: "4 of 4 keys rotate",
		broken: [key, withInput(other, "enableKeyRotation", false), google, azure],
		instead: "3 of 4 keys rotate",
	},
	"SV-SEC-1/hsm-aws": {
		served: [key, other],
		found: "2 of 2 KMS keys made and held in HSMs",
		broken: [key, withInput(other, "xksKeyId", "0123"), external],
		instead: "1 of 3 KMS keys made and held in HSMs",
	},
	"SV-SEC-1/hsm-gcp": {
		served: [google],
		found: "1 of 1 Cloud KMS keys made and held in HSMs",
		broken: [google, cryptoKey("logs"), cryptoKey("outside", { versionTemplate: { protectionLevel: "EXTERNAL" } })],
		instead: "1 of 3 Cloud KMS keys made and held in HSMs",
	},
	"SV-SEC-1/hsm-azure": {
		served: [vault, azure],
		found: "1 of 1 Key Vault keys made and held in HSMs",
		broken: [vault, azure, withInput(vaultKey(vault, "logs"), "properties.kty", "RSA")],
		instead: "1 of 2 Key Vault keys made and held in HSMs",
	},
});

describe("keys", () => {
	it("rotate on Google Cloud by a period, on Azure by an action, each of its own", () => {
		const rotates = (node: ResourceNode) => ask(queryOf(keyQueries, "FR-SEC-1/key-rotation"), [node]).works;
		assert.equal(rotates(withInput(google, "rotationPeriod", undefined)), false);
		const notify = [{ action: { type: "notify" }, trigger: { timeAfterCreate: "P90D" } }];
		assert.equal(rotates(withInput(azure, "properties.rotationPolicy.lifetimeActions", notify)), false);
	});

	it("are held in no HSM by a vault of the standard tier", () => {
		const standard = withInput(vault, "properties.sku.name", "standard");
		assert.equal(ask(queryOf(keyQueries, "SV-SEC-1/hsm-azure"), [standard, vaultKey(standard)]).works, false);
	});
});
