import { createRequire } from "node:module";
import { join } from "node:path";
import type { ProgramInfo } from "@pulumi/pulumi/proto/language_pb";

/** The runtime options of Pulumi.yaml that this host understands. */
export interface RuntimeOptions {
	/** Arguments for node itself, as `--require tsx/cjs`; split at white space. */
	readonly nodeArgs: readonly string[];
	/** False where the program brings its own loader and the SDK's type-checking one is to stay away. */
	readonly typescript: boolean;
}

/** Reads the options; what is absent has the official host's defaults. */
export function runtimeOptions(info: ProgramInfo | undefined): RuntimeOptions {
	const options = info?.getOptions()?.toJavaScript() ?? {};
	const nodeArgs = options.nodeargs;
	return {
		nodeArgs: typeof nodeArgs === "string" ? nodeArgs.split(/\s+/).filter((arg) => arg !== "") : [],
		typescript: options.typescript !== false,
	};
}

/** The SDK's entry point of the given name, from the program's own dependencies. Throws where they are not installed. */
export function sdkEntry(directory: string, entry: "run" | "run-plugin" | "run-policy-pack"): string {
	try {
		return createRequire(join(directory, "package.json")).resolve(`@pulumi/pulumi/cmd/${entry}`);
	} catch {
		throw new Error(`@pulumi/pulumi is not installed for ${directory}; run npm ci there`);
	}
}

/** The environment without what belongs to this host alone. */
export function childEnvironment(extra: { readonly [name: string]: string }): NodeJS.ProcessEnv {
	return { ...process.env, ...extra };
}
