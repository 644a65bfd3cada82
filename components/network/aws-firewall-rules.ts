import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Rules of one group, with the stable part of its names. */
interface RuleSet {
	readonly key: string;
	/** What the group may grow to; AWS fixes it for the group's life, and gives a policy 30,000 in all. */
	readonly capacity: number;
	readonly ruleGroup: aws.types.input.networkfirewall.RuleGroupRuleGroup;
}

const strict = { ruleOrder: "STRICT_ORDER" };

/**
 * Lets connections through whose server name (TLS) or host (HTTP) is listed. Source: AWS Network Firewall developer guide,
 * "Stateful domain list rule groups", read 2026-11-28.
 */
export function passListed(domains: readonly string[], addresses: string): RuleSet {
	return {
		key: "egress-domains",
		capacity: 2_000,
		ruleGroup: {
			statefulRuleOptions: strict,
			ruleVariables: { ipSets: [{ key: "HOME_NET", ipSet: { definitions: [addresses] } }] },
			rulesSource: {
				rulesSourceList: {
					generatedRulesType: "ALLOWLIST",
					targetTypes: ["TLS_SNI", "HTTP_HOST"],
					targets: [...domains],
				},
			},
		},
	};
}

/**
 * Drops what has no domain to judge by. The policy's own default drops established connections alone, so that a TCP
 * handshake may end before the name is known; a question and answer over UDP would pass under it.
 */
export const dropOtherProtocols: RuleSet = {
	key: "egress-protocols",
	capacity: 100,
	ruleGroup: {
		statefulRuleOptions: strict,
		rulesSource: {
			statefulRules: ["UDP", "ICMP"].map((protocol, i) => ({
				action: "DROP",
				header: {
					protocol,
					source: "ANY",
					sourcePort: "ANY",
					direction: "ANY",
					destination: "ANY",
					destinationPort: "ANY",
				},
				ruleOptions: [{ keyword: "sid", settings: [String(i + 1)] }],
			})),
		},
	},
};

/** A policy that asks the groups in their order and drops, with an alert, what none lets through. */
export function policyOf(
	groups: readonly pulumi.Output<string>[],
): aws.types.input.networkfirewall.FirewallPolicyFirewallPolicy {
	return {
		statelessDefaultActions: ["aws:forward_to_sfe"],
		statelessFragmentDefaultActions: ["aws:forward_to_sfe"],
		statefulEngineOptions: { ...strict, streamExceptionPolicy: "DROP" },
		statefulDefaultActions: ["aws:drop_established", "aws:alert_established"],
		statefulRuleGroupReferences: groups.map((resourceArn, i) => ({ resourceArn, priority: i + 1 })),
	};
}
