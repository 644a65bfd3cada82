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
 * Drops what has no domain to judge by: other protocols than TCP, other ports than those of HTTP and TLS, and what is
 * neither HTTP nor TLS on them. The policy's own default drops connections alone whose application it has recognised.
 */
const rulesWithoutDomain = [
	'drop udp any any -> any any (msg:"UDP has no domain"; sid:1; rev:1;)',
	'drop icmp any any -> any any (msg:"ICMP has no domain"; sid:2; rev:1;)',
	'drop tcp any any -> any ![80,443] (msg:"port without domains"; flow:to_server; sid:3; rev:1;)',
	'drop tcp any any -> any [80,443] (msg:"neither HTTP nor TLS"; flow:established,to_server; app-layer-protocol:failed; sid:4; rev:1;)',
] as const;

export const dropWithoutDomain: RuleSet = {
	key: "egress-protocols",
	capacity: 100,
	ruleGroup: {
		statefulRuleOptions: strict,
		rulesSource: { rulesString: rulesWithoutDomain.join("\n") },
	},
};

/**
 * A policy that asks the groups in their order and drops, with an alert, what none lets through. It waits for the
 * application's first whole message: a hello of today's TLS clients comes in two parts, the first without a name, and a
 * default that drops it there cuts everybody off. Source: aws/amazon-vpc-cni-k8s issue 3311 and AWS Network Firewall
 * developer guide, "Strict evaluation order" (application layer drop established), read 2026-11-28.
 */
export function policyOf(
	groups: readonly pulumi.Output<string>[],
): aws.types.input.networkfirewall.FirewallPolicyFirewallPolicy {
	return {
		statelessDefaultActions: ["aws:forward_to_sfe"],
		statelessFragmentDefaultActions: ["aws:forward_to_sfe"],
		statefulEngineOptions: { ...strict, streamExceptionPolicy: "REJECT" },
		statefulDefaultActions: ["aws:drop_established_app_layer", "aws:alert_established_app_layer"],
		statefulRuleGroupReferences: groups.map((resourceArn, i) => ({ resourceArn, priority: i + 1 })),
	};
}
