import { faultsOf, outside } from "../check/fault-table";
import { flag, isAbsent, isSet, number, text } from "../check/inputs";
import type { CheckContext, Fault, SandboxObject, TypeModel } from "../model";
import { defineGcp } from "./define";
import { computeLink, globalId, lastStep, rfc1035 } from "./names";
import { NETWORK } from "./ranges";

/** Services that networks need. */
export const COMPUTE_API = ["compute.googleapis.com"];

const PROFILE =
	/^(https:\/\/www\.googleapis\.com\/compute\/v1\/)?(projects\/[^/]+\/)?global\/networkProfiles\/[a-z0-9-]+$/;
const RDMA = /^([a-z]+-[a-z]+\d+-[a-z])-vpc-(roce|roce-metal|falcon)$/;

/** The zone of a network with an RDMA profile (`<zone>-vpc-roce`); undefined for every other network. */
export function rdmaZoneOf(network: SandboxObject | undefined): string | undefined {
	return RDMA.exec(lastStep(text(network?.outputs, "networkProfile") ?? ""))?.[1];
}

/** A VPC network. It goes away only when its subnets, routers, firewall rules and addresses are gone. */
export const network: TypeModel = defineGcp({
	type: NETWORK,
	apis: COMPUTE_API,
	global: true,
	name: rfc1035("account"),
	values: {
		bgpBestPathSelectionMode: ["LEGACY", "STANDARD"],
		networkFirewallPolicyEnforcementOrder: ["BEFORE_CLASSIC_FIREWALL", "AFTER_CLASSIC_FIREWALL"],
		routingMode: ["REGIONAL", "GLOBAL"],
	},
	check: networkFaults,
	defaults: {
		autoCreateSubnetworks: true,
		deleteDefaultRoutesOnCreate: false,
		enableUlaInternalIpv6: false,
		bgpAlwaysCompareMed: false,
		bgpBestPathSelectionMode: "LEGACY",
		bgpInterRegionCost: "",
		internalIpv6Range: "",
		networkFirewallPolicyEnforcementOrder: "AFTER_CLASSIC_FIREWALL",
		routingMode: "REGIONAL",
	},
	id: ({ inputs, scope }) => globalId(scope, "networks", text(inputs, "name") ?? ""),
	computed: (context, id) => {
		const numeric = context.digits(19);
		return { gatewayIpv4: "", networkId: numeric, numericId: numeric, selfLink: computeLink(id) };
	},
	derived: ({ inputs }) => ({ mtu: number(inputs, "mtu") ?? (isSet(inputs, "networkProfile") ? 8896 : 1460) }),
});

/** MTU: 1300 to 8896 bytes. Source: the SDK's docstring (@pulumi/gcp 9.37.0). */
function networkFaults({ inputs }: CheckContext): Fault[] {
	const profile = text(inputs, "networkProfile");
	const automatic = flag(inputs, "autoCreateSubnetworks") ?? isAbsent(inputs, "autoCreateSubnetworks");
	const zone = RDMA.exec(lastStep(profile ?? ""))?.[1];
	return faultsOf([
		outside(number(inputs, "mtu"), "mtu", { min: 1300, max: 8896, unit: "bytes" }),
		{
			when: profile !== undefined && !PROFILE.test(profile),
			property: "networkProfile",
			reason: `must be projects/<project>/global/networkProfiles/<name>, but ${JSON.stringify(profile)} was given`,
		},
		{
			when: zone === undefined && /vpc-(roce|roce-metal|falcon)$/.test(profile ?? ""),
			property: "networkProfile",
			reason: `an RDMA profile begins with its zone, as us-central1-b-vpc-roce, but ${JSON.stringify(profile)} was given`,
		},
		{
			when: zone !== undefined && automatic,
			property: "autoCreateSubnetworks",
			reason: "must be false for a network with an RDMA profile, whose subnets lie in one region; set it",
		},
	]);
}
