import { strict as assert } from "node:assert";
import fc from "fast-check";
import { cellOfStack, regionCell } from "../../../lib/cells";
import { printable } from "../../../lib/format-error";
import { fitName, nameOfUrn, resourceUrn, stackOfUrn, typeOfUrn } from "../../../lib/names";
import { redactAll, unwrapAll } from "../../../lib/secret-marker";
import { inDays, inGib } from "../../../lib/units";
import { hasUnknown, UNKNOWN, valuesAt } from "../../../lib/values";

describe("fitName", () => {
	it("keeps what fits, and cuts the rest to the limit without making two names one", () => {
		fc.assert(
			fc.property(fc.string({ minLength: 1, maxLength: 80 }), fc.string({ minLength: 1, maxLength: 80 }), (a, b) => {
				assert.ok(fitName(a, 40).length <= 40);
				assert.equal(fitName(a, 80), a);
				assert.equal(fitName(a, 40) === fitName(b, 40), a === b);
			}),
		);
	});
});

describe("resourceUrn", () => {
	const stack = "urn:pulumi:dev::meridian::pulumi:pulumi:Stack::meridian-dev";

	it("chains parent types and leaves the stack's own out", () => {
		const cell = resourceUrn("dev", "meridian", { type: "meridian:cell:RegionCell", name: "c" }, stack);
		assert.equal(cell, "urn:pulumi:dev::meridian::meridian:cell:RegionCell::c");
		const vpc = resourceUrn("dev", "meridian", { type: "aws:ec2/vpc:Vpc", name: "v" }, cell);
		assert.equal(vpc, "urn:pulumi:dev::meridian::meridian:cell:RegionCell$aws:ec2/vpc:Vpc::v");
		assert.equal(typeOfUrn(vpc), "aws:ec2/vpc:Vpc");
	});

	it("keeps a name that holds the separator", () => {
		assert.equal(nameOfUrn(resourceUrn("dev", "meridian", { type: "a:b:C", name: "x::y" })), "x::y");
	});
});

describe("stackOfUrn", () => {
	it("is the stack, which every URN begins with", () => {
		const resource = { type: "aws:ec2/vpc:Vpc", name: "x::y" };
		assert.equal(stackOfUrn(resourceUrn("dev-aws-us-east-1", "meridian", resource)), "dev-aws-us-east-1");
		const nested = resourceUrn(
			"dev",
			"meridian",
			resource,
			resourceUrn("dev", "meridian", { type: "a:b:C", name: "c" }),
		);
		assert.equal(stackOfUrn(nested), "dev");
		assert.equal(stackOfUrn(""), "");
	});
});

describe("cellOfStack", () => {
	it("is what follows the environment, and nothing for the bare environment", () => {
		assert.equal(cellOfStack("prod", `prod-${regionCell("aws", "us-east-1")}`), "aws-us-east-1");
		assert.equal(cellOfStack("prod", "prod"), undefined);
		assert.equal(cellOfStack("prod", "staging-global"), undefined);
	});
});

describe("units", () => {
	it("read durations in days and sizes in GiB", () => {
		assert.equal(inDays("36h"), 1.5);
		assert.equal(inGib("2TiB"), 2048);
	});
});

describe("valuesAt", () => {
	const bag = { a: [{ b: 1 }, { b: UNKNOWN }, {}], c: UNKNOWN };

	it("visits every element with its place, and gives an unknown step as that unknown", () => {
		assert.deepEqual(valuesAt(bag, "a[].b"), [
			{ path: "a[0].b", value: 1 },
			{ path: "a[1].b", value: UNKNOWN },
		]);
		assert.deepEqual(valuesAt(bag, "c.d.e"), [{ path: "c", value: UNKNOWN }]);
		assert.deepEqual(valuesAt(bag, "x.y"), []);
	});

	it("does not follow inherited properties", () => {
		assert.deepEqual(valuesAt({}, "constructor.name"), []);
		assert.equal(hasUnknown(bag), true);
		assert.equal(hasUnknown({ a: [1] }), false);
	});
});

describe("secrets", () => {
	const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "hunter2" };

	it("are taken out at any depth for what is stored, and unwrapped for what is checked", () => {
		const bag = { list: [{ password: secret }] };
		assert.ok(!JSON.stringify(redactAll(bag)).includes("hunter2"));
		assert.deepEqual(unwrapAll(bag), { list: [{ password: "hunter2" }] });
	});
});

describe("printable", () => {
	it("lets no control sequence reach a terminal", () => {
		assert.equal(printable("a\u001b[31mred\u001b[0m\u0007\u009b1mb\n\tc"), "aredb\n\tc");
	});
});
