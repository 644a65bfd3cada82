import { parseCidr } from "../../lib/cidr";
import { faultsOf, type Refusal } from "../check/fault-table";
import { isAbsent, isSet, list, text, texts } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, TypeModel } from "../model";
import { inGroup } from "./arm-id";
import { blockFaults, blocksOfNetwork, blocksOfSubnet, liesOutside, overlapping } from "./blocks";
import { byId, defineAzure } from "./define";
import { NETWORK_NAME } from "./names";
import { parentOf, sharing } from "./place";
import { elsewhere } from "./same-place";
import { TYPE } from "./types";

/** The name by which Azure knows a firewall's subnet. */
export const FIREWALL_SUBNET = "AzureFirewallSubnet";

/** A subnet: blocks of /29 or larger inside its network's space, clear of its siblings. */
export const subnet: TypeModel = defineAzure({
	type: TYPE.subnet,
	path: inGroup("Microsoft.Network/virtualNetworks/{virtualNetworkName}/subnets/{subnetName}"),
	naming: NETWORK_NAME,
	references: [
		byId("networkSecurityGroup.id", [TYPE.networkSecurityGroup]),
		byId("natGateway.id", [TYPE.natGateway]),
		byId("routeTable.id", [TYPE.routeTable]),
	],
	check: (context) => [...addressFaults(context), ...attachmentFaults(context)],
	immutable: ["defaultOutboundAccess"],
	defaults: {
		delegations: [],
		privateEndpointNetworkPolicies: "Disabled",
		privateLinkServiceNetworkPolicies: "Enabled",
	},
});

function addressFaults(context: CheckContext): Fault[] {
	const { inputs } = context;
	const one = text(inputs, "addressPrefix");
	const blocks = one === undefined ? texts(inputs, "addressPrefixes") : [one];
	const at = (i: number): string => (one === undefined ? `addressPrefixes[${i}]` : "addressPrefix");
	const space = blocksOfNetwork(parentOf(TYPE.subnet, context));
	const siblings = sharing(TYPE.subnet, ["virtualNetworkName"], context)
		.filter((other) => !isSelf(other, context) && text(other.outputs, "subnetName") !== text(inputs, "subnetName"))
		.flatMap(blocksOfSubnet);
	const given = ["addressPrefix", "addressPrefixes", "ipamPoolPrefixAllocations"].filter((path) => isSet(inputs, path));
	return [
		...blocks.flatMap((block, i) => blockFaults(block, at(i), { min: 2, max: 29 })),
		...faultsOf([
			...blocks.flatMap((block, i) => [
				{
					when: liesOutside(block, space),
					property: at(i),
					reason: `${block} lies outside the network's address space ${space.join(", ")}; choose a block inside it`,
				},
				{
					when: overlapping(block, siblings) !== undefined,
					property: at(i),
					reason: `${block} overlaps ${overlapping(block, siblings)} of another subnet; choose a free block`,
				},
			]),
			{
				when: given.length !== 1,
				property: "addressPrefix",
				reason: `exactly one of addressPrefix and addressPrefixes is needed, but ${given.join(" and ") || "none"} was given`,
			},
		]),
	];
}

function attachmentFaults(context: CheckContext): Fault[] {
	const { inputs, world, self } = context;
	const delegations = list(inputs, "delegations");
	const gateway = text(inputs, "natGateway.id");
	const users = self === undefined ? [] : world.find([TYPE.privateEndpoint], "subnet.id", self.id);
	return faultsOf([
		elsewhere(context, TYPE.subnet, { path: "networkSecurityGroup.id", to: TYPE.networkSecurityGroup }),
		elsewhere(context, TYPE.subnet, { path: "natGateway.id", to: TYPE.natGateway }),
		elsewhere(context, TYPE.subnet, { path: "routeTable.id", to: TYPE.routeTable }),
		...firewallRows(context),
		{
			when: delegations.length > 1,
			property: "delegations",
			reason: `must be at most one delegation, but ${delegations.length} were given`,
		},
		...delegations.map((each, i) => ({
			when: isAbsent(each, "name") || isAbsent(each, "serviceName"),
			property: `delegations[${i}]`,
			reason: "must have a name and a serviceName such as Microsoft.ContainerService/managedClusters; set both",
		})),
		{
			when: delegations.length > 0 && users.length > 0,
			property: "delegations",
			reason: `cannot be set while private endpoints live in the subnet: ${users.map(({ id }) => id).join(", ")}`,
		},
		{
			when: gateway !== undefined && text(inputs, "subnetName") === "GatewaySubnet",
			property: "natGateway.id",
			reason: "cannot be attached to GatewaySubnet; remove it",
		},
	]);
}

/** Azure guards a firewall's subnet itself, and needs all of it. Source: Microsoft Learn, "Azure Firewall FAQ", read 2026-11-28. */
function firewallRows({ inputs }: CheckContext): Refusal[] {
	const firewalls = text(inputs, "subnetName") === FIREWALL_SUBNET;
	const prefix = parseCidr(text(inputs, "addressPrefix") ?? "")?.prefix;
	return [
		{
			when: firewalls && isSet(inputs, "networkSecurityGroup"),
			property: "networkSecurityGroup",
			reason: `cannot be set on ${FIREWALL_SUBNET}; remove it`,
		},
		{
			when: firewalls && list(inputs, "delegations").length > 0,
			property: "delegations",
			reason: `cannot be set on ${FIREWALL_SUBNET}; remove them`,
		},
		{
			when: firewalls && prefix !== undefined && prefix > 26,
			property: "addressPrefix",
			reason: `must be a /26 or larger for ${FIREWALL_SUBNET}, but a /${prefix} was given`,
		},
	];
}
