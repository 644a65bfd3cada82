import { faultsOf, outside } from "../check/fault-table";
import { isAbsent, list, number, text, texts } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, TypeModel } from "../model";
import { guid, inGroup } from "./arm-id";
import { byId, defineAzure } from "./define";
import { NETWORK_NAME } from "./names";
import { zoneFaults } from "./public-ip";
import { elsewhere } from "./same-place";
import { TYPE } from "./types";

/** Public addresses of one NAT gateway. Source: Microsoft Learn, "Azure NAT Gateway resource", read 2026-11-21. */
const MAX_ADDRESSES = 16;

/** A NAT gateway: Standard, with at least one Standard static address that no other gateway uses. */
export const natGateway: TypeModel = defineAzure({
	type: TYPE.natGateway,
	path: inGroup("Microsoft.Network/natGateways/{natGatewayName}"),
	naming: NETWORK_NAME,
	references: [byId("publicIpAddresses[].id", [TYPE.publicIp])],
	check: (context) => [
		...shapeFaults(context),
		...addressFaults(context),
		...zoneFaults(TYPE.natGateway, context, "zones"),
	],
	immutable: ["sku.name", "zones"],
	defaults: { idleTimeoutInMinutes: 4 },
	computed: (context) => ({ resourceGuid: guid(context) }),
});

function shapeFaults({ inputs }: CheckContext): Fault[] {
	const addresses = list(inputs, "publicIpAddresses").length;
	const sku = text(inputs, "sku.name");
	const zones = texts(inputs, "zones");
	return faultsOf([
		{
			when: isAbsent(inputs, "sku.name"),
			property: "sku.name",
			reason: 'is required: "Standard" or "StandardV2"; set it',
		},
		{
			when: isAbsent(inputs, "publicIpAddresses") && isAbsent(inputs, "publicIpPrefixes"),
			property: "publicIpAddresses",
			reason: "at least one public address or prefix is needed: without one the gateway passes nothing; add one",
		},
		{
			when: addresses > MAX_ADDRESSES,
			property: "publicIpAddresses",
			reason: `must be at most ${MAX_ADDRESSES} addresses, but ${addresses} were given`,
		},
		{
			when: sku === "Standard" && zones.length > 1,
			property: "zones",
			reason: `must be one zone or none for the SKU Standard, but ${zones.join(", ")} were given; use StandardV2 for several`,
		},
		outside(number(inputs, "idleTimeoutInMinutes"), "idleTimeoutInMinutes", { min: 4, max: 120, unit: "minutes" }),
	]);
}

function addressFaults(context: CheckContext): Fault[] {
	const { inputs, world } = context;
	const gateways = world.list(TYPE.natGateway, context.scope);
	const addresses = list(inputs, "publicIpAddresses").flatMap((each, i) => {
		const id = text(each, "id");
		const [address] = id === undefined ? [] : world.find([TYPE.publicIp], "id", id);
		return address ? [{ address, id, property: `publicIpAddresses[${i}].id` }] : [];
	});
	return faultsOf([
		elsewhere(context, TYPE.natGateway, { path: "publicIpAddresses[].id", to: TYPE.publicIp }),
		...addresses.flatMap(({ address, id, property }) => {
			const other = gateways.find(
				(gateway) =>
					!isSelf(gateway, context) &&
					list(gateway.outputs, "publicIpAddresses").some((each) => text(each, "id") === id),
			);
			const wanted = (text(inputs, "sku.name") ?? "").replace(/^$/, "Standard");
			const sku = text(address.outputs, "sku.name");
			return [
				{
					when: other !== undefined,
					property,
					reason: `the address is in use by ${other?.urn || other?.id}; give each gateway its own`,
				},
				{
					when: sku !== undefined && sku !== wanted,
					property,
					reason: `must be an address of the SKU ${wanted}, but its SKU is ${sku}`,
				},
			];
		}),
	]);
}
