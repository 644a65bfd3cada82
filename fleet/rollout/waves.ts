import { wantedStacks } from "../../blueprint/synthesize";
import { globalCell } from "../../lib/cells";
import type { Spec } from "../../spec/schema";

/** Stacks in the order in which they are brought up: what holds the shared cell first, then all others together. */
export function wavesOf(spec: Spec, cell?: string): string[][] {
	const stacks = wantedStacks(spec, cell);
	const shared = stacks.filter(({ cells }) => cells.includes(globalCell)).map(({ stack }) => stack);
	const others = stacks.map(({ stack }) => stack).filter((stack) => !shared.includes(stack));
	return [shared, others].filter((wave) => wave.length > 0);
}
