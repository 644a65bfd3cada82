import { readFileSync } from "node:fs";
import { CustomResource } from "@pulumi/pulumi";
import { recordProgram } from "../../blueprint/run-program";
import { stacksOf, synthesize } from "../../blueprint/synthesize";
import { switchOffSdkDiagnostics } from "../../components/sdk-diagnostics";
import type { ResourceNode } from "../../lib/graph";
import { stackOfUrn } from "../../lib/names";
import { parseSpec } from "../../spec/parse";
import { timed } from "./measure";

/** One measurement in a process of its own: the blueprint of a specification in a file, and its floor where it is asked for. */
async function main(file: string, withFloor: boolean): Promise<void> {
	const value: { [key: string]: unknown } = JSON.parse(readFileSync(file, "utf8"));
	const spec = parseSpec(value, file);
	const { seconds, result } = await timed(() => synthesize(spec, value));
	const stacks = stacksOf(spec).map(({ stack }) => stack);
	const floor = withFloor ? await timed(() => replay(stacks, result.resources)) : undefined;
	const again = withFloor ? await timed(() => synthesize(spec, value)) : undefined;
	process.stdout.write(
		JSON.stringify({
			seconds,
			again: again?.seconds,
			floor: floor?.seconds,
			resources: result.resources.length,
			memoryMib: process.resourceUsage().maxRSS / 1024,
		}),
	);
}

/** The floor: the same resources with the same inputs, each registered bare by the SDK, stack by stack. */
async function replay(stacks: readonly string[], resources: readonly ResourceNode[]): Promise<void> {
	switchOffSdkDiagnostics();
	for (const stack of stacks) {
		const own = resources.filter(({ urn, custom, type }) => custom && stackOfUrn(urn) === stack && !isProvider(type));
		await recordProgram({ stack, config: {} }, () => {
			own.map(({ type, name, inputs }) => new BareResource(type, name, inputs));
		});
	}
}

/** A resource without a type of its own. */
class BareResource extends CustomResource {}

function isProvider(type: string): boolean {
	return type.startsWith("pulumi:");
}

main(process.argv[2] ?? "", process.argv.includes("--floor")).then(
	() => process.exit(0),
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
		process.exit(1);
	},
);
