import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import type { Value } from "../../../lib/values";
import { ANYWHERE, type PrioritisedRule, type RuleList } from "../../ingress-exposure";
import { readList, readNumber, readText } from "../../reading";
import { isOff, isOneOf } from "../../settings";
import { allOf, anyOf, notOf, type Tri } from "../../tri";
import { blocksIn, lastPart, openingsOf, targetsIn } from "./firewall-entries";

/** Rules of firewall policies as resources of their own. */
export const POLICY_RULES: readonly string[] = [
	"gcp:compute/firewallPolicyRule:FirewallPolicyRule",
	"gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule",
	"gcp:compute/regionNetworkFirewallPolicyRule:RegionNetworkFirewallPolicyRule",
];
/** Firewall policies that hold all their rules. */
export const WHOLE_POLICIES: readonly string[] = [
	"gcp:compute/firewallPolicyWithRules:FirewallPolicyWithRules",
	"gcp:compute/networkFirewallPolicyWithRules:NetworkFirewallPolicyWithRules",
	"gcp:compute/regionNetworkFirewallPolicyWithRules:RegionNetworkFirewallPolicyWithRules",
];

/** What leaves the rules behind it unread; the provider writes `goto_next` in two ways. */
const CLOSING = ["deny", "goto_next", "gotoNext"];
/** Networks that are not the internet. */
const INSIDE = ["NON_INTERNET", "VPC_NETWORKS", "INTRA_VPC"];
const TARGETS = [
	"targetResources",
	"targetServiceAccounts",
	"targetSecureTags",
	"targetForwardingRules",
	"match.destIpRanges",
	"match.destAddressGroups",
	"match.destFqdns",
	"match.destRegionCodes",
	"match.destThreatIntelligences",
	"match.destNetworkContext",
	"match.destNetworkScope",
];
/** Sources that name networks or machines; address groups are judged where they are made. */
const NAMED_SOURCES = ["match.srcAddressGroups", "match.srcFqdns", "match.srcSecureTags", "match.srcNetworks"];
/** Sources that name a country's addresses, or lists that others keep: the internet, as far as anyone can tell. */
const WIDE_SOURCES = ["match.srcRegionCodes", "match.srcThreatIntelligences"];

/** Every rule of the program's firewall policies. */
export function policyRulesOf(graph: ResourceGraph): PrioritisedRule[] {
	const separate = graph.ofType(...POLICY_RULES).map((node) => ruleOf(node, "", node.inputs, listOf(graph, node)));
	const inline = graph.ofType(...WHOLE_POLICIES).flatMap((node) => {
		const list: RuleList = { name: { kind: "unknown" }, urns: [node.urn] };
		return readList(node.inputs, "rules").items.map(({ path, value }) => ruleOf(node, path, value, list));
	});
	return [...separate, ...inline];
}

/** Policies of different kinds and regions may have one name. */
function listOf(graph: ResourceGraph, node: ResourceNode): RuleList {
	const name = lastPart(readText(node.inputs, "firewallPolicy"));
	const region = readText(node.inputs, "region");
	const where = [node.type, region.kind === "known" ? region.value : ""].join("/");
	return {
		name: name.kind === "known" ? { kind: "known", value: `${where}/${name.value}` } : name,
		urns: graph.sourcesOf(node, "firewallPolicy").map(({ urn }) => urn),
	};
}

function ruleOf(node: ResourceNode, path: string, value: Value, list: RuleList): PrioritisedRule {
	const closes = isOneOf(value, "action", CLOSING);
	const layers = readList(value, "match.layer4Configs");
	const unsaid = layers.items.length === 0 && layers.complete;
	return {
		node,
		path,
		list,
		inForce: allOf(notOf(isOneOf(value, "direction", ["EGRESS"])), isOff(value, "disabled", "yes")),
		opens: notOf(closes),
		closes,
		priority: readNumber(value, "priority"),
		closesTies: false,
		sources: sourcesOf(value, closes),
		openings: unsaid
			? openingsOf({ ...layers, items: [{ path, value: {} }] }, "ipProtocol")
			: openingsOf(layers, "ipProtocol"),
		openingsComplete: layers.complete,
		targets: targetsIn(value, TARGETS),
	};
}

/**
 * Each kind of source admits by itself, and a network context narrows them all
 * (https://docs.cloud.google.com/firewall/docs/understand-network-contexts). A closing rule counts by its address
 * ranges only; a rule without any source is about everyone.
 */
function sourcesOf(value: Value, closes: Tri): PrioritisedRule["sources"] {
	const inside = anyOf(isInside(value, "match.srcNetworkContext"), isInside(value, "match.srcNetworkScope"));
	if (inside !== "no") {
		return { blocks: [], complete: inside === "yes" };
	}
	const ranges = readList(value, "match.srcIpRanges");
	const wide = WIDE_SOURCES.map((path) => readList(value, path));
	const all = [ranges, ...wide, ...NAMED_SOURCES.map((path) => readList(value, path))];
	const says = all.some(({ items }) => items.length > 0);
	if (
		(closes !== "yes" && wide.some(({ items }) => items.length > 0)) ||
		(!says && all.every(({ complete }) => complete))
	) {
		return { blocks: ANYWHERE, complete: true };
	}
	return { blocks: blocksIn(ranges), complete: says && [ranges, ...wide].every(({ complete }) => complete) };
}

function isInside(value: Value, path: string): Tri {
	return isOneOf(value, path, INSIDE);
}
