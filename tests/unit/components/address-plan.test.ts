import { strict as assert } from "node:assert";
import fc from "fast-check";
import { planAddresses } from "../../../components/network/address-plan";
import { contains, overlaps, parseCidr, sizeOf } from "../../../lib/cidr";

const zones = ["a", "b", "c"];

function range(text: string) {
	const parsed = parseCidr(text);
	assert.ok(parsed, text);
	return parsed;
}

describe("planAddresses", () => {
	const network = fc.integer({ min: 0, max: 255 }).map((second) => `10.${second}.0.0/16`);

	it("never lets two subnets overlap, and keeps each inside the network", () => {
		fc.assert(
			fc.property(network, (text) => {
				const ranges = planAddresses(text, zones).subnets.map((subnet) => range(subnet.cidr));
				ranges.forEach((one, i) => {
					assert.ok(contains(range(text), one));
					ranges.slice(i + 1).forEach((other) => {
						assert.ok(!overlaps(one, other));
					});
				});
			}),
		);
	});

	it("gives every zone one subnet of each purpose", () => {
		const { subnets } = planAddresses("10.16.0.0/16", zones);
		for (const purpose of ["compute", "public", "control"]) {
			assert.deepEqual(
				subnets.filter((subnet) => subnet.purpose === purpose).map((subnet) => subnet.zone),
				zones,
			);
		}
	});

	it("gives compute 16,384 addresses a zone", () => {
		const compute = planAddresses("10.16.0.0/16", zones).subnets.filter((subnet) => subnet.purpose === "compute");
		assert.deepEqual(
			compute.map((subnet) => sizeOf(range(subnet.cidr))),
			[16_384n, 16_384n, 16_384n],
		);
	});

	it("refuses a range that is too small", () => {
		assert.throws(() => planAddresses("10.16.0.0/17", zones), /too small for 3 zones/);
		assert.throws(() => planAddresses("10.16.0.0/16", [...zones, "d"]), /too small for 4 zones/);
	});
});
