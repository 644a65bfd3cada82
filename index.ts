import * as pulumi from "@pulumi/pulumi";
import { buildPlatform, type PlatformOutputs } from "./components/platform";
import { switchOffSdkDiagnostics } from "./components/sdk-diagnostics";
import { cellsOfStack, requireResolved, requireSandbox } from "./components/stack";
import { UserError } from "./lib/errors";
import { formatError } from "./lib/format-error";
import { inspectErrorsPlainly } from "./lib/inspect-errors";
import { parseSpec } from "./spec/parse";

/** Reads the specification of this stack's environment and builds the stack's cells. */
function program(): PlatformOutputs {
	const value = new pulumi.Config("meridian").requireObject("spec");
	const spec = parseSpec(value, `the configuration of stack ${pulumi.getStack()}`);
	const engine = pulumi.runtime.hasEngine();
	requireSandbox(spec, engine);
	requireResolved(spec, engine);
	return buildPlatform(spec, cellsOfStack(spec, pulumi.getStack()));
}

/** A mistake of the user's is reported as such; the engine prints a RunError without a stack trace. */
function run(): PlatformOutputs {
	try {
		return program();
	} catch (error) {
		throw error instanceof UserError ? new pulumi.RunError(formatError(error)) : error;
	}
}

inspectErrorsPlainly();
switchOffSdkDiagnostics();

export = run();
