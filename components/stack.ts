import { lockEntries } from "../catalogue/lock";
import { sandboxAttached } from "../lib/attached-providers";
import { type Cloud, cellOfStack } from "../lib/cells";
import { ExitCode, UserError } from "../lib/errors";
import { cellsOf, enabledRegions } from "../spec/cells";
import type { Spec } from "../spec/schema";

/** The cells that a stack holds; refuses a stack that does not belong to the environment's layout. */
export function cellsOfStack(spec: Spec, stack: string): string[] {
	const cells = cellsOf(spec);
	if (spec.layout === "single") {
		if (stack !== spec.environment) {
			throw new UserError(`Environment ${spec.environment} is one stack of that name, but the stack is ${stack}`, {
				remedy: `use: pulumi up -s ${spec.environment}`,
			});
		}
		return cells;
	}
	const cell = cellOfStack(spec.environment, stack);
	if (cell === undefined || !cells.includes(cell)) {
		throw new UserError(`Environment ${spec.environment} has a stack for each cell, but the stack is ${stack}`, {
			code: ExitCode.notFound,
			remedy: `use one of: ${cells.map((id) => `${spec.environment}-${id}`).join(", ")}; or meridian up ${spec.environment}`,
		});
	}
	return [cell];
}

/** Keeps a program that is meant for the sandbox from reaching a real account. `engine` is false in a blueprint's run. */
export function requireSandbox(spec: Spec, engine: boolean, environment: NodeJS.ProcessEnv = process.env): void {
	if (spec.target !== "sandbox" || !engine) {
		return;
	}
	const used = new Set<Cloud>(["aws", ...enabledRegions(spec).map((region) => region.cloud)]);
	const wanted = [...[...used].map((cloud) => packages[cloud]), "kubernetes"];
	const missing = wanted.filter((name) => !sandboxAttached(name, environment));
	if (missing.length > 0) {
		throw new UserError(
			`Environment ${spec.environment} has target sandbox, but the sandbox's providers are not attached (${missing.join(", ")}); nothing was created`,
			{ code: ExitCode.usage, remedy: 'use meridian, or before plain pulumi: eval "$(meridian sandbox env)"' },
		);
	}
}

/** The provider package of each cloud. */
const packages: { readonly [cloud in Cloud]: string } = { aws: "aws", gcp: "gcp", azure: "azure-native" };

/** A real account gets nothing that stands on a value nobody has verified. `engine` is false in a blueprint's run. */
export function requireResolved(spec: Spec, engine: boolean): void {
	const open = lockEntries.filter((entry) => entry.state === "unresolved");
	if (spec.target !== "cloud" || !engine || open.length === 0) {
		return;
	}
	throw new UserError(
		`Environment ${spec.environment} has target cloud, but ${open.length} values of catalogue/lock.ts are unresolved; nothing was created`,
		{
			code: ExitCode.failed,
			problems: open.map((entry) => ({ path: entry.id, message: `is unresolved; it comes from ${entry.source}` })),
			remedy: "resolve each in catalogue/lock.ts from the source named, and mark it verified",
		},
	);
}
