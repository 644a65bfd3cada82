import { contains, overlaps, parseCidr } from "../../lib/cidr";
import { isUnknown } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { isAbsent, number, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, SandboxObject, TypeModel } from "../model";
import { defineGcp } from "./define";
import { lastStep, regionalId, rfc1035 } from "./names";
import { COMPUTE_API } from "./network";
import { named, objectAt } from "./references";
import { ROUTER } from "./router";
import { advertisedRows } from "./router-bgp";
import { TUNNEL } from "./vpn-tunnel";

const INTERFACE = "gcp:compute/routerInterface:RouterInterface";
const PEER = "gcp:compute/routerPeer:RouterPeer";
/** Where addresses inside tunnels lie. Source: Cloud VPN, "Configure BGP sessions", unverified. */
const LINK_LOCAL = parseCidr("169.254.0.0/16");

/** An interface of a router, at a tunnel. */
export const routerInterface: TypeModel = defineGcp({
	type: INTERFACE,
	apis: COMPUTE_API,
	name: rfc1035("none"),
	references: [{ path: "router", to: [ROUTER], by: "name" }, ...named("vpnTunnel", [TUNNEL])],
	check: interfaceFaults,
	id: ({ inputs, scope }) => `${scope.region}/${text(inputs, "router")}/${text(inputs, "name")}`,
	computed: () => ({ ipVersion: "IPV4", redundantInterface: "" }),
});

function interfaceFaults(context: CheckContext): Fault[] {
	const { inputs } = context;
	const range = text(inputs, "ipRange");
	const block = range === undefined ? undefined : parseCidr(range);
	const tunnel = objectAt(context, TUNNEL, "vpnTunnel");
	const others = siblings(context, INTERFACE);
	const sources = ["ipRange", "interconnectAttachment", "subnetwork", "vpnTunnel"];
	const clash = others.find(({ outputs }) => {
		const taken = parseCidr(text(outputs, "ipRange") ?? "");
		return block !== undefined && taken !== undefined && overlaps(taken, block);
	});
	const taken = others.find(
		({ outputs }) => tunnel !== undefined && text(outputs, "vpnTunnel") === text(inputs, "vpnTunnel"),
	);
	return faultsOf([
		{
			when: sources.every((path) => isAbsent(inputs, path)),
			property: "vpnTunnel",
			reason: `one of ${sources.join(", ")} is needed`,
		},
		{
			when:
				range !== undefined &&
				(block === undefined || block.prefix !== 30 || LINK_LOCAL === undefined || !contains(LINK_LOCAL, block)),
			property: "ipRange",
			reason: `must be an address with /30 of 169.254.0.0/16, such as 169.254.30.2/30, but ${JSON.stringify(range)} was given`,
		},
		{
			// In a preview the tunnel's router is not known yet.
			when:
				tunnel !== undefined &&
				!isUnknown(tunnel.outputs.router) &&
				lastStep(text(tunnel.outputs, "router") ?? "") !== text(inputs, "router"),
			property: "vpnTunnel",
			reason: `must be a tunnel of the router ${text(inputs, "router")}, but ${tunnel?.id} is of ${text(tunnel?.outputs, "router")}`,
		},
		{ when: clash !== undefined, property: "ipRange", reason: `${range} overlaps that of ${clash?.id || clash?.urn}` },
		{
			when: taken !== undefined,
			property: "vpnTunnel",
			reason: `has an interface already: ${taken?.id || taken?.urn}`,
		},
		twinRow(context, others),
	]);
}

/** A BGP session over an interface. */
export const routerPeer: TypeModel = defineGcp({
	type: PEER,
	apis: COMPUTE_API,
	name: rfc1035("none"),
	references: [
		{ path: "router", to: [ROUTER], by: "name" },
		{ path: "interface", to: [INTERFACE], by: "name" },
	],
	values: { advertiseMode: ["DEFAULT", "CUSTOM"], "advertisedGroups[]": ["ALL_SUBNETS"] },
	check: peerFaults,
	defaults: { advertiseMode: "DEFAULT", enable: true, enableIpv4: true, enableIpv6: false },
	id: ({ inputs, scope }) => `${regionalId(scope, "routers", text(inputs, "router") ?? "")}/${text(inputs, "name")}`,
	computed: () => ({
		isAdvertisedRoutePrioritySet: false,
		isCustomLearnedPrioritySet: false,
		managementType: "MANAGED_BY_USER",
	}),
	derived: (context) => ({
		ipAddress: text(context.inputs, "ipAddress") ?? text(home(context)?.outputs, "ipRange")?.split("/")[0] ?? "",
	}),
});

/** The interface that a session runs over: names of interfaces are a router's own. */
function home(context: CheckContext): SandboxObject | undefined {
	return siblings(context, INTERFACE).find(
		({ outputs }) => text(outputs, "name") === text(context.inputs, "interface"),
	);
}

function peerFaults(context: CheckContext): Fault[] {
	const { inputs } = context;
	const near = home(context);
	const [router] = routers(context);
	const own = parseCidr(text(near?.outputs, "ipRange") ?? "");
	const there = parseCidr(`${text(inputs, "peerIpAddress")}/32`);
	const [asn, peerAsn] = [number(router?.outputs, "bgp.asn"), number(inputs, "peerAsn")];
	const self = text(near?.outputs, "ipRange")?.split("/")[0];
	return faultsOf([
		{
			when: router !== undefined && near === undefined && text(inputs, "interface") !== undefined,
			property: "interface",
			reason: `must be an interface of the router ${text(inputs, "router")}, but ${text(inputs, "interface")} is none`,
		},
		{
			when: router !== undefined && asn === undefined,
			property: "router",
			reason: `must speak BGP, but ${router?.id} has no bgp.asn; set it there`,
		},
		{
			when: peerAsn !== undefined && (peerAsn < 1 || peerAsn > 4_294_967_294 || peerAsn === asn),
			property: "peerAsn",
			reason: `must be 1 to 4294967294 and another than the router's own ${asn}, but ${peerAsn} was given`,
		},
		{
			when:
				own !== undefined && there !== undefined && (!contains(own, there) || text(inputs, "peerIpAddress") === self),
			property: "peerIpAddress",
			reason: `must be the other address of the interface's range ${text(near?.outputs, "ipRange")}, but ${text(inputs, "peerIpAddress")} was given`,
		},
		...advertisedRows(inputs, ""),
		twinRow(context, siblings(context, PEER)),
	]);
}

function routers({ inputs, scope, world }: CheckContext): SandboxObject[] {
	return world.list(ROUTER, scope).filter(({ outputs }) => text(outputs, "name") === text(inputs, "router"));
}

function siblings(context: CheckContext, type: string): SandboxObject[] {
	const { inputs, scope, world } = context;
	return world
		.list(type, scope)
		.filter((other) => !isSelf(other, context) && text(other.outputs, "router") === text(inputs, "router"));
}

function twinRow({ inputs }: CheckContext, others: readonly SandboxObject[]) {
	const twin = others.find(({ outputs }) => text(outputs, "name") === text(inputs, "name"));
	return {
		when: twin !== undefined,
		property: "name",
		reason: `must be unique within the router, but ${text(inputs, "name")} is taken by ${twin?.urn}; choose another`,
	};
}
