import { faultsOf, type Refusal } from "../check/fault-table";
import { list, number, text, texts } from "../check/inputs";
import type { CheckContext, Fault, TypeModel } from "../model";
import { defineAws } from "./define";
import { arn } from "./names";
import {
	encryptionFaults,
	firewallEncryption,
	firewallKey,
	firewallName,
	firewallOutputs,
	RULE_GROUP,
} from "./network-firewall-rules";

/** Type of firewall policies. */
export const FIREWALL_POLICY = "aws:networkfirewall/firewallPolicy:FirewallPolicy";

const POLICY = "firewallPolicy";
const REFERENCES = `${POLICY}.statefulRuleGroupReferences`;
const FORWARDS = ["aws:pass", "aws:drop", "aws:forward_to_sfe"];
const DROPS = ["aws:drop_strict", "aws:drop_established", "aws:drop_established_app_layer"];
const ALERTS = ["aws:alert_strict", "aws:alert_established", "aws:alert_established_app_layer"];

/** What a firewall does with traffic: default actions, and rule groups in an order. It keeps its groups from deletion. */
export const firewallPolicy: TypeModel = defineAws({
	type: FIREWALL_POLICY,
	name: firewallName,
	references: [{ path: `${REFERENCES}[].resourceArn`, to: [RULE_GROUP], by: "arn", only: /:\d{12}:/ }, firewallKey],
	values: {
		[`${POLICY}.statefulEngineOptions.ruleOrder`]: ["DEFAULT_ACTION_ORDER", "STRICT_ORDER"],
		[`${POLICY}.statefulEngineOptions.streamExceptionPolicy`]: ["DROP", "CONTINUE", "REJECT"],
		[`${POLICY}.statefulDefaultActions[]`]: [...DROPS, ...ALERTS],
		...firewallEncryption,
	},
	check: (context) => [...encryptionFaults(context), ...policyFaults(context)],
	id: ({ inputs, scope }) => arn(scope, "network-firewall", `firewall-policy/${text(inputs, "name")}`),
	computed: firewallOutputs,
});

function policyFaults(context: CheckContext): Fault[] {
	const { inputs } = context;
	const strict = text(inputs, `${POLICY}.statefulEngineOptions.ruleOrder`) === "STRICT_ORDER";
	const references = list(inputs, REFERENCES);
	const priorities = references.flatMap((reference) => number(reference, "priority") ?? []);
	const actions = texts(inputs, `${POLICY}.statefulDefaultActions`);
	const drops = actions.filter((action) => DROPS.includes(action)).length;
	return faultsOf([
		...["statelessDefaultActions", "statelessFragmentDefaultActions"].map((path) => forwardRow(context, path)),
		{
			when: strict && priorities.length < references.length,
			property: REFERENCES,
			reason: "need a priority each where ruleOrder is STRICT_ORDER",
		},
		{
			when: new Set(priorities).size < priorities.length,
			property: REFERENCES,
			reason: `must have different priorities, but ${priorities.join(", ")} were given`,
		},
		{
			when: !strict && priorities.length > 0,
			property: REFERENCES,
			reason: "take a priority only where ruleOrder is STRICT_ORDER; remove it",
		},
		{
			when: !strict && actions.length > 0,
			property: `${POLICY}.statefulDefaultActions`,
			reason: "can be given where ruleOrder is STRICT_ORDER only",
		},
		{
			when: drops > 1,
			property: `${POLICY}.statefulDefaultActions`,
			reason: `takes at most one of ${DROPS.join(", ")}, but ${drops} were given`,
		},
		...orderRows(context, strict),
	]);
}

/** The stateless engine must decide: pass, drop, or hand over to the stateful one. */
function forwardRow({ inputs }: CheckContext, path: string): Refusal {
	const actions = list(inputs, `${POLICY}.${path}`);
	const found = texts(inputs, `${POLICY}.${path}`).filter((action) => FORWARDS.includes(action)).length;
	return {
		when: actions.length > 0 && found !== 1,
		property: `${POLICY}.${path}`,
		reason: `must hold exactly one of ${FORWARDS.join(", ")}, but ${found} were given`,
	};
}

/** Groups are written for one order of evaluation. */
function orderRows({ inputs, world }: CheckContext, strict: boolean): Refusal[] {
	return list(inputs, REFERENCES).map((reference, i) => {
		const [group] = world.find([RULE_GROUP], "arn", text(reference, "resourceArn") ?? "");
		const order = text(group?.outputs, "ruleGroup.statefulRuleOptions.ruleOrder") ?? "DEFAULT_ACTION_ORDER";
		return {
			when: group !== undefined && (order === "STRICT_ORDER") !== strict,
			property: `${REFERENCES}[${i}].resourceArn`,
			reason: `must have the policy's rule order, but the group's is ${order}; set statefulRuleOptions.ruleOrder there`,
		};
	});
}
