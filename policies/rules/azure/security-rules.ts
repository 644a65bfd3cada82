import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import type { Value } from "../../../lib/values";
import { asBlock } from "../../addresses";
import { ANYWHERE, type PrioritisedRule, type RuleList } from "../../ingress-exposure";
import { type Opening, portRangeOf } from "../../opened-ports";
import { type ListReading, type Reading, readList, readNumber, readText } from "../../reading";
import { isOneOf } from "../../settings";
import { allOf, notOf, type Tri } from "../../tri";
import { azureSources, ofAzureType } from "./versioned-types";

/** A network security group, with rules inside it. */
export const GROUP = "azure-native:network:NetworkSecurityGroup";
/** A rule as a resource of its own. */
export const RULE = "azure-native:network:SecurityRule";

/** All that a text may be that stands for the internet; `Any` is how the portal writes `*`. */
const EVERYONE = ["*", "any", "internet"];
/** Addresses that any customer of Azure can rent, also as `AzureCloud.westeurope`. */
const RENTED = /^azurecloud(\.|$)/i;
/** A service tag: a network of the customer, or one service of Azure. */
const TAG = /^[a-z][a-z0-9]*(\.[a-z0-9-]+)*$/i;

/** Every rule of the program's network security groups, inline and separate. */
export function securityRulesOf(graph: ResourceGraph): PrioritisedRule[] {
	const inline = ofAzureType(graph, GROUP).flatMap((group) => {
		const list = { name: groupName(group, "networkSecurityGroupName"), urns: [group.urn] };
		return readList(group.inputs, "securityRules").items.map(({ path, value }) => ruleOf(group, path, value, list));
	});
	const separate = ofAzureType(graph, RULE).map((node) => {
		const sources = azureSources(graph, node, "networkSecurityGroupName", GROUP);
		const list = { name: groupName(node, "networkSecurityGroupName"), urns: sources.map(({ urn }) => urn) };
		return ruleOf(node, "", node.inputs, list);
	});
	return [...inline, ...separate];
}

/** Group names are unique within a resource group, in any case. */
function groupName({ inputs }: ResourceNode, path: string): Reading<string> {
	const [group, name] = [readText(inputs, "resourceGroupName"), readText(inputs, path)];
	return group.kind === "known" && name.kind === "known"
		? { kind: "known", value: `${group.value}/${name.value}`.toLowerCase() }
		: { kind: "unknown" };
}

function ruleOf(node: ResourceNode, path: string, value: Value, list: RuleList): PrioritisedRule {
	const denies = isOneOf(value, "access", ["Deny"]);
	const priority = readNumber(value, "priority");
	return {
		node,
		path,
		list,
		inForce: notOf(isOneOf(value, "direction", ["Outbound"])),
		opens: notOf(denies),
		closes: allOf(denies, everySourcePort(value)),
		priority,
		closesTies: false,
		sources: sourcesOf(value, denies),
		openings: [openingOf(value)],
		openingsComplete: true,
		targets: targetsOf(value),
	};
}

/** A denial of some source ports only closes nothing: the caller chooses its port. */
function everySourcePort(value: Value): Tri {
	const ports = both(value, "sourcePortRange", "sourcePortRanges");
	if (ports.texts.includes("*") || ports.texts.includes("0-65535")) {
		return "yes";
	}
	return ports.texts.length === 0 && ports.complete ? "yes" : ports.complete ? "no" : "maybe";
}

function openingOf(value: Value): Opening {
	const ports = both(value, "destinationPortRange", "destinationPortRanges");
	const texts = ports.texts.length === 0 && ports.complete ? ["*"] : ports.texts;
	return { protocol: readText(value, "protocol"), ranges: texts.map(portRangeOf), complete: ports.complete };
}

/** Sources as address blocks; a rule that names neither addresses nor application groups is open to everyone. */
function sourcesOf(value: Value, denies: Tri): PrioritisedRule["sources"] {
	const { texts, complete } = both(value, "sourceAddressPrefix", "sourceAddressPrefixes");
	const groups = readList(value, "sourceApplicationSecurityGroups");
	if (texts.length === 0 && complete && groups.items.length === 0 && groups.complete) {
		return { blocks: ANYWHERE, complete };
	}
	return { blocks: texts.flatMap((text) => blocksOf(text, denies)), complete };
}

function blocksOf(text: string, denies: Tri): readonly string[] {
	const name = text.trim();
	if (EVERYONE.includes(name.toLowerCase())) {
		return ANYWHERE;
	}
	if (RENTED.test(name)) {
		return denies !== "yes" ? ANYWHERE : [];
	}
	return TAG.test(name) ? [] : [asBlock(name)];
}

function targetsOf(value: Value): PrioritisedRule["targets"] {
	const { texts, complete } = both(value, "destinationAddressPrefix", "destinationAddressPrefixes");
	const groups = readList(value, "destinationApplicationSecurityGroups");
	const ids = groups.items.map((item) => readText(item.value, "id"));
	const known = complete && groups.complete && ids.every(({ kind }) => kind === "known");
	const wide = texts.some((text) => EVERYONE.slice(0, 2).includes(text.trim().toLowerCase()));
	if (wide || (known && texts.length === 0 && ids.length === 0)) {
		return { every: "yes", key: "every" };
	}
	const names = [...texts, ...ids.map((id) => (id.kind === "known" ? id.value : ""))].map((name) => name.toLowerCase());
	return { every: known ? "no" : "maybe", ...(known ? { key: JSON.stringify(names.sort()) } : {}) };
}

/** The texts of a property that has a form for one value and a form for several. */
function both(value: Value, one: string, several: string): { readonly texts: string[]; readonly complete: boolean } {
	const lists = [readList(value, one), readList(value, several)];
	return { texts: lists.flatMap(textsIn), complete: lists.every((list) => list.complete) };
}

/** What is no text stays as something that names nothing; the empty text says nothing. */
function textsIn(list: ListReading): string[] {
	return list.items
		.map(({ value }) =>
			typeof value === "string" ? value.trim() : typeof value === "number" ? String(value) : "not text",
		)
		.filter((text) => text !== "");
}
