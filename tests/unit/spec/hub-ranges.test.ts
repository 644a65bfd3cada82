import { strict as assert } from "node:assert";
import { hubRanges, hubRules } from "../../../spec/hub-ranges";
import { parseSpec } from "../../../spec/parse";
import type { Spec } from "../../../spec/schema";
import { type SpecValue, specValue, withSetting } from "../../support/environments";

const joined = withSetting(specValue("dev"), "network", { backbone: true });

function read(value: SpecValue): Spec {
	return parseSpec(value, "the test's specification");
}

/** The specification with other addresses of its region on Azure, unjudged. */
function at(addresses: string): Spec {
	const spec = read(joined);
	return { ...spec, regions: spec.regions.map((each) => (each.cloud === "azure" ? { ...each, addresses } : each)) };
}

const broken = (spec: Spec): string[] => hubRules(spec).flatMap(({ message, when }) => (when ? [message] : []));

describe("hubRanges", () => {
	it("numbers a hub by its region's addresses", () => {
		assert.deepEqual(hubRanges(read(joined)), [{ region: "swedencentral", range: "10.254.18.0/24" }]);
	});

	it("has a hub where the subscription's own things are, though no cell is there", () => {
		const away = read(withSetting(joined, "accounts.azure.region", "westeurope"));
		assert.deepEqual(hubRanges(away), [
			{ region: "swedencentral", range: "10.254.18.0/24" },
			{ region: "westeurope", range: "10.254.255.0/24" },
		]);
	});

	it("has none where nothing is on Azure", () => {
		assert.deepEqual(hubRanges(read(withSetting(joined, "regions.2.enabled", false))), []);
	});
});

describe("hubRules", () => {
	it("take what dev has", () => assert.deepEqual(broken(read(joined)), []));

	it("keep number 0 for Google Cloud's routing network", () => {
		assert.match(
			broken(at("10.0.0.0/16")).join(),
			/swedencentral has number 0, which Google Cloud's routing network has too/,
		);
	});

	it("refuse two hubs of one number", () => {
		const spec = at("172.18.0.0/16");
		const twins = {
			...spec,
			regions: [...spec.regions, ...at("10.18.0.0/16").regions.filter(({ cloud }) => cloud === "azure")],
		};
		assert.match(broken(twins).join(), /number 18, which swedencentral has too/);
	});

	it("keep pods of an overlay off the hubs", () => {
		const spec = read(joined);
		const regions = spec.regions.map((each) =>
			each.cloud === "azure" ? { ...each, cluster: { ...each.cluster, podAddresses: "10.252.0.0/14" } } : each,
		);
		assert.match(broken({ ...spec, regions }).join(), /must not overlap the hubs' addresses 10\.254/);
	});

	it("say nothing without a backbone", () => assert.deepEqual(hubRules(read(specValue("dev"))), []));
});
