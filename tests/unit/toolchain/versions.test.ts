import assert from "node:assert/strict";
import fc from "fast-check";
import { isUsable } from "../../../toolchain/cli";
import { compareVersions, pulumiVersion } from "../../../toolchain/versions";

const part = fc.integer({ min: 0, max: 2_000 });
const version = fc.tuple(part, part, part).map((parts) => parts.join("."));

describe("compareVersions", () => {
	it("compares by number, not by text", () => {
		assert.ok(compareVersions("3.100.0", "3.99.9") > 0);
		assert.ok(compareVersions("3.9.0", "3.10.0") < 0);
	});

	it("ignores a leading v, what stands before and after, and a missing third part", () => {
		assert.equal(compareVersions("v3.259.0", "3.259.0"), 0);
		assert.equal(compareVersions("3.259.0-alpha.1+dirty", "3.259.0"), 0);
		assert.equal(compareVersions("1.25", "1.25.0"), 0);
		assert.ok(compareVersions("go1.25.3", "1.25") > 0);
	});

	it("is an order: equal to itself, opposite when swapped, transitive", () => {
		fc.assert(fc.property(version, (a) => assert.equal(compareVersions(a, a), 0)));
		fc.assert(
			fc.property(version, version, (a, b) =>
				assert.equal(Math.sign(compareVersions(a, b)), 0 - Math.sign(compareVersions(b, a))),
			),
		);
		fc.assert(
			fc.property(fc.array(version, { minLength: 3, maxLength: 3 }), (versions) => {
				const [a = "", b = "", c = ""] = [...versions].sort(compareVersions);
				assert.ok(compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0 && compareVersions(a, c) <= 0);
			}),
		);
	});
});

describe("isUsable", () => {
	it("takes the pinned version of the CLI and later ones of major 3", () => {
		for (const good of [pulumiVersion, `v${pulumiVersion}`, "3.900.1"]) {
			assert.equal(isUsable(good), true, good);
		}
	});

	it("refuses older ones, other majors and what is no version", () => {
		for (const bad of ["3.258.9", "v3.1.0", "2.999.0", "4.0.0", "30.1.0", ""]) {
			assert.equal(isUsable(bad), false, bad);
		}
	});
});
