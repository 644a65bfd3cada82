import { distinct } from "../counting";
import type { Pool } from "../readers/pools/pool";
import type { Deviation, ItemAnswer, NamedShortfall, QueryContext } from "../row";
import { type Described, describedEach } from "./answers";

/**
 * What pools hold; works where each holds what is asked, or the specification names what stands in for it in the pool's
 * region and on its type, and then says so as a deviation.
 */
export function heldOrSubstituted(
	pools: readonly Pool[],
	trait: string,
	described: Described<Pool>,
	context: QueryContext,
): ItemAnswer {
	const short = pools.filter((pool) => !described.holds(pool));
	const found = short.map((pool) => substituteOf(pool, trait, context));
	const named = found.flatMap((substitute) => substitute ?? []);
	const answer = describedEach(pools, {
		...described,
		holds: (pool) => described.holds(pool) || substituteOf(pool, trait, context) !== undefined,
	});
	return named.length === 0 ? answer : { ...answer, deviation: merged(named) };
}

/** The substitutes that the specification names for a trait in some regions, as one deviation. */
export function merged(substitutes: readonly { readonly given: string; readonly effect: string }[]): Deviation {
	return {
		substitute: distinct(substitutes.map(({ given }) => given)).join("; "),
		effect: distinct(substitutes.map(({ effect }) => effect)).join("; "),
	};
}

function substituteOf(pool: Pool, trait: string, { shortfalls = [] }: QueryContext): NamedShortfall["substitute"] {
	return shortfalls.find(
		(row) => row.trait === trait && row.cell === pool.group.cell && row.instanceType === pool.node.typeName,
	)?.substitute;
}
