import assert from "node:assert/strict";
import { unknownCheckingProxy } from "@pulumi/policy";
import { asset } from "@pulumi/pulumi";
import fc from "fast-check";
import { UNKNOWN } from "../../../lib/values";
import { ASSET, plainProperties, withoutComputed } from "../../../policies/engine/plain-values";

const UNKNOWN_LIST = "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2";

describe("plainProperties", () => {
	it("keeps each unknown in its place, and reads through the SDK's proxies", () => {
		const raw = { a: UNKNOWN, list: [UNKNOWN_LIST, "0.0.0.0/0"], deep: { b: UNKNOWN, c: 1 } };
		const proxied: object = unknownCheckingProxy(raw);
		assert.throws(() => Reflect.get(proxied, "a"), /can't be known during preview/);
		assert.deepEqual(plainProperties(proxied), {
			a: UNKNOWN,
			list: [UNKNOWN, "0.0.0.0/0"],
			deep: { b: UNKNOWN, c: 1 },
		});
	});

	it("gives back any JSON unchanged, through a proxy too", () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (raw) => {
				const expected = JSON.parse(JSON.stringify(raw));
				assert.deepEqual(JSON.parse(JSON.stringify(plainProperties(raw))), expected);
				assert.deepEqual(JSON.parse(JSON.stringify(plainProperties(unknownCheckingProxy(raw)))), expected);
			}),
		);
	});

	it("replaces assets and archives by a word", () => {
		const props = unknownCheckingProxy({ code: new asset.FileArchive("dist"), text: new asset.StringAsset("hunter2") });
		assert.deepEqual(plainProperties(props), { code: ASSET, text: ASSET });
	});

	it("does not let a key change what objects are", () => {
		const hostile: object = JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}');
		const plain = plainProperties(hostile);
		assert.deepEqual(Object.keys(plain).sort(), ["__proto__", "constructor"]);
		assert.equal(Object.getPrototypeOf(plain), Object.prototype);
	});

	it("leaves undefined out and takes what is no value for unknown", () => {
		assert.deepEqual(plainProperties({ a: undefined, b: () => 1 }), { b: UNKNOWN });
	});

	it("ends on a cycle", () => {
		const cyclic: { self?: unknown } = {};
		cyclic.self = cyclic;
		assert.doesNotThrow(() => plainProperties(cyclic));
	});
});

describe("withoutComputed", () => {
	it("drops unknowns that the program did not set, and nothing else", () => {
		const properties = { id: UNKNOWN, kmsKeyId: UNKNOWN, size: 1, block: { id: UNKNOWN } };
		assert.deepEqual(withoutComputed(properties, new Set(["kmsKeyId"])), {
			kmsKeyId: UNKNOWN,
			size: 1,
			block: { id: UNKNOWN },
		});
	});
});
