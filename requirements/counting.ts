import type { ResourceGraph, ResourceNode } from "../lib/graph";
import { isUnknown, UNKNOWN, type Value, valuesAt } from "../lib/values";

/** The first value at a path such as `scalingConfig.desiredSize`; undefined where it is absent or not known yet. */
export function knownAt(holder: Value | undefined, path: string): Value | undefined {
	const value = valuesAt(holder, path)[0]?.value;
	return isUnknown(value) || (typeof value === "string" && value.includes(UNKNOWN)) ? undefined : value;
}

/** A known text at a path. */
export function textAt(holder: Value | undefined, path: string): string | undefined {
	const value = knownAt(holder, path);
	return typeof value === "string" ? value : undefined;
}

/** A known number at a path; digits in text count, as some inputs carry them. 0 where there is none. */
export function numberAt(holder: Value | undefined, path: string): number {
	const value = knownAt(holder, path);
	const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
	return typeof number === "number" && Number.isFinite(number) ? number : 0;
}

/** A known boolean at a path; the texts `true` and `false` count, as launch templates write them. */
export function flagAt(holder: Value | undefined, path: string): boolean | undefined {
	const value = knownAt(holder, path);
	return value === true || value === "true" ? true : value === false || value === "false" ? false : undefined;
}

/** The sum of the numbers; 0 of none. */
export function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}

/** How many items pass the test. */
export function countWhere<T>(items: readonly T[], test: (item: T) => boolean): number {
	return items.filter(test).length;
}

/** The different texts, sorted. */
export function distinct(texts: readonly string[]): string[] {
	return [...new Set(texts)].sort();
}

/** A number as printed: `1,536`. */
export function printed(number: number): string {
	return number.toLocaleString("en-US", { maximumFractionDigits: 2 });
}

/** A count with its unit, a plural in `s`: `1 region`, `2 regions`. */
export function amount(count: number, plural: string): string {
	return `${printed(count)} ${count === 1 ? plural.replace(/s$/, "") : plural}`;
}

/** True for an address block that is every address. */
export function isAnyAddress(value: Value): boolean {
	return value === "0.0.0.0/0" || value === "::/0";
}

/** True where a property was computed from this very resource. */
export function comesFrom(
	graph: ResourceGraph,
	node: ResourceNode,
	from: { readonly property: string; readonly source: ResourceNode },
): boolean {
	return graph.sourcesOf(node, from.property).some(({ urn }) => urn === from.source.urn);
}

/** The URNs of the nodes, each once, sorted. */
export function urnsOf(nodes: readonly ResourceNode[]): string[] {
	return distinct(nodes.map(({ urn }) => urn));
}
