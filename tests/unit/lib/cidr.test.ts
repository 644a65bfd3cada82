import assert from "node:assert/strict";
import fc from "fast-check";
import {
	addressAt,
	type Cidr,
	contains,
	formatCidr,
	isCanonical,
	isIpv4,
	networkOf,
	overlaps,
	parseCidr,
	RFC1918,
	rangeOf,
	sizeOf,
} from "../../../lib/cidr";

function cidr(text: string): Cidr {
	const parsed = parseCidr(text);
	assert.ok(parsed, `${text} is a block`);
	return parsed;
}

const ipv4: fc.Arbitrary<Cidr> = fc
	.record({ base: fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }), prefix: fc.integer({ min: 0, max: 32 }) })
	.map(({ base, prefix }) => ({ family: 4, base, prefix }));
const ipv6: fc.Arbitrary<Cidr> = fc
	.record({ base: fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), prefix: fc.integer({ min: 0, max: 128 }) })
	.map(({ base, prefix }) => ({ family: 6, base, prefix }));
const block = fc.oneof(ipv4, ipv6);

/** The last address of a block, by another way than the code under test takes. */
function last(of: Cidr): bigint {
	return networkOf(of).base + sizeOf(of) - 1n;
}

describe("parseCidr", () => {
	it("reads IPv4 and IPv6 blocks", () => {
		assert.deepEqual(parseCidr("10.1.0.0/16"), { family: 4, base: 0x0a010000n, prefix: 16 });
		assert.deepEqual(parseCidr("::/0"), { family: 6, base: 0n, prefix: 0 });
		assert.equal(parseCidr("2001:db8::/32")?.base, 0x20010db8n << 96n);
	});

	for (const text of [
		"10.0.0.0",
		"10.0.0/8",
		"010.0.0.0/8",
		"10.0.0.0/33",
		"10.0.0.0/08",
		"::/129",
		"a/8",
		"",
		"1/8",
	]) {
		it(`refuses ${JSON.stringify(text)}`, () => assert.equal(parseCidr(text), undefined));
	}

	it("gives back what formatCidr wrote, without host bits", () => {
		fc.assert(fc.property(block, (of) => assert.deepEqual(parseCidr(formatCidr(of)), networkOf(of))));
	});
});

describe("contains and overlaps", () => {
	it("agree with the comparison of first and last addresses", () => {
		fc.assert(
			fc.property(ipv4, ipv4, (a, b) => {
				const [a0, b0] = [networkOf(a).base, networkOf(b).base];
				assert.equal(contains(a, b), a0 <= b0 && last(b) <= last(a));
				assert.equal(overlaps(a, b), a0 <= last(b) && b0 <= last(a));
			}),
		);
	});

	it("overlap is symmetric, and a block contains itself", () => {
		fc.assert(fc.property(block, block, (a, b) => assert.equal(overlaps(a, b), overlaps(b, a))));
		fc.assert(fc.property(block, (a) => assert.ok(contains(a, a))));
	});

	it("keeps the families apart", () => {
		assert.equal(overlaps(cidr("0.0.0.0/0"), cidr("::/0")), false);
	});
});

describe("other questions about blocks", () => {
	it("tells canonical blocks from those with host bits", () => {
		assert.ok(isCanonical(cidr("10.0.0.0/16")));
		assert.equal(isCanonical(cidr("10.0.1.0/16")), false);
		fc.assert(fc.property(block, (of) => assert.ok(isCanonical(networkOf(of)))));
	});

	it("finds the range that holds a block", () => {
		assert.equal(rangeOf(cidr("172.20.0.0/16"), RFC1918), "172.16.0.0/12");
		assert.equal(rangeOf(cidr("172.0.0.0/8"), RFC1918), undefined);
	});

	it("counts addresses and names single ones", () => {
		assert.equal(sizeOf(cidr("10.0.0.0/28")), 16n);
		assert.equal(addressAt(cidr("10.0.0.7/28"), 4), "10.0.0.4");
		assert.throws(() => addressAt(cidr("10.0.0.0/28"), 16), /outside 10\.0\.0\.0\/28/);
	});

	it("knows plain IPv4 addresses", () => {
		assert.ok(isIpv4("10.0.0.1"));
		assert.equal(isIpv4("10.0.0.1/32"), false);
	});
});
