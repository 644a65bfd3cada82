import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { UserError } from "../lib/errors";
import { projectRoot } from "../lib/folders";
import { type Maker, type RecordedNode, Recorder } from "./recorder";
import { declareFeatures } from "./sdk-features";

/** Pulumi's project name, as Pulumi.yaml has it; part of every URN. */
export const projectName = "meridian";

/** The program's entry point. */
const entry = join(projectRoot, "index.ts");

/**
 * Runs the program of one stack in this process, without engine, credentials or network, and gives every resource it
 * registers. With a maker, ids and outputs are what it makes; else they stay unknown. One run at a time: the SDK's
 * runtime is global.
 */
export function runProgram(stack: string, config: { [key: string]: string }, maker?: Maker): Promise<RecordedNode[]> {
	return recordProgram({ stack, config, maker }, loadProgram);
}

/** What a program is run with. */
export interface ProgramRun {
	readonly stack: string;
	readonly config: { [key: string]: string };
	readonly maker?: Maker | undefined;
}

/** The same for any program: everything that it registers. */
export async function recordProgram(
	{ stack, config, maker }: ProgramRun,
	program: () => unknown,
): Promise<RecordedNode[]> {
	const recorder = new Recorder(projectName, stack, maker);
	attach(recorder, stack);
	pulumi.runtime.setAllConfig(config);
	const failures: unknown[] = [];
	const failed = (error: unknown): void => {
		failures.push(error);
	};
	process.on("unhandledRejection", failed);
	try {
		await pulumi.runtime.runInPulumiStack(async () => program());
		// Registrations go on after the program returns; this ends when none is left.
		await pulumi.runtime.disconnect();
	} catch (error) {
		throw asUserError(error);
	} finally {
		process.off("unhandledRejection", failed);
	}
	if (failures.length > 0) {
		throw asUserError(failures[0]);
	}
	return recorder.nodes;
}

/** The SDK types its monitor as a gRPC client; it calls only the methods that the recorder has. */
function attach(recorder: Recorder, stack: string): void {
	pulumi.runtime.setMockOptions(recorder, projectName, stack, true, "organization");
	declareFeatures({
		supportsSecrets: true,
		supportsResourceReferences: true,
		supportsOutputValues: false,
		supportsDeletedWith: true,
		supportsAliasSpecs: false,
		supportsTransforms: false,
		supportsParameterization: true,
	});
}

/** Evaluates the entry point anew; the modules it imports stay loaded. */
function loadProgram(): unknown {
	delete require.cache[entry];
	return require(entry);
}

/** The program reports a user's mistake as a RunError; everything else is a bug. */
function asUserError(error: unknown): unknown {
	return pulumi.RunError.isInstance(error) ? new UserError(error.message) : error;
}
