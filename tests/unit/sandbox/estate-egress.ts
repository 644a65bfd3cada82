import type { Properties } from "../../../lib/values";
import type { SandboxObject } from "../../../sandbox/model";

type Add = (name: string, type: string, inputs: Properties) => void;
type Of = (name: string) => SandboxObject;

/** A firewall over two zones that lets listed domains through, with the route to one of its endpoints. */
export function egress(add: Add, of: Of): void {
	const arn = (name: string): string => String(of(name).outputs.arn);
	add("ruleGroup", "aws:networkfirewall/ruleGroup:RuleGroup", {
		name: "domains",
		type: "STATEFUL",
		capacity: 10,
		ruleGroup: {
			statefulRuleOptions: { ruleOrder: "STRICT_ORDER" },
			rulesSource: {
				rulesSourceList: {
					generatedRulesType: "ALLOWLIST",
					targetTypes: ["TLS_SNI", "HTTP_HOST"],
					targets: ["example.com", ".example.org"],
				},
			},
		},
	});
	add("firewallPolicy", "aws:networkfirewall/firewallPolicy:FirewallPolicy", {
		name: "egress",
		firewallPolicy: {
			statelessDefaultActions: ["aws:forward_to_sfe"],
			statelessFragmentDefaultActions: ["aws:forward_to_sfe"],
			statefulEngineOptions: { ruleOrder: "STRICT_ORDER" },
			statefulDefaultActions: ["aws:drop_established_app_layer", "aws:alert_established_app_layer"],
			statefulRuleGroupReferences: [{ resourceArn: arn("ruleGroup"), priority: 1 }],
		},
	});
	add("firewall", "aws:networkfirewall/firewall:Firewall", {
		name: "egress",
		firewallPolicyArn: arn("firewallPolicy"),
		vpcId: of("vpc").id,
		subnetMappings: [{ subnetId: of("subnetA").id }, { subnetId: of("subnetB").id }],
		encryptionConfiguration: { type: "CUSTOMER_KMS", keyId: arn("key") },
	});
	add("firewallLogging", "aws:networkfirewall/loggingConfiguration:LoggingConfiguration", {
		firewallArn: arn("firewall"),
		loggingConfiguration: {
			logDestinationConfigs: [
				{ logType: "ALERT", logDestinationType: "CloudWatchLogs", logDestination: { logGroup: "/meridian/flows" } },
			],
		},
	});
}
