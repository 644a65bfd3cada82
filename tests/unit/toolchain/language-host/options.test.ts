import assert from "node:assert/strict";
import { ProgramInfo } from "@pulumi/pulumi/proto/language_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { projectRoot } from "../../../../lib/folders";
import { childEnvironment, runtimeOptions, sdkEntry } from "../../../../toolchain/language-host/options";

function info(options: { [name: string]: string | number | boolean }): ProgramInfo {
	const program = new ProgramInfo();
	program.setOptions(Struct.fromJavaScript(options));
	return program;
}

describe("runtimeOptions", () => {
	it("has the official host's defaults where nothing is said", () => {
		const defaults = { nodeArgs: [], typescript: true };
		assert.deepEqual(runtimeOptions(undefined), defaults);
		assert.deepEqual(runtimeOptions(new ProgramInfo()), defaults);
		assert.deepEqual(runtimeOptions(info({})), defaults);
	});

	it("splits node's arguments at white space", () => {
		const { nodeArgs } = runtimeOptions(info({ nodeargs: "  --require tsx/cjs\t--max-old-space-size=4096 " }));
		assert.deepEqual(nodeArgs, ["--require", "tsx/cjs", "--max-old-space-size=4096"]);
	});

	it("keeps the SDK's compiler away only where typescript is false", () => {
		assert.equal(runtimeOptions(info({ typescript: false })).typescript, false);
		assert.equal(runtimeOptions(info({ typescript: true })).typescript, true);
	});

	it("does without arguments that are not text", () => {
		assert.deepEqual(runtimeOptions(info({ nodeargs: 1 })).nodeArgs, []);
	});
});

describe("sdkEntry", () => {
	it("finds the SDK of the program's own dependencies", () => {
		assert.equal(sdkEntry(projectRoot, "run"), require.resolve("@pulumi/pulumi/cmd/run"));
	});

	it("says how to install the SDK where it is missing", () => {
		assert.throws(() => sdkEntry("/", "run"), /@pulumi\/pulumi is not installed for \/; run npm ci there/);
	});
});

describe("childEnvironment", () => {
	it("adds to the host's own environment", () => {
		const environment = childEnvironment({ PULUMI_CONFIG: "{}" });
		assert.equal(environment.PULUMI_CONFIG, "{}");
		assert.equal(environment.PATH, process.env.PATH);
	});
});
