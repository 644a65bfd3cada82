import { faultsOf } from "../check/fault-table";
import { isAbsent, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, SandboxObject, TypeModel, World } from "../model";
import { inGroup } from "./arm-id";
import { blockFaults, overlapping } from "./blocks";
import { byId, defineAzure } from "./define";
import { NETWORK_NAME } from "./names";
import { TYPE } from "./types";

/** Prefix lengths of a hub: a /24 has room for its gateways. Source: Microsoft Learn, "Virtual WAN hub settings", read 2026-11-28. */
const SIZE = { min: 8, max: 24 };

/** ASN of every hub's router. Source: Microsoft Learn, "Virtual WAN FAQ", read 2026-11-28. */
export const HUB_ASN = 65515;

/** A hub of a virtual WAN in one region, with a router of its own. */
export const virtualHub: TypeModel = defineAzure({
	type: TYPE.virtualHub,
	path: inGroup("Microsoft.Network/virtualHubs/{virtualHubName}"),
	naming: NETWORK_NAME,
	references: [byId("virtualWan.id", [TYPE.virtualWan])],
	values: { sku: ["Basic", "Standard"] },
	check: hubFaults,
	immutable: ["addressPrefix", "virtualWan.id"],
	defaults: { allowBranchToBranchTraffic: false, hubRoutingPreference: "ExpressRoute", sku: "Standard" },
	computed: () => ({
		bgpConnections: [],
		ipConfigurations: [],
		kind: "VirtualHub",
		routeMaps: [],
		routingState: "Provisioned",
		virtualRouterAsn: HUB_ASN,
	}),
});

/** Hubs of one virtual WAN. */
export function hubsOf(wan: string | undefined, world: World): SandboxObject[] {
	return wan === undefined ? [] : world.find([TYPE.virtualHub], "virtualWan.id", wan);
}

function hubFaults(context: CheckContext): Fault[] {
	const { inputs, world, self } = context;
	const wan = text(inputs, "virtualWan.id");
	const prefix = text(inputs, "addressPrefix");
	const others = hubsOf(wan, world).filter((hub) => !isSelf(hub, context) && hub.urn !== self?.urn);
	const twin = others.find((hub) => overlapping(prefix, [text(hub.outputs, "addressPrefix") ?? ""]));
	const [parent] = wan === undefined ? [] : world.find([TYPE.virtualWan], "id", wan);
	const kind = text(parent?.inputs, "type") ?? "Standard";
	const sku = text(inputs, "sku") ?? "Standard";
	return [
		...blockFaults(prefix, "addressPrefix", SIZE),
		...faultsOf([
			{
				when: isAbsent(inputs, "addressPrefix"),
				property: "addressPrefix",
				reason: "is required: a private block of /24 or larger that no network of the WAN has; set it",
			},
			{
				when: isAbsent(inputs, "virtualWan.id"),
				property: "virtualWan.id",
				reason: "is required: without a virtual WAN it would be a route server; set it",
			},
			{
				when: twin !== undefined,
				property: "addressPrefix",
				reason: `${prefix} overlaps ${text(twin?.outputs, "addressPrefix")} of ${twin?.id}, a hub of the same WAN; choose a free block`,
			},
			{
				when: parent !== undefined && kind !== sku,
				property: "sku",
				reason: `must be ${JSON.stringify(kind)}, the type of its virtual WAN, but ${JSON.stringify(sku)} was given`,
			},
		]),
	];
}
