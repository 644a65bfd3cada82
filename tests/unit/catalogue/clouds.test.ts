import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { VM_SIZES } from "../../../catalogue/azure/vm-sizes";
import { cloudFacts } from "../../../catalogue/clouds";
import { MACHINE_TYPES } from "../../../catalogue/gcp/machine-types";
import type { Source } from "../../../catalogue/provenance";
import { clouds } from "../../../lib/cells";

const PRICES = join(__dirname, "../../../../shared/data/instance-prices.csv.gz");

for (const cloud of clouds) {
	const { machine, regions } = cloudFacts[cloud];
	describe(`the regions of ${cloud}`, () => {
		it("have at least three zones, each once", () => {
			for (const [name, { zones }] of Object.entries(regions)) {
				assert.ok(zones.length >= 3, name);
				assert.equal(new Set(zones).size, zones.length, name);
			}
		});

		it("offer accelerated types of the catalogue, in zones of their own", () => {
			for (const [name, { offers, zones }] of Object.entries(regions)) {
				for (const [type, at] of Object.entries(offers)) {
					assert.ok(machine(type)?.gpus, `${type} in ${name}`);
					assert.ok(at.length > 0 && at.every((zone) => zones.includes(zone)), `${type} in ${name}`);
				}
			}
		});
	});
}

const tables = { gcp: MACHINE_TYPES, azure: VM_SIZES };
for (const [cloud, table] of Object.entries(tables)) {
	describe(`the machines of ${cloud}`, () => {
		for (const [name, type] of Object.entries(table)) {
			it(`${name} has a source, a day, and says what is not verified`, () => {
				const provenance: Source = type.provenance;
				const { date, source, unverified = [], verified } = provenance;
				assert.ok(source.length > 10);
				assert.match(date, /^\d{4}-\d{2}-\d{2}$/);
				assert.equal(verified, unverified.length === 0);
				assert.ok(unverified.every((field) => Object.hasOwn(type, field)));
			});
		}
	});
}

describe("fabrics", () => {
	it("are those of the field guide for each A3 and A4 type", () => {
		const fabric = (name: keyof typeof MACHINE_TYPES) => MACHINE_TYPES[name].fabric;
		assert.deepEqual(fabric("a3-highgpu-8g"), { kind: "gvnic", networks: 4 });
		assert.deepEqual(fabric("a3-megagpu-8g"), { kind: "gvnic", networks: 8 });
		assert.deepEqual(fabric("a3-ultragpu-8g"), { kind: "roce", rdmaSubnets: 8 });
		assert.deepEqual(fabric("a4-highgpu-8g"), { kind: "roce", rdmaSubnets: 8 });
	});

	it("are InfiniBand on the Azure sizes with an r in their name, and on no other", () => {
		for (const [name, { infinibandAdapters }] of Object.entries(VM_SIZES)) {
			assert.equal(infinibandAdapters > 0, /^Standard_ND\d+[a-z]*r/.test(name), name);
		}
	});
});

describe("offers on Azure", () => {
	it("have a price in the region", function () {
		if (!existsSync(PRICES)) {
			this.skip();
		}
		const rows = gunzipSync(readFileSync(PRICES)).toString("utf8").split("\n");
		const priced = new Set(rows.map((row) => row.split(",").slice(0, 3).join(",")));
		for (const [region, { offers }] of Object.entries(cloudFacts.azure.regions)) {
			for (const type of Object.keys(offers)) {
				assert.ok(priced.has(`azure,${region},${type}`), `${type} in ${region}`);
			}
		}
	});
});
