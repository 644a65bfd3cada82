import util from "node:util";

/** A blueprint evaluates the program's entry point more than once in a process. */
let installed = false;

/**
 * Prints errors without colours in this process. Node 20 looks for package names to colour in each stack frame, and
 * the SDK's source-mapped frames (`/node_modules/@pulumi/resource.ts`) keep that search busy for tens of seconds: a
 * failing program would seem to hang (measured on 20.20: 23 to 38 s for one error).
 */
export function inspectErrorsPlainly(): void {
	if (installed) {
		return;
	}
	installed = true;
	const inspect = util.inspect;
	util.inspect = Object.assign((value: unknown, ...rest: unknown[]): string => {
		const [options] = rest;
		const coloured = value instanceof Error && typeof options === "object" && options !== null;
		return Reflect.apply(inspect, util, coloured ? [value, { ...options, colors: false }] : [value, ...rest]);
	}, inspect);
}
