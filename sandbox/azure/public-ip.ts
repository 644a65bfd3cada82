import { faultsOf, outside } from "../check/fault-table";
import { number, text, texts } from "../check/inputs";
import type { CheckContext, CreateContext, Fault, TypeModel } from "../model";
import { guid, inGroup } from "./arm-id";
import { defineAzure } from "./define";
import { zonesOf } from "./locations";
import { NETWORK_NAME } from "./names";
import { locationOf } from "./place";
import { TYPE } from "./types";

/** A public address. Basic ones are retired (2025-09-30), so the SKU must be said: without it the API takes Basic. */
export const publicIp: TypeModel = defineAzure({
	type: TYPE.publicIp,
	path: inGroup("Microsoft.Network/publicIPAddresses/{publicIpAddressName}"),
	naming: NETWORK_NAME,
	check: (context) => [...skuFaults(context), ...zoneFaults(TYPE.publicIp, context, "zones")],
	immutable: ["zones"],
	defaults: { idleTimeoutInMinutes: 4, publicIPAddressVersion: "IPv4", publicIPAllocationMethod: "Dynamic" },
	computed: (context) => ({ ipAddress: documentationAddress(context), resourceGuid: guid(context) }),
});

function skuFaults({ inputs }: CheckContext): Fault[] {
	const sku = text(inputs, "sku.name") ?? (inputs.sku === undefined ? "Basic" : undefined);
	const method = text(inputs, "publicIPAllocationMethod") ?? "Dynamic";
	return faultsOf([
		{
			when: sku === "Basic",
			property: "sku.name",
			reason: 'must be "Standard": Basic public addresses are retired, and an address without a SKU is Basic; set it',
		},
		{
			when: sku !== undefined && sku !== "Basic" && method !== "Static",
			property: "publicIPAllocationMethod",
			reason: `must be "Static" for the SKU ${sku}, but ${JSON.stringify(method)} applies; set it`,
		},
		outside(number(inputs, "idleTimeoutInMinutes"), "idleTimeoutInMinutes", { min: 4, max: 30, unit: "minutes" }),
	]);
}

/** Zones that the region does not have. */
export function zoneFaults(type: string, context: CheckContext, path: string): Fault[] {
	const location = locationOf(type, context);
	const known = location === undefined ? undefined : zonesOf(location);
	const zones = texts(context.inputs, path);
	const has = known?.length ? `the zones ${known.join(", ")}` : "no availability zones";
	return faultsOf(
		zones.map((zone, i) => ({
			when: known !== undefined && !known.includes(zone),
			property: `${path}[${i}]`,
			reason: `must be a zone of ${location}, which has ${has}, but ${JSON.stringify(zone)} was given`,
		})),
	);
}

/** An address of the range for documentation (RFC 5737), which belongs to nobody. */
function documentationAddress(context: CreateContext): string {
	return `203.0.113.${(Number.parseInt(context.hex(4), 16) % 254) + 1}`;
}
