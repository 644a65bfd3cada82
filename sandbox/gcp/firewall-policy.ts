import { faultsOf } from "../check/fault-table";
import { text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, TypeModel } from "../model";
import { defineGcp } from "./define";
import { computeLink, globalId, lastStep, rfc1035 } from "./names";
import { COMPUTE_API, rdmaZoneOf } from "./network";
import { NETWORK, networkNamed } from "./ranges";
import { named } from "./references";

/** Type of a network firewall policy that holds in every region. */
export const FIREWALL_POLICY = "gcp:compute/networkFirewallPolicy:NetworkFirewallPolicy";
const ASSOCIATION = "gcp:compute/networkFirewallPolicyAssociation:NetworkFirewallPolicyAssociation";

/** A list of rules for the networks that it is joined to. */
export const firewallPolicy: TypeModel = defineGcp({
	type: FIREWALL_POLICY,
	apis: COMPUTE_API,
	global: true,
	name: rfc1035("account"),
	defaults: { policyType: "VPC_POLICY" },
	id: ({ inputs, scope }) => globalId(scope, "firewallPolicies", text(inputs, "name") ?? ""),
	computed: (context, id) => {
		const number = context.digits(12);
		return {
			creationTimestamp: context.now,
			fingerprint: context.hex(10),
			networkFirewallPolicyId: number,
			ruleTupleCount: 0,
			selfLink: computeLink(id),
			selfLinkWithId: computeLink(globalId(context.scope, "firewallPolicies", number)),
		};
	},
});

/** Joins a policy to a network, which takes one policy of this kind. */
export const firewallPolicyAssociation: TypeModel = defineGcp({
	type: ASSOCIATION,
	apis: COMPUTE_API,
	global: true,
	name: rfc1035("none"),
	references: [...named("firewallPolicy", [FIREWALL_POLICY]), ...named("attachmentTarget", [NETWORK])],
	check: associationFaults,
	id: ({ inputs, scope }) =>
		`${globalId(scope, "firewallPolicies", lastStep(text(inputs, "firewallPolicy") ?? ""))}/associations/${text(inputs, "name")}`,
	computed: ({ inputs }) => ({ shortName: lastStep(text(inputs, "firewallPolicy") ?? "") }),
});

function associationFaults(context: CheckContext): Fault[] {
	const { inputs, scope, world } = context;
	const network = networkNamed(context, text(inputs, "attachmentTarget"));
	const twin = world
		.list(ASSOCIATION, scope)
		.filter((other) => !isSelf(other, context) && network !== undefined)
		.find(({ outputs }) => networkNamed(context, text(outputs, "attachmentTarget"))?.urn === network?.urn);
	return faultsOf([
		{
			when: twin !== undefined,
			property: "attachmentTarget",
			reason: `has a policy already by ${twin?.id || twin?.urn}; a network takes one`,
		},
		{
			when: rdmaZoneOf(network) !== undefined,
			property: "attachmentTarget",
			reason: "a network with an RDMA profile takes policies of its own type only; leave it out",
		},
	]);
}
