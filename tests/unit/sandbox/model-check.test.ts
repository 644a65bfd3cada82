import assert from "node:assert/strict";
import type { Properties } from "../../../lib/values";
import { UNKNOWN } from "../../../lib/values";
import { checkModel } from "../../../sandbox/check/model-check";
import type { CheckContext, SandboxObject, TypeModel } from "../../../sandbox/model";
import { assertFault, HOME, Stage } from "./stage";

const MODEL: TypeModel = {
	type: "test:a:Box",
	name: { path: "name", pattern: /^[a-z]{1,4}$/, allowed: "1 to 4 lower-case letters", unique: "region" },
	values: { "settings[].mode": ["fast", "slow"] },
	references: [
		{ path: "shelfIds[]", to: ["test:a:Shelf"], by: "id" },
		{ path: "label", to: ["test:a:Label"], by: "arn", only: /^arn:/, anyRegion: true },
	],
	check: ({ inputs }) => (inputs.size === 0 ? [{ property: "size", reason: "is nothing" }] : []),
	create: () => ({ id: "a", outputs: {} }),
};

function object(type: string, id: string, rest: Partial<SandboxObject> = {}): SandboxObject {
	return { type, id, urn: `urn:${id}`, ...HOME, inputs: {}, outputs: {}, ...rest };
}

function faults(inputs: Properties, objects: SandboxObject[] = [], rest: Partial<CheckContext> = {}) {
	const world = new Stage();
	world.objects.push(...objects);
	return checkModel(MODEL, { inputs, scope: HOME, world, self: undefined, ...rest });
}

const twin = object("test:a:Box", "b", { outputs: { name: "box" } });

describe("checkModel", () => {
	it("takes what is right and what is not known yet", () => {
		assert.deepEqual(faults({ name: "box", settings: [{ mode: "fast" }] }), []);
		assert.deepEqual(faults({ name: UNKNOWN, settings: UNKNOWN, shelfIds: [UNKNOWN], label: UNKNOWN }), []);
	});

	it("says what a name may be", () => {
		assertFault(
			faults({ name: "Boxes" }),
			"name",
			/^must be 1 to 4 lower-case letters, but "Boxes" was given; rename it$/,
		);
	});

	it("keeps names unique within their scope, the object itself aside", () => {
		assertFault(faults({ name: "box" }, [twin]), "name", /unique within the region.*taken by urn:b/);
		assert.deepEqual(faults({ name: "box" }, [twin], { self: twin }), []);
		assert.deepEqual(faults({ name: "box" }, [{ ...twin, region: "eu-west-1" }]), []);
		assert.deepEqual(faults({ name: "box" }, [{ ...twin, account: "1" }]), []);
	});

	it("refuses values that the cloud does not know, with a suggestion", () => {
		assertFault(
			faults({ settings: [{ mode: "fast" }, { mode: "slw" }] }),
			"settings[1].mode",
			/"fast" or "slow", but "slw" was given; did you mean "slow"/,
		);
	});

	it("refuses references to nothing and to another region", () => {
		const shelf = object("test:a:Shelf", "s1");
		assert.deepEqual(faults({ shelfIds: ["s1"] }, [shelf]), []);
		assertFault(
			faults({ shelfIds: ["s1", "s2"] }, [shelf]),
			"shelfIds[1]",
			/names no existing Shelf: "s2"; create it first/,
		);
		assertFault(
			faults({ shelfIds: ["s1"] }, [{ ...shelf, region: "eu-west-1" }]),
			"shelfIds[0]",
			/must be in 111122223333\/us-east-1/,
		);
		assert.deepEqual(faults({ shelfIds: ["s1"] }, [{ ...shelf, region: "global" }]), []);
	});

	it("follows ARNs anywhere, and only values that are references", () => {
		const label = object("test:a:Label", "l", { account: "1", region: "eu-west-1", outputs: { arn: "arn:l" } });
		assert.deepEqual(faults({ label: "arn:l" }, [label]), []);
		assert.deepEqual(faults({ label: "plain" }), []);
		assertFault(faults({ label: "arn:x" }, [label]), "label", /names no existing Label/);
	});

	it("adds the model's own faults to the others", () => {
		const found = faults({ name: "Boxes", size: 0, shelfIds: ["x"] });
		assert.deepEqual(
			found.map((fault) => fault.property),
			["name", "shelfIds[0]", "size"],
		);
	});
});
