import { isObject, type Value } from "../../../lib/values";
import { reachOf } from "../../addresses";
import { at, isHidden, readList } from "../../reading";
import { allOf, anyOf, type Tri } from "../../tri";

export type Direction = "Ingress" | "Egress";

/** What one NetworkPolicy does to a direction of all pods of its namespace. */
export type Effect =
	/** Closes it but for what the policy lists. */
	| "closes"
	/** Opens it to everyone, which voids what other policies close. */
	| "opens"
	/** Says nothing of all pods. */
	| "none"
	/** Not known yet. */
	| "unknown";

/** The effect of a policy's inputs; `ingress: [{}]` allows everything, `ingress: []` nothing. */
export function effectOf(inputs: Value, direction: Direction): Effect {
	const spec = at(inputs, "spec");
	if (spec === undefined) {
		return "none";
	}
	const applies = allOf(selectsAll(at(spec, "podSelector")), namesDirection(spec, direction));
	if (applies === "no") {
		return "none";
	}
	const opens = allowsAll(spec, direction);
	if (applies === "maybe" || opens === "maybe") {
		return "unknown";
	}
	return opens === "yes" ? "opens" : "closes";
}

function selectsAll(selector: Value | undefined): Tri {
	const parts = [at(selector, "matchLabels"), at(selector, "matchExpressions")];
	return isHidden(selector) ? "maybe" : allOf(...parts.map(isEmpty));
}

/** Without `policyTypes` a policy is about ingress, and about egress where it has egress rules. */
function namesDirection(spec: Value, direction: Direction): Tri {
	const types = readList(spec, "policyTypes");
	if (types.absent) {
		return direction === "Ingress" || at(spec, "egress") !== undefined ? "yes" : "no";
	}
	if (types.items.some(({ value }) => value === direction)) {
		return "yes";
	}
	return types.complete ? "no" : "maybe";
}

function allowsAll(spec: Value, direction: Direction): Tri {
	const rules = readList(spec, direction === "Ingress" ? "ingress" : "egress");
	const peers = direction === "Ingress" ? "from" : "to";
	const each = rules.items.map(({ value }) => allOf(isEmpty(at(value, "ports")), admitsEveryone(value, peers)));
	return anyOf(...each, rules.complete ? "no" : "maybe");
}

function admitsEveryone(rule: Value, property: string): Tri {
	const peers = readList(rule, property);
	if (peers.complete && peers.items.length === 0) {
		return "yes";
	}
	return anyOf(...peers.items.map(({ value }) => isEveryone(value)), peers.complete ? "no" : "maybe");
}

/** A peer without exceptions whose block holds the internet. */
function isEveryone(peer: Value): Tri {
	const block = at(peer, "ipBlock");
	if (block === undefined) {
		return isHidden(peer) ? "maybe" : "no";
	}
	const cidr = at(block, "cidr");
	const open: Tri = isHidden(cidr) ? "maybe" : typeof cidr === "string" && reachOf([cidr]) === "open" ? "yes" : "no";
	return allOf(open, isEmpty(at(block, "except")));
}

function isEmpty(value: Value | undefined): Tri {
	if (isHidden(value)) {
		return "maybe";
	}
	const size = Array.isArray(value) ? value.length : isObject(value) ? Object.keys(value).length : 0;
	return size === 0 ? "yes" : "no";
}
