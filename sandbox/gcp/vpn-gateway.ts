import { isIpv4 } from "../../lib/cidr";
import { faultsOf } from "../check/fault-table";
import { isAbsent, list, number, text } from "../check/inputs";
import type { CheckContext, Fault, TypeModel } from "../model";
import { defineGcp } from "./define";
import { computeLink, globalId, regionalId, rfc1035 } from "./names";
import { COMPUTE_API } from "./network";
import { publicAddress } from "./private-services";
import { NETWORK } from "./ranges";
import { named } from "./references";

/** Type of an HA VPN gateway. */
export const GATEWAY = "gcp:compute/haVpnGateway:HaVpnGateway";
/** Type of what Google Cloud knows of the other side's gateway. */
export const PEER_GATEWAY = "gcp:compute/externalVpnGateway:ExternalVpnGateway";

/** A gateway with two interfaces, each with a public address of its own. */
export const haVpnGateway: TypeModel = defineGcp({
	type: GATEWAY,
	apis: COMPUTE_API,
	name: rfc1035("region"),
	references: named("network", [NETWORK]),
	values: { gatewayIpVersion: ["IPV4", "IPV6"], stackType: ["IPV4_ONLY", "IPV4_IPV6", "IPV6_ONLY"] },
	defaults: { gatewayIpVersion: "IPV4", stackType: "IPV4_ONLY" },
	id: ({ inputs, scope }) => regionalId(scope, "vpnGateways", text(inputs, "name") ?? ""),
	computed: (context, id) => ({
		labelFingerprint: "42WmSpB8rSM=",
		selfLink: computeLink(id),
		vpnInterfaces: [0, 1].map((number) => ({
			id: number,
			interconnectAttachment: "",
			ipAddress: publicAddress(context),
		})),
	}),
});

/** Interfaces by the kind of redundancy. Source: Compute API, externalVpnGateways.redundancyType. */
const INTERFACES: { readonly [type: string]: number } = {
	SINGLE_IP_INTERNALLY_REDUNDANT: 1,
	TWO_IPS_REDUNDANCY: 2,
	FOUR_IPS_REDUNDANCY: 4,
};

/** The other side's gateway: one, two or four public addresses. */
export const externalVpnGateway: TypeModel = defineGcp({
	type: PEER_GATEWAY,
	apis: COMPUTE_API,
	global: true,
	name: rfc1035("account"),
	values: { redundancyType: Object.keys(INTERFACES) },
	check: peerFaults,
	id: ({ inputs, scope }) => globalId(scope, "externalVpnGateways", text(inputs, "name") ?? ""),
	computed: (_, id) => ({ labelFingerprint: "42WmSpB8rSM=", selfLink: computeLink(id) }),
});

function peerFaults({ inputs }: CheckContext): Fault[] {
	const interfaces = list(inputs, "interfaces");
	const wanted = INTERFACES[text(inputs, "redundancyType") ?? ""];
	const ids = interfaces.map((each) => number(each, "id"));
	const addresses = interfaces.map((each) => text(each, "ipAddress"));
	const wrong = addresses.find((address) => address !== undefined && !isIpv4(address));
	const known = addresses.filter((address) => address !== undefined);
	return faultsOf([
		{
			when: isAbsent(inputs, "redundancyType"),
			property: "redundancyType",
			reason: `is required: one of ${Object.keys(INTERFACES).join(", ")}`,
		},
		{
			when: wanted !== undefined && interfaces.length !== wanted,
			property: "interfaces",
			reason: `must be ${wanted} for ${text(inputs, "redundancyType")}, but ${interfaces.length} were given`,
		},
		{
			when: ids.some((id, i) => id !== undefined && id !== i),
			property: "interfaces",
			reason: `must be numbered from 0 on in their order, but ${ids.join(", ")} was given`,
		},
		{
			when: wrong !== undefined,
			property: "interfaces",
			reason: `must have IPv4 addresses, but ${JSON.stringify(wrong)} was given`,
		},
		{
			when: new Set(known).size < known.length,
			property: "interfaces",
			reason: "names an address twice; each interface has its own",
		},
	]);
}
