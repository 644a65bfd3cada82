import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { type Value, valuesAt } from "../../../lib/values";
import { comesFrom, flagAt, isAnyAddress, textAt } from "../../counting";
import type { TrafficDirection } from "./network";

const ASSOCIATION = "gcp:compute/networkFirewallPolicyAssociation:NetworkFirewallPolicyAssociation";
const RULE = "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule";
const POLICY = "gcp:compute/networkFirewallPolicy:NetworkFirewallPolicy";

/** True where a policy that is joined to the network has a rule that refuses everything that leaves it. */
export function policyRefusesEgress(graph: ResourceGraph, network: ResourceNode): boolean {
	const policies = graph
		.ofType(ASSOCIATION)
		.filter((association) => comesFrom(graph, association, { property: "attachmentTarget", source: network }))
		.flatMap((association) => graph.sourcesOf(association, "firewallPolicy", POLICY));
	return graph
		.ofType(RULE)
		.filter(({ inputs }) => textAt(inputs, "action") === "deny" && isWhole(inputs, "egress"))
		.some((rule) => policies.some((policy) => comesFrom(graph, rule, { property: "firewallPolicy", source: policy })));
}

/** Rules of policies that let any address through; inwards all but HTTPS. */
export function openPolicyRules(graph: ResourceGraph, direction: TrafficDirection): ResourceNode[] {
	return graph
		.ofType(RULE)
		.filter(({ inputs }) => textAt(inputs, "action") === "allow" && isAnywhere(inputs, direction))
		.filter(({ inputs }) => direction === "egress" || !valuesAt(inputs, "match.layer4Configs[]").every(isHttps));
}

/** For every machine and every protocol. */
function isWhole(inputs: Value, direction: TrafficDirection): boolean {
	const targets = [...valuesAt(inputs, "targetSecureTags[]"), ...valuesAt(inputs, "targetServiceAccounts[]")];
	const all = valuesAt(inputs, "match.layer4Configs[]").some(({ value }) => textAt(value, "ipProtocol") === "all");
	return targets.length === 0 && all && isAnywhere(inputs, direction);
}

function isAnywhere(inputs: Value, direction: TrafficDirection): boolean {
	const side = direction === "ingress" ? "match.srcIpRanges[]" : "match.destIpRanges[]";
	const isOurs = textAt(inputs, "direction")?.toLowerCase() === direction && flagAt(inputs, "disabled") !== true;
	return isOurs && valuesAt(inputs, side).some(({ value }) => isAnyAddress(value));
}

function isHttps({ value }: { readonly value: Value }): boolean {
	const ports = valuesAt(value, "ports[]").map((port) => String(port.value));
	return textAt(value, "ipProtocol") === "tcp" && ports.length > 0 && ports.every((port) => port === "443");
}
