import type { Properties, Value } from "../../lib/values";
import { faultsOf, outside, type Refusal } from "../check/fault-table";
import { at, isAbsent, list, number, text, texts } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, CreateContext, TypeModel } from "../model";
import { apipaProblem } from "./apipa";
import { inGroup } from "./arm-id";
import { byId, defineAzure } from "./define";
import { NETWORK_NAME } from "./names";
import { elsewhere } from "./same-place";
import { TYPE } from "./types";
import { HUB_ASN } from "./virtual-hub";

/** A gateway of a hub is two machines, known by these names. Source: Azure PowerShell, Update-AzVpnGateway, read 2026-11-28. */
export const INSTANCES = ["Instance0", "Instance1"] as const;

/** The gateway in a hub at which VPNs of sites end: two machines with a public address each, one gateway a hub. */
export const vpnGateway: TypeModel = defineAzure({
	type: TYPE.vpnGateway,
	path: inGroup("Microsoft.Network/vpnGateways/{gatewayName}"),
	naming: NETWORK_NAME,
	references: [byId("virtualHub.id", [TYPE.virtualHub])],
	check: (context) => faultsOf([...hubRows(context), ...bgpRows(context)]),
	immutable: ["virtualHub.id", "isRoutingPreferenceInternet"],
	defaults: { enableBgpRouteTranslationForNat: false, isRoutingPreferenceInternet: false, vpnGatewayScaleUnit: 1 },
	computed: (context) => ({ ipConfigurations: INSTANCES.map((id, i) => addresses(context, id, i)) }),
	derived: ({ inputs }) => ({ bgpSettings: bgpOf(inputs) }),
});

function hubRows(context: CheckContext): Refusal[] {
	const { inputs, world, self } = context;
	const hub = text(inputs, "virtualHub.id");
	const gateways = hub === undefined ? [] : world.find([TYPE.vpnGateway], "virtualHub.id", hub);
	const twin = gateways.find((other) => !isSelf(other, context) && other.urn !== self?.urn);
	return [
		elsewhere(context, TYPE.vpnGateway, { path: "virtualHub.id", to: TYPE.virtualHub }),
		{
			when: isAbsent(inputs, "virtualHub.id"),
			property: "virtualHub.id",
			reason: "is required: the id of a virtual hub; set it",
		},
		{
			when: twin !== undefined,
			property: "virtualHub.id",
			reason: `the hub has a VPN gateway already, ${twin?.urn || twin?.id}; a hub takes one`,
		},
		{
			when: list(inputs, "connections").length > 0,
			property: "connections",
			reason:
				"declare each connection as a network.VpnConnection: inline ones and resources of their own undo each other",
		},
		// 20 units are 20 Gbit/s. Source: Microsoft Learn, "Virtual WAN FAQ", gateway scale units, read 2026-11-28.
		outside(number(inputs, "vpnGatewayScaleUnit"), "vpnGatewayScaleUnit", { min: 1, max: 20, unit: "scale units" }),
	];
}

/** Custom addresses are link-local; the ASN is that of every hub. */
function bgpRows({ inputs }: CheckContext): Refusal[] {
	const asn = number(inputs, "bgpSettings.asn");
	const peers = list(inputs, "bgpSettings.bgpPeeringAddresses");
	const all = peers.flatMap((peer) => texts(peer, "customBgpIpAddresses"));
	return [
		{
			when: asn !== undefined && asn !== HUB_ASN,
			property: "bgpSettings.asn",
			reason: `must be ${HUB_ASN}, the ASN of every gateway in a hub, but ${asn} was given`,
		},
		...peers.flatMap((peer, i) => peerRows(peer, `bgpSettings.bgpPeeringAddresses[${i}]`)),
		{
			when: new Set(all).size < all.length,
			property: "bgpSettings.bgpPeeringAddresses",
			reason: `must name each address once, but ${all.join(", ")} were given`,
		},
	];
}

function peerRows(peer: Value, under: string): Refusal[] {
	const id = text(peer, "ipconfigurationId");
	return [
		{
			when: id !== undefined && !INSTANCES.some((instance) => instance === id),
			property: `${under}.ipconfigurationId`,
			reason: `must be "Instance0" or "Instance1", but ${JSON.stringify(id)} was given`,
		},
		...texts(peer, "customBgpIpAddresses").map((address, i) => ({
			when: apipaProblem(address) !== undefined,
			property: `${under}.customBgpIpAddresses[${i}]`,
			reason: apipaProblem(address) ?? "",
		})),
	];
}

/** Public addresses are of the range for documentation (RFC 5737), which belongs to nobody. */
function addresses(context: CreateContext, id: string, i: number): Properties {
	const last = (Number.parseInt(context.hex(4), 16) % 127) * 2 + i;
	return { id, publicIpAddress: `198.51.100.${last}`, privateIpAddress: `192.0.2.${i + 4}` };
}

function bgpOf(inputs: Properties): Properties {
	const given = list(inputs, "bgpSettings.bgpPeeringAddresses");
	const peers = INSTANCES.map((id): Properties => {
		const peer = given.find((each) => text(each, "ipconfigurationId") === id);
		return { ipconfigurationId: id, customBgpIpAddresses: at(peer, "customBgpIpAddresses") ?? [] };
	});
	return {
		asn: HUB_ASN,
		peerWeight: at(inputs, "bgpSettings.peerWeight") ?? 0,
		bgpPeeringAddresses: peers,
	};
}
