import type * as azure from "@pulumi/azure-native";
import { aksDomainTag, patches } from "../../catalogue/azure/egress";
import type { EgressGroup } from "../../catalogue/egress";

type Collection = azure.types.input.network.FirewallPolicyFilterRuleCollectionArgs;
type Protocols = azure.types.input.network.FirewallPolicyRuleApplicationProtocolArgs[];

export interface FirewallRulesArgs {
	/** Addresses of the nodes, whose pods go out by them. */
	readonly nodes: string;
	readonly groups: readonly EgressGroup[];
	/** What the specification adds, as `example.com` or `.example.com`. */
	readonly domains: readonly string[];
}

/**
 * What nodes and pods may reach, and nothing else: domains alone, because AKS's tunnel to its control plane is TLS to a
 * domain of the tag, and nodes take their time from their host. Source: Microsoft Learn, "Outbound network and FQDN rules
 * for AKS clusters", read 2026-11-28.
 */
export function firewallCollections({ domains, groups, nodes }: FirewallRulesArgs): Collection[] {
	const named = groups.map((group, i) => rule(`platform-${i + 1}`, nodes, { targetFqdns: group.domains.map(fqdn) }));
	const added = domains.length > 0 ? [rule("added", nodes, { targetFqdns: domains.map(fqdn) })] : [];
	return [
		{
			name: "allowed-domains",
			priority: 200,
			ruleCollectionType: "FirewallPolicyFilterRuleCollection",
			action: { type: "Allow" },
			rules: [
				rule("aks", nodes, { fqdnTags: [aksDomainTag] }, [...https, ...http]),
				rule("patches", nodes, { targetFqdns: patches.domains.map(fqdn) }, http),
				...named,
				...added,
			],
		},
	];
}

const https: Protocols = [{ protocolType: "Https", port: 443 }];
const http: Protocols = [{ protocolType: "Http", port: 80 }];

function rule(
	name: string,
	nodes: string,
	targets: Pick<azure.types.input.network.ApplicationRuleArgs, "fqdnTags" | "targetFqdns">,
	protocols = https,
): azure.types.input.network.ApplicationRuleArgs {
	return { name, ruleType: "ApplicationRule", sourceAddresses: [nodes], protocols, ...targets };
}

/** A domain as the firewall writes it: a star stands for every name under it. */
function fqdn(domain: string): string {
	return domain.startsWith(".") ? `*${domain}` : domain;
}
