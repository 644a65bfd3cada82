import { addressAt } from "../../lib/cidr";
import type { Properties, Value } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { at, isAbsent, list, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, SandboxObject, TypeModel, World } from "../model";
import { inGroup } from "./arm-id";
import { blocksOfSubnet, goodBlock } from "./blocks";
import { byId, defineAzure } from "./define";
import { NETWORK_NAME } from "./names";
import { zoneFaults } from "./public-ip";
import { elsewhere } from "./same-place";
import { FIREWALL_SUBNET } from "./subnet";
import { TYPE } from "./types";

/** A firewall in a subnet of its own: it has the subnet's first free address, and public ones for what goes out. */
export const firewall: TypeModel = defineAzure({
	type: TYPE.firewall,
	path: inGroup("Microsoft.Network/azureFirewalls/{azureFirewallName}"),
	naming: {
		...NETWORK_NAME,
		pattern: /^[0-9A-Za-z](?:[\w.-]{0,54}\w)?$/,
		allowed: NETWORK_NAME.allowed.replace("80", "56"),
	},
	references: [
		byId("firewallPolicy.id", [TYPE.firewallPolicy]),
		byId("ipConfigurations[].subnet.id", [TYPE.subnet]),
		byId("ipConfigurations[].publicIPAddress.id", [TYPE.publicIp]),
	],
	check: (context) => [
		...faultsOf([...skuRows(context), ...addressRows(context)]),
		...zoneFaults(TYPE.firewall, context, "zones"),
	],
	immutable: ["sku.name", "zones"],
	defaults: { additionalProperties: {}, threatIntelMode: "Alert" },
	computed: () => ({ ipGroups: [] }),
	derived: ({ inputs, world }) => ({
		ipConfigurations: list(inputs, "ipConfigurations").map((each) => configurationOf(each, world)),
	}),
});

function skuRows(context: CheckContext): Refusal[] {
	const { inputs, world } = context;
	const id = text(inputs, "firewallPolicy.id");
	const [policy] = id === undefined ? [] : world.find([TYPE.firewallPolicy], "id", id);
	const [tier, theirs] = [text(inputs, "sku.tier") ?? "Standard", text(policy?.outputs, "sku.tier")];
	const classic = ["applicationRuleCollections", "natRuleCollections", "networkRuleCollections"];
	return [
		elsewhere(context, TYPE.firewall, { path: "firewallPolicy.id", to: TYPE.firewallPolicy }),
		...classic.map((path) => ({
			when: list(inputs, path).length > 0 && !isAbsent(inputs, "firewallPolicy.id"),
			property: path,
			reason: "cannot stand beside a policy; put the rules into the policy",
		})),
		{
			when:
				policy !== undefined &&
				theirs !== undefined &&
				theirs !== tier &&
				!(tier === "Premium" && theirs === "Standard"),
			property: "sku.tier",
			reason: `must be ${theirs}, the tier of the policy, but ${tier} was given`,
		},
		{
			when: text(inputs, "sku.name") === "AZFW_VNet" && isAbsent(inputs, "ipConfigurations"),
			property: "ipConfigurations",
			reason: "is required for AZFW_VNet: a subnet and a public address; set it",
		},
	];
}

function addressRows(context: CheckContext): Refusal[] {
	const { inputs } = context;
	const configurations = list(inputs, "ipConfigurations");
	const named = configurations.filter((each) => !isAbsent(each, "subnet.id")).length;
	return [
		elsewhere(context, TYPE.firewall, { path: "ipConfigurations[].subnet.id", to: TYPE.subnet }),
		elsewhere(context, TYPE.firewall, { path: "ipConfigurations[].publicIPAddress.id", to: TYPE.publicIp }),
		{
			when: configurations.length > 0 && named !== 1,
			property: "ipConfigurations",
			reason: `must name the subnet once, but ${named} do; the others have a public address alone`,
		},
		...configurations.flatMap((each, i) => [
			...subnetRows(each, `ipConfigurations[${i}]`, context),
			...publicRows(each, `ipConfigurations[${i}]`, context),
		]),
	];
}

function subnetRows(configuration: Value, under: string, context: CheckContext): Refusal[] {
	const { world, self } = context;
	const id = text(configuration, "subnet.id");
	const [subnet] = id === undefined ? [] : world.find([TYPE.subnet], "id", id);
	const name = text(subnet?.outputs, "subnetName");
	const twin = firewallsIn(id, world).find((other) => !isSelf(other, context) && other.urn !== self?.urn);
	return [
		{
			when: subnet !== undefined && name !== FIREWALL_SUBNET,
			property: `${under}.subnet.id`,
			reason: `must be a subnet named ${FIREWALL_SUBNET}, but its name is ${name}`,
		},
		{
			when: twin !== undefined,
			property: `${under}.subnet.id`,
			reason: `the subnet has a firewall already, ${twin?.urn || twin?.id}; it takes one`,
		},
	];
}

/** Firewalls that stand in a subnet. */
function firewallsIn(subnet: string | undefined, world: World): SandboxObject[] {
	return subnet === undefined ? [] : world.find([TYPE.firewall], "ipConfigurations[].subnet.id", subnet);
}

function publicRows(configuration: Value, under: string, { world }: CheckContext): Refusal[] {
	const id = text(configuration, "publicIPAddress.id");
	const [address] = id === undefined ? [] : world.find([TYPE.publicIp], "id", id);
	const gateways = id === undefined ? [] : world.find([TYPE.natGateway], "publicIpAddresses[].id", id);
	return [
		{
			when: isAbsent(configuration, "publicIPAddress.id"),
			property: `${under}.publicIPAddress.id`,
			reason: "is required: a Standard public address; set it",
		},
		{
			when: address !== undefined && text(address.outputs, "sku.name") !== "Standard",
			property: `${under}.publicIPAddress.id`,
			reason: `must be an address of the SKU Standard, but its SKU is ${text(address?.outputs, "sku.name")}`,
		},
		{
			when: gateways.length > 0,
			property: `${under}.publicIPAddress.id`,
			reason: `the address is in use by ${gateways[0]?.id}; give the firewall its own`,
		},
	];
}

function configurationOf(configuration: Value, world: World): Properties {
	const id = text(configuration, "subnet.id");
	const [subnet] = id === undefined ? [] : world.find([TYPE.subnet], "id", id);
	const block = goodBlock(subnet && blocksOfSubnet(subnet)[0]);
	const fields = ["name", "publicIPAddress", "subnet"].flatMap((field) => {
		const value = at(configuration, field);
		return value === undefined ? [] : [[field, value] as const];
	});
	// The first four addresses of a subnet are Azure's own.
	const address = block ? { privateIPAddress: addressAt(block, 4) } : {};
	return {
		...Object.fromEntries(fields),
		...address,
		provisioningState: "Succeeded",
		type: "Microsoft.Network/azureFirewalls/azureFirewallIpConfigurations",
	};
}
