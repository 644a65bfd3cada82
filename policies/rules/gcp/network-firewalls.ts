import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { ANYWHERE, type PrioritisedRule } from "../../ingress-exposure";
import { readList, readNumber, readText } from "../../reading";
import { isOff, isOneOf } from "../../settings";
import { allOf, notOf, type Tri } from "../../tri";
import { blocksIn, lastPart, openingsOf, targetsIn } from "./firewall-entries";

/** A firewall rule of a VPC network. */
export const FIREWALL = "gcp:compute/firewall:Firewall";

/** Priority of a rule that names none (documentation of gcp 9.37.0). */
const DEFAULT_PRIORITY = 1000;

/** Every firewall rule of the program's VPC networks; at one priority a denial decides. */
export function firewallsOf(graph: ResourceGraph): PrioritisedRule[] {
	return graph.ofType(FIREWALL).map((node) => {
		const { inputs } = node;
		const [allows, denies] = [readList(inputs, "allows"), readList(inputs, "denies")];
		const priority = readNumber(inputs, "priority");
		return {
			node,
			path: "",
			list: {
				name: lastPart(readText(inputs, "network")),
				urns: graph.sourcesOf(node, "network").map(({ urn }) => urn),
			},
			inForce: allOf(notOf(isOneOf(inputs, "direction", ["EGRESS"])), isOff(inputs, "disabled", "yes")),
			opens: hasAny(allows),
			closes: hasAny(denies),
			priority: priority.kind === "absent" ? { kind: "known", value: DEFAULT_PRIORITY } : priority,
			closesTies: true,
			sources: sourcesOf(node),
			openings: [...openingsOf(allows, "protocol"), ...openingsOf(denies, "protocol")],
			openingsComplete: allows.complete && denies.complete,
			targets: targetsIn(inputs, ["targetTags", "targetServiceAccounts", "destinationRanges"]),
		};
	});
}

/** Ranges, tags and accounts each admit; without any of them everyone is admitted. */
function sourcesOf({ inputs }: ResourceNode): PrioritisedRule["sources"] {
	const ranges = readList(inputs, "sourceRanges");
	const others = [readList(inputs, "sourceTags"), readList(inputs, "sourceServiceAccounts")];
	const blocks = blocksIn(ranges);
	const named = blocks.length > 0 || others.some(({ items }) => items.length > 0);
	if (named || !ranges.complete) {
		return { blocks, complete: ranges.complete };
	}
	return others.every(({ complete }) => complete)
		? { blocks: ANYWHERE, complete: true }
		: { blocks: [], complete: false };
}

function hasAny(list: ReturnType<typeof readList>): Tri {
	return list.items.length > 0 ? "yes" : list.complete ? "no" : "maybe";
}
