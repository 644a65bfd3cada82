import type { Value } from "../../../lib/values";
import { asBlock } from "../../addresses";
import type { PrioritisedRule } from "../../ingress-exposure";
import { EVERY_RANGE, type Opening, portRangeOf, rangesUnder } from "../../opened-ports";
import { type ListReading, type Reading, readList, readText } from "../../reading";

/** Protocols with their ports, as `{protocol, ports}` or `{ipProtocol, ports}`; without ports, every port. */
export function openingsOf(list: ListReading, protocol: string): Opening[] {
	return list.items.map(({ value }) => {
		const ports = readList(value, "ports");
		const texts = textsIn(ports);
		const name = readText(value, protocol);
		const every = texts.length === 0 && ports.complete;
		return {
			protocol: name,
			ranges: every ? [EVERY_RANGE] : rangesUnder(name, texts.map(portRangeOf)),
			complete: ports.complete,
		};
	});
}

/** Address blocks of a list; a single address is a block of one. */
export function blocksIn(list: ListReading): string[] {
	return textsIn(list).map(asBlock);
}

/** What a rule protects, by the lists that narrow it; none of them means everything. */
export function targetsIn(value: Value, paths: readonly string[]): PrioritisedRule["targets"] {
	const lists = paths.map((path) => ({ path, list: readList(value, path) }));
	const named = lists.filter(({ list }) => list.items.length > 0);
	if (!lists.every(({ list }) => list.complete)) {
		return { every: named.length > 0 ? "no" : "maybe" };
	}
	const key = JSON.stringify(
		named.map(({ path, list }) => [path, list.items.map((item) => JSON.stringify(item.value)).sort()]),
	);
	return { every: named.length > 0 ? "no" : "yes", key };
}

/** The last part of a link such as `projects/p/global/networks/main`; names and links of one thing then compare. */
export function lastPart(reading: Reading<string>): Reading<string> {
	return reading.kind === "known"
		? { kind: "known", value: reading.value.split("/").at(-1) ?? "" }
		: { kind: "unknown" };
}

/** What is no text stays as something that names nothing; the empty text says nothing. */
function textsIn(list: ListReading): string[] {
	return list.items
		.map(({ value }) =>
			typeof value === "string" ? value.trim() : typeof value === "number" ? String(value) : "not text",
		)
		.filter((text) => text !== "");
}
