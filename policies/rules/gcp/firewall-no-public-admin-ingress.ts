import { z } from "zod";
import { groupBy, type ResourceNode } from "../../../lib/graph";
import { reachOf } from "../../addresses";
import { controlsOf } from "../../controls";
import { exposureProblems, type PrioritisedRule } from "../../ingress-exposure";
import { about, fail, notApplicable, problemsOr, undetermined } from "../../judging";
import { SENSITIVE_PORTS } from "../../opened-ports";
import { readList } from "../../reading";
import { defineRule, type Judgement } from "../../rule";
import { blocksIn } from "./firewall-entries";
import { POLICY_RULES, policyRulesOf, WHOLE_POLICIES } from "./firewall-policy-rules";
import { FIREWALL, firewallsOf } from "./network-firewalls";

const ADDRESS_GROUP = "gcp:networksecurity/addressGroup:AddressGroup";
const RULE_TYPES = [FIREWALL, ...POLICY_RULES, ...WHOLE_POLICIES];

const params = z.strictObject({
	/** Ports that the internet must never reach. */
	ports: z
		.array(z.number().int().min(0).max(65535))
		.min(1)
		.default([...SENSITIVE_PORTS]),
});
type Params = z.infer<typeof params>;

/**
 * G06: the internet reaches no port of administration or of a database. A rule of the same network or policy that
 * comes first and denies all that another allows counts. An address group of the program is judged where it is made,
 * since the rules that use it cannot see inside.
 */
export const firewallNoPublicAdminIngress = defineRule<Params>({
	id: "G06",
	name: "firewall-no-public-admin-ingress",
	title: "No Google Cloud firewall lets the internet reach SSH, RDP or databases",
	severity: "critical",
	level: "mandatory",
	blocksOnUndetermined: true,
	params,
	appliesTo: [...RULE_TYPES, ADDRESS_GROUP],
	controls: controlsOf({
		soc2Gcp: ["CC6.6", "CC6.7"],
		isoGcp: ["A.8.20"],
		ccm: ["IVS-03", "IVS-09"],
		cis: ["13.4", "4.4"],
	}),
	remedy: "name the source ranges, tags or service accounts that need the port",
	check: {
		kind: "graph",
		judge: (graph, given) => {
			const all = [...firewallsOf(graph), ...policyRulesOf(graph)];
			const byNode = groupBy(all, ({ node }) => node.urn);
			return [
				...graph
					.ofType(...RULE_TYPES)
					.flatMap((node) => about(node.urn, judgeNode(node, byNode.get(node.urn) ?? [], all, given))),
				...graph.ofType(ADDRESS_GROUP).flatMap((node) => about(node.urn, judgeGroup(node))),
			];
		},
	},
});

function judgeNode(
	node: ResourceNode,
	own: readonly PrioritisedRule[],
	all: readonly PrioritisedRule[],
	given: Params,
): readonly Judgement[] {
	const complete = !WHOLE_POLICIES.includes(node.type) || readList(node.inputs, "rules").complete;
	if (complete && own.length > 0 && own.every(({ inForce }) => inForce === "no")) {
		return [notApplicable("it is about egress, or is switched off")];
	}
	const problems = own.flatMap((rule) => exposureProblems(rule, all, given.ports, "a source is no address block"));
	if (!complete) {
		problems.push(undetermined("its rules are not all known yet", "rules"));
	}
	return problemsOr(problems, "the internet reaches no port of administration or of a database");
}

function judgeGroup(node: ResourceNode): readonly Judgement[] {
	const items = readList(node.inputs, "items");
	if (reachOf(blocksIn(items)) !== "limited") {
		return [fail("the address group holds the internet, or something that is no address block", "items")];
	}
	return items.complete
		? problemsOr([], "the address group is limited")
		: [undetermined("its items are not all known yet", "items")];
}
