import assert from "node:assert/strict";
import fc from "fast-check";
import { asSecret, redactAll, unwrapAll } from "../../../../lib/secret-marker";
import { coverSecrets } from "../../../../sandbox/server/computed-secrets";

describe("coverSecrets", () => {
	it("covers what repeats a secret under another name", () => {
		const inputs = { tags: { owner: asSecret("correct-horse"), team: "platform" } };
		assert.deepEqual(coverSecrets({ tagsAll: { owner: "correct-horse", team: "platform" } }, inputs), {
			tagsAll: { owner: asSecret("correct-horse"), team: "platform" },
		});
	});

	it("covers a text that holds a secret", () => {
		const computed = coverSecrets({ arn: "arn:aws:x/correct-horse/y" }, { name: asSecret("correct-horse") });
		assert.deepEqual(redactAll(computed), { arn: "[secret]" });
	});

	it("covers what stands where a secret stands, whatever its kind", () => {
		const inputs = { size: asSecret(5), rules: [{ port: asSecret(22) }], whole: asSecret({ a: 1 }) };
		const computed = coverSecrets({ size: 5, rules: [{ port: 22, open: true }], whole: { a: 1, b: 2 } }, inputs);
		assert.deepEqual(redactAll(computed), {
			size: "[secret]",
			rules: [{ port: "[secret]", open: true }],
			whole: "[secret]",
		});
	});

	it("takes a short secret as a whole value only", () => {
		const computed = coverSecrets({ same: "abc", longer: "abcd", empty: "" }, { a: asSecret("abc"), b: asSecret("") });
		assert.deepEqual(redactAll(computed), { same: "[secret]", longer: "abcd", empty: "" });
	});

	it("leaves no trace of a secret text, and no value otherwise than it was", () => {
		const secret = fc.string({ minLength: 4, maxLength: 12, unit: fc.constantFrom("§", "µ", "¶") });
		const text = fc.string({ maxLength: 8, unit: fc.constantFrom("a", "b", "c") });
		fc.assert(
			fc.property(secret, text, text, (hidden, before, after) => {
				const plain = { list: [{ deep: before + hidden + after }], other: before };
				const covered = coverSecrets(plain, { a: { b: [asSecret(hidden)] } });
				assert.equal(JSON.stringify(redactAll(covered)).includes(hidden), false);
				assert.deepEqual(unwrapAll(covered), plain);
			}),
		);
	});
});
