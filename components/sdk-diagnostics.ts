// The modules themselves, not copies of what they export: the SDK's own calls go through these objects.
import log = require("@pulumi/pulumi/log");
import debuggable = require("@pulumi/pulumi/runtime/debuggable");

/** Set to any value, it leaves the SDK's own diagnostics as they are. */
const sdkDiagnosticsVariable = "MERIDIAN_SDK_DIAGNOSTICS";

type AnyFunction = (...args: readonly unknown[]) => unknown;

/** The blueprint runs the program several times in one process; what is off stays off. */
let areOff = false;

/**
 * Switches off what the Pulumi SDK records for its own debugging: a stack trace of each of its promises, which source
 * maps make slow, and several debug messages a resource, which carry secrets in clear. Stack traces of the program's
 * own errors stay as they are. Does nothing where the SDK is built otherwise, where promise leaks are being looked for,
 * or where `MERIDIAN_SDK_DIAGNOSTICS` is set. Measured: docs/architecture.md, "The SDK's own diagnostics are off".
 */
export function switchOffSdkDiagnostics(environment: NodeJS.ProcessEnv = process.env): void {
	if (areOff || environment[sdkDiagnosticsVariable] || environment.PULUMI_DEBUG_PROMISE_LEAKS) {
		return;
	}
	areOff = true;
	replace(debuggable, "debuggablePromise", (original) => {
		return (...args) => withoutStacks(() => original(...args));
	});
	replace(log, "debug", () => () => Promise.resolve());
}

/** Replaces a function that a module exports; nothing where it exports none, or not as a plain property. */
function replace(module: object, key: string, by: (original: AnyFunction) => AnyFunction): void {
	const property = Object.getOwnPropertyDescriptor(module, key);
	const original: unknown = property?.value;
	if (property?.writable === true && isFunction(original)) {
		Reflect.set(module, key, by(original));
	}
}

function isFunction(value: unknown): value is AnyFunction {
	return typeof value === "function";
}

function withoutStacks<T>(work: () => T): T {
	const limit = Error.stackTraceLimit;
	Error.stackTraceLimit = 0;
	try {
		return work();
	} finally {
		Error.stackTraceLimit = limit;
	}
}
