import type { ResourceNode } from "../../lib/graph";
import { amount, countWhere, distinct, printed, urnsOf } from "../counting";
import type { ItemAnswer } from "../row";

/** What a count is held against, with its unit as printed. */
export interface Wanted {
	readonly wanted: number;
	readonly unit: string;
}

/** How the answer about several things of the plan is put. */
export interface Described<T> {
	/** True where one of them is what the item wants. */
	readonly holds: (each: T) => boolean;
	/** What one of them holds, as printed; equal words are printed once. */
	readonly words: (each: T) => string;
	/** What is printed where there is none. */
	readonly none: string;
}

/** `7 of 128 nodes`; works where the count is exactly what is asked. */
export function counted(nodes: readonly ResourceNode[], count: number, { wanted, unit }: Wanted): ItemAnswer {
	return {
		found: `${printed(count)} of ${printed(wanted)} ${unit}`,
		works: count === wanted,
		resources: urnsOf(nodes),
	};
}

/** `3 charts`; works where at least so many are there as are asked. */
export function atLeast(nodes: readonly ResourceNode[], count: number, { wanted, unit }: Wanted): ItemAnswer {
	return { found: amount(count, unit), works: count >= wanted, resources: urnsOf(nodes) };
}

/** `4 of 64 nodes a region`, of several places `4 to 8 of 64`; works where each place has exactly what is asked. */
export function countedEach(
	nodes: readonly ResourceNode[],
	counts: readonly number[],
	{ wanted, unit }: Wanted,
): ItemAnswer {
	const [least, most] = counts.length > 0 ? [Math.min(...counts), Math.max(...counts)] : [0, 0];
	const range = least === most ? printed(least) : `${printed(least)} to ${printed(most)}`;
	const works = counts.length > 0 && counts.every((count) => count === wanted);
	return { found: `${range} of ${printed(wanted)} ${unit}`, works, resources: urnsOf(nodes) };
}

/** `6 of 6 keys`; works where there is one or more and all pass the test. */
export function everyOne(
	nodes: readonly ResourceNode[],
	test: (node: ResourceNode) => boolean,
	unit: string,
): ItemAnswer {
	return everyThing(
		nodes.map((node) => ({ node })),
		({ node }) => test(node),
		unit,
	);
}

/** `6 of 6 buckets`, of what was read from resources; works where there is one or more and all pass the test. */
export function everyThing<T extends { readonly node: ResourceNode }>(
	things: readonly T[],
	test: (thing: T) => boolean,
	unit: string,
): ItemAnswer {
	const nodes = things.map(({ node }) => node);
	const answer = counted(nodes, countWhere(things, test), { wanted: things.length, unit });
	return { ...answer, works: answer.works && things.length > 0 };
}

/** The different words for the things of the plan; works where there is one or more and each holds. */
export function describedEach<T extends { readonly resources: readonly ResourceNode[] }>(
	things: readonly T[],
	{ holds, words, none }: Described<T>,
): ItemAnswer {
	return {
		found: things.length > 0 ? distinct(things.map(words)).join(", ") : none,
		works: things.length > 0 && things.every(holds),
		resources: urnsOf(things.flatMap((each) => each.resources)),
	};
}

/** Works where every part works; says what each found. */
export function together(parts: readonly ItemAnswer[]): ItemAnswer {
	return {
		found: parts.map(({ found }) => found).join(", "),
		works: parts.every(({ works }) => works),
		resources: distinct(parts.flatMap(({ resources }) => resources)),
	};
}

/** The same answer with a text before what was found. */
export function prefixed(text: string, answer: ItemAnswer): ItemAnswer {
	return { ...answer, found: `${text}${answer.found}` };
}
