import type { Value } from "../../lib/values";
import { faultsOf, outside, type Refusal } from "../check/fault-table";
import { flag, isAbsent, list, number, text, texts } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, SandboxObject, TypeModel } from "../model";
import { isLinkLocal } from "./apipa";
import { inGroup } from "./arm-id";
import { byId, defineAzure } from "./define";
import { ipsecFaults } from "./ipsec-policy";
import { NETWORK_NAME } from "./names";
import { parentOf } from "./place";
import { TYPE } from "./types";
import { INSTANCES } from "./vpn-gateway";

/** Joins a site to a hub's gateway: a connection of its own for each of the site's links. */
export const vpnConnection: TypeModel = defineAzure({
	type: TYPE.vpnConnection,
	path: inGroup("Microsoft.Network/vpnGateways/{gatewayName}/vpnConnections/{connectionName}"),
	naming: NETWORK_NAME,
	references: [byId("remoteVpnSite.id", [TYPE.vpnSite])],
	check: (context) => faultsOf([...siteRows(context), ...linkConnectionRows(context)]),
	immutable: ["remoteVpnSite.id"],
	defaults: { enableInternetSecurity: false, routingWeight: 0 },
	computed: () => ({ connectionStatus: "Connected", egressBytesTransferred: 0, ingressBytesTransferred: 0 }),
});

function siteOf({ inputs, world }: CheckContext): SandboxObject | undefined {
	const id = text(inputs, "remoteVpnSite.id");
	return id === undefined ? undefined : world.find([TYPE.vpnSite], "id", id)[0];
}

function siteRows(context: CheckContext): Refusal[] {
	const { inputs, world, self } = context;
	const site = siteOf(context);
	const gateway = parentOf(TYPE.vpnConnection, context);
	const [hub] = world.find([TYPE.virtualHub], "id", text(gateway?.outputs, "virtualHub.id") ?? "");
	const [ours, theirs] = [hub, site].map((object) => text(object?.outputs, "virtualWan.id"));
	const twin = world
		.find([TYPE.vpnConnection], "remoteVpnSite.id", site?.id ?? "")
		.find(
			(other) => !isSelf(other, context) && other.urn !== self?.urn && other.outputs.gatewayName === inputs.gatewayName,
		);
	return [
		{
			when: isAbsent(inputs, "remoteVpnSite.id"),
			property: "remoteVpnSite.id",
			reason: "is required: the id of a VPN site; set it",
		},
		{
			when: ours !== undefined && theirs !== undefined && ours !== theirs,
			property: "remoteVpnSite.id",
			reason: `must be a site of the gateway's own virtual WAN ${ours}, but it is one of ${theirs}`,
		},
		{
			when: twin !== undefined && site !== undefined,
			property: "remoteVpnSite.id",
			reason: `the site is connected to the gateway by ${twin?.urn || twin?.id} already; give that connection the links`,
		},
		outside(number(inputs, "routingWeight"), "routingWeight", { min: 0, max: 32000, unit: "of weight" }),
	];
}

function linkConnectionRows(context: CheckContext): Refusal[] {
	const site = siteOf(context);
	const gateway = parentOf(TYPE.vpnConnection, context);
	const connections = list(context.inputs, "vpnLinkConnections");
	const ids = connections.flatMap((each) => text(each, "vpnSiteLink.id") ?? []);
	return [
		{
			when: new Set(ids).size < ids.length,
			property: "vpnLinkConnections",
			reason: "must name each link of the site once; remove what stands twice",
		},
		...connections.flatMap((each, i) => [
			...linkRows(each, `vpnLinkConnections[${i}]`, site),
			...bgpRows(each, `vpnLinkConnections[${i}]`, { site, gateway }),
			...ipsecFaults(each, `vpnLinkConnections[${i}]`),
		]),
	];
}

function linkRows(each: Value, under: string, site: SandboxObject | undefined): Refusal[] {
	const link = text(each, "vpnSiteLink.id");
	const links = list(site?.outputs, "vpnSiteLinks").flatMap((other) => text(other, "id") ?? []);
	const key = text(each, "sharedKey");
	return [
		{ when: isAbsent(each, "name"), property: `${under}.name`, reason: "is required; set it" },
		{
			when: site !== undefined && link !== undefined && !links.includes(link),
			property: `${under}.vpnSiteLink.id`,
			reason: `must be a link of the site (${links.join(", ")}), but ${link} was given`,
		},
		{
			when: key !== undefined && !/^[\x20-\x7e]{1,128}$/.test(key),
			property: `${under}.sharedKey`,
			reason: "must be 1 to 128 printable ASCII characters",
		},
		outside(number(each, "connectionBandwidth"), `${under}.connectionBandwidth`, {
			min: 1,
			max: 10000,
			unit: "Mbit/s",
		}),
		outside(number(each, "dpdTimeoutSeconds"), `${under}.dpdTimeoutSeconds`, { min: 0, max: 3600, unit: "seconds" }),
	];
}

/** A peer with a link-local address is spoken to from one: each machine of the gateway needs its own. */
function bgpRows(
	each: Value,
	under: string,
	{ site, gateway }: { readonly site: SandboxObject | undefined; readonly gateway: SandboxObject | undefined },
): Refusal[] {
	const path = "vpnGatewayCustomBgpAddresses";
	const link = list(site?.outputs, "vpnSiteLinks").find((other) => text(other, "id") === text(each, "vpnSiteLink.id"));
	const peer = text(link, "bgpProperties.bgpPeeringAddress");
	const own = list(each, path);
	const bgp = flag(each, "enableBgp") === true;
	const named = own.map((address) => text(address, "ipConfigurationId"));
	return [
		{
			when: bgp && link !== undefined && peer === undefined,
			property: `${under}.enableBgp`,
			reason: "needs bgpProperties on the site's link; set them there",
		},
		{
			when: bgp && isLinkLocal(peer) && INSTANCES.some((id) => !named.includes(id)),
			property: `${under}.${path}`,
			reason: `must have an address for each of ${INSTANCES.join(" and ")}, because the peer ${peer} is link-local; add them`,
		},
		...own.map((address, i) => {
			const [id, value] = [text(address, "ipConfigurationId"), text(address, "customBgpIpAddress")];
			const instance = list(gateway?.outputs, "bgpSettings.bgpPeeringAddresses").find(
				(other) => text(other, "ipconfigurationId") === id,
			);
			const allowed = texts(instance, "customBgpIpAddresses");
			return {
				when: gateway !== undefined && value !== undefined && !allowed.includes(value),
				property: `${under}.${path}[${i}].customBgpIpAddress`,
				reason: `must be an address that the gateway has on ${id} (${allowed.join(", ") || "none"}), but ${value} was given`,
			};
		}),
	];
}
