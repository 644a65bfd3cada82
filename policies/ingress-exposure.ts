import type { ResourceNode } from "../lib/graph";
import { holdsBlocks, type Reach, reachOf } from "./addresses";
import { fail, undetermined } from "./judging";
import {
	EVERY_PORT,
	NO_PORT,
	type OpenedPorts,
	type Opening,
	openedPorts,
	PORTS_NOT_KNOWN,
	portsInWords,
	protocolName,
} from "./opened-ports";
import type { Reading } from "./reading";
import type { Judgement } from "./rule";
import { allOf, anyOf, notOf, type Tri } from "./tri";

/** Every IPv4 and IPv6 address. */
export const ANYWHERE: readonly string[] = ["0.0.0.0/0", "::/0"];

/** The list that a rule belongs to: by name where that is known, else by what its reference was computed from. */
export interface RuleList {
	readonly name: Reading<string>;
	readonly urns: readonly string[];
}

/** One rule of a list in which the lowest priority number decides (a security group of Azure, a firewall of Google). */
export interface PrioritisedRule {
	readonly node: ResourceNode;
	/** Where it stands in the resource; empty where the resource is the rule. */
	readonly path: string;
	readonly list: RuleList;
	/** `no` for a rule about egress, or one that is switched off. */
	readonly inForce: Tri;
	readonly opens: Tri;
	/** Whether nothing behind this rule is reached by what it matches. */
	readonly closes: Tri;
	readonly priority: Reading<number>;
	/** True where a closing rule decides over an opening one of the same number. */
	readonly closesTies: boolean;
	readonly sources: { readonly blocks: readonly string[]; readonly complete: boolean };
	readonly openings: readonly Opening[];
	/** False where a protocol or its ports are not known as a whole. */
	readonly openingsComplete: boolean;
	/** What it protects; `key` tells limited targets apart and is missing where they are not known. */
	readonly targets: { readonly every: Tri; readonly key?: string };
}

/** What the internet reaches through a rule. */
interface Exposure extends OpenedPorts {
	/** `invalid`: the rule counts as open because a source is no address block. */
	readonly reach: Reach;
}

/** What is wrong with a rule; `invalid` says what a source is that counts as open because nobody can read it. */
export function exposureProblems(
	rule: PrioritisedRule,
	others: readonly PrioritisedRule[],
	ports: readonly number[],
	invalid: string,
): Judgement[] {
	const { opens, text, reach } = exposureOf(rule, others, ports);
	switch (opens) {
		case "no":
			return [];
		case "maybe":
			return [undetermined("it is not known yet who reaches which port", rule.path)];
		case "yes":
			return [fail(reach === "open" ? `the internet reaches ${text}` : invalid, rule.path)];
	}
}

/** Which of the ports a rule opens to the internet, but for what rules before it in its list close. */
function exposureOf(rule: PrioritisedRule, others: readonly PrioritisedRule[], ports: readonly number[]): Exposure {
	const reach = reachOf(rule.sources.blocks);
	const open: Tri = reach !== "limited" ? "yes" : rule.sources.complete ? "no" : "maybe";
	const admits = allOf(rule.inForce, rule.opens, open);
	if (admits === "no") {
		return { ...NO_PORT, reach };
	}
	const barriers = others.filter((other) => other !== rule && other.closes !== "no" && other.inForce !== "no");
	const exposed = ports.map((port) => ({ port, exposed: allOf(admits, exposedAt(rule, barriers, port)) }));
	return { ...summary(rule, exposed), reach };
}

function summary(rule: PrioritisedRule, exposed: readonly { port: number; exposed: Tri }[]): OpenedPorts {
	const certain = exposed.filter((each) => each.exposed === "yes").map(({ port }) => port);
	if (certain.length === 0) {
		return exposed.some((each) => each.exposed === "maybe") ? PORTS_NOT_KNOWN : NO_PORT;
	}
	const every =
		certain.length === exposed.length && rule.openings.some((opening) => openedPorts(opening, []).opens === "yes");
	return every ? EVERY_PORT : { opens: "yes", text: portsInWords(certain) };
}

function exposedAt(rule: PrioritisedRule, barriers: readonly PrioritisedRule[], port: number): Tri {
	const known = rule.openings.map((opening) => {
		const opens = openedPorts(opening, [port]).opens;
		return opens === "no" ? "no" : allOf(opens, notOf(stopped(rule, opening, barriers, port)));
	});
	return anyOf(...known, rule.openingsComplete ? "no" : "maybe");
}

/** Whether rules before this one together close the port to all of its sources. */
function stopped(rule: PrioritisedRule, opening: Opening, barriers: readonly PrioritisedRule[], port: number): Tri {
	const matching = barriers.map((barrier) => ({
		barrier,
		applies: allOf(
			sameList(barrier.list, rule.list),
			barrier.inForce,
			barrier.closes,
			precedes(barrier, rule),
			coversTargets(barrier, rule),
			closesPort(barrier, opening, port),
		),
	}));
	const certain = matching.filter(({ applies }) => applies === "yes").map(({ barrier }) => barrier);
	const possible = matching.filter(({ applies }) => applies !== "no").map(({ barrier }) => barrier);
	if (coversSources(certain, rule)) {
		return rule.sources.complete || coversAnywhere(certain) ? "yes" : "maybe";
	}
	return possible.some(({ sources }) => !sources.complete) || coversSources(possible, rule) ? "maybe" : "no";
}

function sameList(a: RuleList, b: RuleList): Tri {
	if (a.name.kind === "known" && b.name.kind === "known") {
		return a.name.value === b.name.value ? "yes" : "no";
	}
	if (a.urns.length === 0 || b.urns.length === 0) {
		return "maybe";
	}
	if (!a.urns.some((urn) => b.urns.includes(urn))) {
		return "no";
	}
	return a.urns.length === 1 && b.urns.length === 1 ? "yes" : "maybe";
}

function precedes(barrier: PrioritisedRule, rule: PrioritisedRule): Tri {
	if (barrier.priority.kind !== "known" || rule.priority.kind !== "known") {
		return "maybe";
	}
	const before = barrier.priority.value < rule.priority.value;
	return before || (barrier.closesTies && barrier.priority.value === rule.priority.value) ? "yes" : "no";
}

function coversTargets(barrier: PrioritisedRule, rule: PrioritisedRule): Tri {
	const [own, other] = [barrier.targets.key, rule.targets.key];
	return anyOf(
		barrier.targets.every,
		own === undefined || other === undefined ? "maybe" : own === other ? "yes" : "no",
	);
}

function closesPort(barrier: PrioritisedRule, opening: Opening, port: number): Tri {
	const known = barrier.openings.map((closed) =>
		allOf(coversProtocol(closed, opening), openedPorts(closed, [port]).opens),
	);
	return anyOf(...known, barrier.openingsComplete ? "no" : "maybe");
}

function coversProtocol(outer: Opening, inner: Opening): Tri {
	const [wide, narrow] = [protocolName(outer.protocol), protocolName(inner.protocol)];
	if (wide === "all") {
		return "yes";
	}
	return wide === undefined || narrow === undefined ? "maybe" : wide === narrow ? "yes" : "no";
}

function coversSources(barriers: readonly PrioritisedRule[], rule: PrioritisedRule): boolean {
	return barriers.length > 0 && holdsBlocks(blocksOf(barriers), rule.sources.blocks);
}

function coversAnywhere(barriers: readonly PrioritisedRule[]): boolean {
	return holdsBlocks(blocksOf(barriers), ANYWHERE);
}

function blocksOf(rules: readonly PrioritisedRule[]): string[] {
	return rules.flatMap(({ sources }) => sources.blocks);
}
