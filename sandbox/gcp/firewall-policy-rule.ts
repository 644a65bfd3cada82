import { isCanonical, parseCidr } from "../../lib/cidr";
import { isUnknown } from "../../lib/values";
import { faultsOf, outside, type Refusal } from "../check/fault-table";
import { flag, isSet, list, number, text, texts } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, TypeModel } from "../model";
import { defineGcp } from "./define";
import { FIREWALL_POLICY } from "./firewall-policy";
import { globalId, lastStep } from "./names";
import { COMPUTE_API } from "./network";
import { limitOf } from "./quota";
import { named } from "./references";

const RULE = "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule";
/** Domains have no wildcard. Source: Cloud NGFW, "FQDN objects", form of names from general knowledge. */
const FQDN = /^(?=.{1,255}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const PROTOCOL = /^(tcp|udp|icmp|esp|ah|sctp|ipip|all|\d{1,3})$/;
const SIDES = [
	"Fqdns",
	"IpRanges",
	"RegionCodes",
	"ThreatIntelligences",
	"AddressGroups",
	"NetworkContext",
	"NetworkScope",
];

/** A rule of a network firewall policy. */
export const firewallPolicyRule: TypeModel = defineGcp({
	type: RULE,
	apis: COMPUTE_API,
	global: true,
	references: named("firewallPolicy", [FIREWALL_POLICY]),
	values: {
		action: ["allow", "deny", "goto_next", "apply_security_profile_group"],
		direction: ["INGRESS", "EGRESS"],
		targetType: ["INSTANCES", "INTERNAL_MANAGED_LB"],
	},
	check: (context) =>
		faultsOf([...ruleRows(context), ...sideRows(context), ...rangeRows(context), ...portRows(context)]),
	defaults: { disabled: false, enableLogging: false, targetType: "INSTANCES" },
	id: ({ inputs, scope }) =>
		`${globalId(scope, "firewallPolicies", lastStep(text(inputs, "firewallPolicy") ?? ""))}/${number(inputs, "priority")}`,
	computed: (context) => ({ creationTimestamp: context.now, kind: "compute#firewallPolicyRule", ruleTupleCount: 2 }),
});

/** Priorities: 0 to 2,147,483,547, each once in a policy. Source: Cloud NGFW, "Firewall policy rules", read 2026-11-28. */
function ruleRows(context: CheckContext): Refusal[] {
	const { inputs, world } = context;
	const priority = number(inputs, "priority");
	const policy = lastStep(text(inputs, "firewallPolicy") ?? "");
	const twin = world
		.find([RULE], "priority", priority ?? -1)
		.find((other) => !isSelf(other, context) && lastStep(text(other.outputs, "firewallPolicy") ?? "") === policy);
	return [
		outside(priority, "priority", { min: 0, max: 2_147_483_547, unit: "(lower is judged first)" }),
		{
			when: policy !== "" && twin !== undefined,
			property: "priority",
			reason: `must be unique within the policy, but ${priority} is taken by ${twin?.id || twin?.urn}; choose another`,
		},
		{
			when: flag(inputs, "enableLogging") === true && text(inputs, "action") === "goto_next",
			property: "enableLogging",
			reason: "cannot be given for action goto_next; remove it",
		},
		{
			when:
				Array.isArray(list(inputs, "match.layer4Configs")) &&
				list(inputs, "match.layer4Configs").length === 0 &&
				!isUnknown(inputs.match),
			property: "match.layer4Configs",
			reason: 'must name at least one protocol; ipProtocol "all" means every one',
		},
	];
}

/** What comes in is matched by its source, what goes out by its destination, which a rule must name. */
function sideRows({ inputs }: CheckContext): Refusal[] {
	const egress = text(inputs, "direction") === "EGRESS";
	const ingress = text(inputs, "direction") === "INGRESS";
	const given = (side: "src" | "dest") =>
		SIDES.map((name) => `match.${side}${name}`).filter((path) => isSet(inputs, path));
	const foreign = egress
		? given("src").filter((path) => path !== "match.srcIpRanges")
		: given("dest").filter((path) => path !== "match.destIpRanges");
	return [
		{
			when: (egress || ingress) && foreign.length > 0,
			property: foreign[0] ?? "",
			reason: `cannot be given for direction ${text(inputs, "direction")}; name the other side`,
		},
		{
			when: egress && given("dest").length === 0,
			property: "match.destIpRanges",
			reason: "one destination is needed for direction EGRESS; 0.0.0.0/0 means all",
		},
	];
}

function rangeRows({ inputs }: CheckContext): Refusal[] {
	const domains = texts(inputs, "match.destFqdns");
	const wild = domains.find((domain) => !FQDN.test(domain));
	const ranges = ["src", "dest"].flatMap((side) => texts(inputs, `match.${side}IpRanges`));
	const wrong = ranges.find((range) => {
		const block = parseCidr(range);
		return block === undefined || !isCanonical(block);
	});
	const most = limitOf("domainsPerFirewallRule");
	return [
		{
			when: wild !== undefined,
			property: "match.destFqdns",
			reason: `must be whole names such as example.com, without wildcards, but ${JSON.stringify(wild)} was given`,
		},
		{
			when: domains.length > most,
			property: "match.destFqdns",
			reason: `must be at most ${most} names, but ${domains.length} were given; make a second rule`,
		},
		{
			when: wrong !== undefined,
			property: "match.destIpRanges",
			reason: `must be ranges such as 10.0.0.0/8, but ${JSON.stringify(wrong)} was given`,
		},
	];
}

function portRows({ inputs }: CheckContext): Refusal[] {
	return list(inputs, "match.layer4Configs").flatMap((config, i) => {
		const protocol = text(config, "ipProtocol");
		return [
			{
				when: protocol !== undefined && !PROTOCOL.test(protocol),
				property: `match.layer4Configs[${i}].ipProtocol`,
				reason: `must be tcp, udp, icmp, esp, ah, sctp, ipip, all or a number, but ${JSON.stringify(protocol)} was given`,
			},
			{
				when: list(config, "ports").length > 0 && !/^(tcp|udp|sctp|6|17|132)$/.test(protocol ?? "tcp"),
				property: `match.layer4Configs[${i}].ports`,
				reason: `go with tcp, udp and sctp only, but the protocol is ${protocol}; remove them`,
			},
		];
	});
}
