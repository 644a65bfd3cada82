import assert from "node:assert/strict";
import ts from "typescript";
import { SdkPackage } from "../../../sandbox/facts/sdk-package";
import { typeText } from "../../../sandbox/facts/type-text";

/** The text of a type written in TypeScript. */
function textOf(type: string): string {
	const source = ts.createSourceFile("a.ts", `type A = ${type};`, ts.ScriptTarget.ES2022, false);
	const [statement] = source.statements;
	assert.ok(statement && ts.isTypeAliasDeclaration(statement));
	return typeText(statement.type, {
		object: (side, name) => `#${side}.${name}`,
		enumeration: () => ["a", "b"],
	});
}

describe("typeText", () => {
	for (const [type, text] of [
		["pulumi.Input<string | undefined>", "string"],
		["pulumi.Input<pulumi.Input<inputs.ec2.Foo>[] | undefined>", "#input.ec2.Foo[]"],
		["pulumi.Output<outputs.ec2.Foo | undefined>", "#output.ec2.Foo"],
		["pulumi.Input<{ [key: string]: pulumi.Input<string> } | undefined>", "map<string>"],
		["pulumi.Input<string | enums.iam.Version>", 'string|enum("a"|"b")'],
		['pulumi.Input<"v1" | "v2" | undefined>', 'enum("v1"|"v2")'],
		["pulumi.Input<number | string>[]", "(number|string)[]"],
		["(pulumi.asset.Asset | pulumi.asset.Archive)[]", "asset[]"],
		["pulumi.Input<string | Role>", "string"],
		["any", "any"],
	]) {
		it(`writes ${type} as ${text}`, () => assert.equal(textOf(type ?? ""), text));
	}

	it("throws on forms that it does not know", () => {
		assert.throws(() => textOf("() => void"), /no text for the type/);
		assert.throws(() => textOf("{ a: string }"), /not a map/);
	});
});

describe("SdkPackage", () => {
	const sdk = new SdkPackage("kubernetes");

	it("finds classes whose module is shortened in the file system", () => {
		const release = sdk.classOf("kubernetes:helm.sh/v3:Release");
		assert.deepEqual(
			release.args.filter((member) => !member.optional).map((member) => member.name),
			["chart"],
		);
		assert.ok(sdk.classOf("kubernetes:rbac.authorization.k8s.io/v1:Role").outputs.length > 0);
	});

	it("throws for a token that the SDK does not have", () => {
		assert.throws(() => sdk.classOf("kubernetes:core/v1:Nothing"), /no class with the token/);
	});
});
