import assert from "node:assert/strict";
import fc from "fast-check";
import { asSecret, redactAll } from "../../../../lib/secret-marker";
import { type Properties, SECRET, type Value } from "../../../../lib/values";
import { fromStruct, restoreAll, restoreSecrets, toStruct } from "../../../../sandbox/server/wire";

const leaf = fc.constantFrom<Value>(null, true, 7, "", "plain", "tail");
const secret = fc.constantFrom("s1", "s2", "s3").map(asSecret);

/** Bags with secrets anywhere, as the engine gives them. */
const bag: fc.Arbitrary<Properties> = fc.dictionary(
	fc.constantFrom("a", "b", "c"),
	fc.letrec<{ value: Value }>((tie) => ({
		value: fc.oneof(
			{ maxDepth: 3 },
			leaf,
			secret,
			fc.array(tie("value"), { maxLength: 3 }),
			fc.dictionary(fc.constantFrom("x", "y"), tie("value"), { maxKeys: 2, noNullPrototype: true }),
		),
	})).value,
	{ noNullPrototype: true },
);

describe("property bags on the wire", () => {
	it("come back as they went", () => {
		fc.assert(fc.property(bag, (properties) => assert.deepEqual(fromStruct(toStruct(properties)), properties)));
	});

	it("are empty where a message has none", () => {
		assert.deepEqual(fromStruct(undefined), {});
	});
});

describe("restoreSecrets", () => {
	it("undoes the redaction where the same bag is given", () => {
		fc.assert(fc.property(bag, (given) => assert.deepEqual(restoreAll(redactAll(given), given), given)));
	});

	it("changes nothing where there is no secret", () => {
		fc.assert(
			fc.property(bag.map(redactAll), bag, (stored, given) => {
				const plain: Properties = JSON.parse(JSON.stringify(stored).replaceAll(SECRET, "open"));
				assert.deepEqual(restoreAll(plain, given), plain);
			}),
		);
	});

	it("keeps what the cloud has, and its redaction where the given bag knows no value", () => {
		assert.equal(restoreSecrets(SECRET, undefined), SECRET);
		assert.deepEqual(restoreSecrets({ a: "new", b: [SECRET, SECRET] }, { a: "old", b: [asSecret("s")] }), {
			a: "new",
			b: [asSecret("s"), SECRET],
		});
	});

	it("looks into a bag that is secret as a whole", () => {
		assert.deepEqual(restoreSecrets({ a: SECRET, b: 1 }, asSecret({ a: "s", b: 2 })), { a: "s", b: 1 });
	});
});
