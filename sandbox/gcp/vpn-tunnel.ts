import { faultsOf, outside, type Refusal } from "../check/fault-table";
import { isAbsent, isSet, list, number, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, SandboxObject, TypeModel } from "../model";
import { defineGcp } from "./define";
import { computeLink, regionalId, rfc1035 } from "./names";
import { COMPUTE_API } from "./network";
import { networkNamed } from "./ranges";
import { named, objectAt } from "./references";
import { ROUTER } from "./router";
import { GATEWAY, PEER_GATEWAY } from "./vpn-gateway";

/** Type of a tunnel. */
export const TUNNEL = "gcp:compute/vPNTunnel:VPNTunnel";

/** A tunnel of an HA VPN gateway to another side's gateway. */
export const vpnTunnel: TypeModel = defineGcp({
	type: TUNNEL,
	apis: COMPUTE_API,
	name: rfc1035("region"),
	references: [
		...named("vpnGateway", [GATEWAY]),
		...named("peerExternalGateway", [PEER_GATEWAY]),
		...named("router", [ROUTER]),
	],
	check: (context) => faultsOf([...kindRows(context), ...endRows(context)]),
	defaults: { ikeVersion: 2, localTrafficSelectors: ["0.0.0.0/0"], remoteTrafficSelectors: ["0.0.0.0/0"] },
	id: ({ inputs, scope }) => regionalId(scope, "vpnTunnels", text(inputs, "name") ?? ""),
	computed: (context, id) => ({
		creationTimestamp: context.now,
		detailedStatus: "Tunnel is up and running.",
		labelFingerprint: "42WmSpB8rSM=",
		peerIp: addressOf(objectAt(context, PEER_GATEWAY, "peerExternalGateway"), context) ?? "",
		selfLink: computeLink(id),
		sharedSecretHash: context.hex(24),
		tunnelId: context.digits(19),
	}),
});

function addressOf(peer: SandboxObject | undefined, { inputs }: CheckContext): string | undefined {
	return text(list(peer?.outputs, "interfaces")[number(inputs, "peerExternalGatewayInterface") ?? -1], "ipAddress");
}

/** What a tunnel of HA VPN must have; a classic one (`targetVpnGateway`) cannot speak BGP for a hub. */
function kindRows({ inputs }: CheckContext): Refusal[] {
	return [
		...["vpnGateway", "router", "vpnGatewayInterface"].map((property) => ({
			when: isAbsent(inputs, property),
			property,
			reason: "is required for a tunnel of HA VPN; set it",
		})),
		{
			when: isSet(inputs, "targetVpnGateway"),
			property: "targetVpnGateway",
			reason: "is for Classic VPN, which the sandbox does not know; use vpnGateway",
		},
		{
			when: isAbsent(inputs, "sharedSecret") && isAbsent(inputs, "sharedSecretWo"),
			property: "sharedSecret",
			reason: "is required: both ends of a tunnel have the same one",
		},
		{
			when: isSet(inputs, "peerExternalGateway") === isSet(inputs, "peerGcpGateway"),
			property: "peerExternalGateway",
			reason: "exactly one of peerExternalGateway and peerGcpGateway is needed",
		},
		outside(number(inputs, "vpnGatewayInterface"), "vpnGatewayInterface", { min: 0, max: 1, unit: "" }),
		outside(number(inputs, "ikeVersion"), "ikeVersion", { min: 1, max: 2, unit: "" }),
	];
}

/** The tunnel's two ends: interfaces that are there, a router that speaks BGP in the gateway's network, no twin. */
function endRows(context: CheckContext): Refusal[] {
	const { inputs, world } = context;
	const peer = objectAt(context, PEER_GATEWAY, "peerExternalGateway");
	const [gateway, router] = [objectAt(context, GATEWAY, "vpnGateway"), objectAt(context, ROUTER, "router")];
	const [here, there] = [number(inputs, "vpnGatewayInterface"), number(inputs, "peerExternalGatewayInterface")];
	const offered = list(peer?.outputs, "interfaces").length;
	const homes = [gateway, router].map((each) => networkNamed(context, text(each?.outputs, "network"))?.urn);
	const twin = world
		.find([TUNNEL], "vpnGateway", text(inputs, "vpnGateway") ?? "")
		.filter((other) => !isSelf(other, context))
		.find(
			({ outputs }) =>
				outputs.vpnGatewayInterface === here &&
				outputs.peerExternalGatewayInterface === there &&
				outputs.peerExternalGateway === inputs.peerExternalGateway,
		);
	return [
		{
			when:
				peer !== undefined &&
				(there === undefined ? isAbsent(inputs, "peerExternalGatewayInterface") : there >= offered || there < 0),
			property: "peerExternalGatewayInterface",
			reason: `must be an interface of ${peer?.id} (0 to ${offered - 1}), but ${there} was given`,
		},
		{
			when: homes[0] !== undefined && homes[1] !== undefined && homes[0] !== homes[1],
			property: "router",
			reason: `must be of the gateway's network, but ${router?.id} is of ${text(router?.outputs, "network")}`,
		},
		{
			when: router !== undefined && number(router.outputs, "bgp.asn") === undefined,
			property: "router",
			reason: `must speak BGP, but ${router?.id} has no bgp.asn; set it there`,
		},
		{
			when: twin !== undefined,
			property: "vpnGatewayInterface",
			reason: `there is a tunnel from this interface to the same one of the peer already: ${twin?.id || twin?.urn}`,
		},
	];
}
