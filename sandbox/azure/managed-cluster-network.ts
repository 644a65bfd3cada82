import { contains, parseCidr, sizeOf } from "../../lib/cidr";
import type { Properties } from "../../lib/values";
import { faultsOf, outside, type Refusal } from "../check/fault-table";
import { flag, isAbsent, isSet, list, number, text } from "../check/inputs";
import type { CheckContext, Fault, SandboxObject, World } from "../model";
import { networkIdOf } from "./arm-id";
import { blockFaults, blocksOfNetwork, blocksOfSubnet, goodBlock, overlapping } from "./blocks";
import { NETWORK_DEFAULTS } from "./managed-cluster-outputs";
import { largest, profilesOf } from "./pool-place";
import { TYPE } from "./types";

const NET = "networkProfile";

/** Addresses of pods and services, the way out, and what goes with which data plane. */
export function networkFaults(context: CheckContext): Fault[] {
	const { inputs } = context;
	return [
		...rangeFaults(context),
		...faultsOf([...pluginRows(inputs), ...outboundRows(context), ...integrationRows(context)]),
	];
}

/** The range there, or AKS's default; undefined where it is not known. */
function rangeAt(inputs: Properties, name: "podCidr" | "serviceCidr" | "dnsServiceIP"): string | undefined {
	const path = `${NET}.${name}`;
	return isAbsent(inputs, path) ? text(NETWORK_DEFAULTS, name) : text(inputs, path);
}

function networksOf(context: CheckContext): SandboxObject[] {
	const subnets = list(context.inputs, "agentPoolProfiles").map((pool) => text(pool, "vnetSubnetID"));
	const ids = new Set(subnets.flatMap((id) => (id === undefined ? [] : [networkIdOf(id)])));
	return [...ids].flatMap((id) => context.world.find([TYPE.virtualNetwork], "id", id));
}

function rangeFaults(context: CheckContext): Fault[] {
	const { inputs } = context;
	const [pods, services, dns] = [
		rangeAt(inputs, "podCidr"),
		rangeAt(inputs, "serviceCidr"),
		rangeAt(inputs, "dnsServiceIP"),
	];
	const space = networksOf(context).flatMap(blocksOfNetwork);
	const overlay = text(inputs, `${NET}.networkPluginMode`) === "overlay";
	const nodes = profilesOf(inputs, undefined).reduce((sum, { pool }) => sum + largest(pool), 0);
	const room = Number(sizeOf(goodBlock(pods) ?? { family: 4, base: 0n, prefix: 0 }) / 256n);
	const others = overlay ? [...space, ...(pods === undefined ? [] : [pods])] : space;
	const [hitPods, hitServices] = [overlapping(pods, space), overlapping(services, others)];
	return [
		...blockFaults(text(inputs, `${NET}.podCidr`), `${NET}.podCidr`, { min: 8, max: 24 }),
		...blockFaults(text(inputs, `${NET}.serviceCidr`), `${NET}.serviceCidr`, { min: 12, max: 29 }),
		...faultsOf([
			{
				when: overlay && hitPods !== undefined,
				property: `${NET}.podCidr`,
				reason: `${pods} overlaps the network's ${hitPods}; choose a private block outside it`,
			},
			{
				when: hitServices !== undefined,
				property: `${NET}.serviceCidr`,
				reason: `${services} overlaps ${hitServices} of the network or the pods; choose a private block clear of both`,
			},
			{
				when: overlay && pods !== undefined && nodes > room,
				property: `${NET}.podCidr`,
				reason: `${pods} holds the pods of ${room} nodes (a /24 each), but the pools may have ${nodes}; choose a larger block`,
			},
			...dnsRows(services, dns),
		]),
	];
}

function dnsRows(services: string | undefined, dns: string | undefined): Refusal[] {
	const range = goodBlock(services);
	const address = dns === undefined ? undefined : parseCidr(`${dns}/32`);
	const inside = range && address ? contains(range, address) && address.base > range.base + 1n : true;
	return [
		{
			when: dns !== undefined && address === undefined,
			property: `${NET}.dnsServiceIP`,
			reason: `must be an IPv4 address, but ${JSON.stringify(dns)} was given`,
		},
		{
			when: !inside,
			property: `${NET}.dnsServiceIP`,
			reason: `must be inside serviceCidr ${services} and not its first address, but it is ${dns}; set both together`,
		},
	];
}

function pluginRows(inputs: Properties): Refusal[] {
	const at = (name: string): string | undefined => text(inputs, `${NET}.${name}`);
	const unless = (name: string, value: string): boolean =>
		isAbsent(inputs, `${NET}.${name}`) || (at(name) !== undefined && at(name) !== value);
	const cilium = at("networkDataplane") === "cilium";
	const pods = list(inputs, "agentPoolProfiles").some((pool) => isSet(pool, "podSubnetID"));
	const flat = isAbsent(inputs, `${NET}.networkPluginMode`) && !pods;
	return [
		{
			when: at("networkPolicy") === "cilium" && unless("networkDataplane", "cilium"),
			property: `${NET}.networkDataplane`,
			reason: 'must be "cilium" where networkPolicy is cilium; set it',
		},
		{
			when: cilium && at("networkPolicy") !== undefined && !["cilium", "none"].includes(at("networkPolicy") ?? ""),
			property: `${NET}.networkPolicy`,
			reason: `must be "cilium" or "none" with the cilium data plane, but ${JSON.stringify(at("networkPolicy"))} was given`,
		},
		{
			when: (cilium || at("networkPluginMode") === "overlay") && unless("networkPlugin", "azure"),
			property: `${NET}.networkPlugin`,
			reason: `must be "azure" for ${cilium ? "the cilium data plane" : "an overlay"}; set it`,
		},
		{
			when: cilium && flat,
			property: `${NET}.networkPluginMode`,
			reason:
				'must be "overlay" for the cilium data plane, unless pods have a subnet of their own (podSubnetID); set it',
		},
		{
			when: at("loadBalancerSku") === "basic",
			property: `${NET}.loadBalancerSku`,
			reason: 'must be "standard": basic load balancers are retired; set it or leave it out',
		},
		{
			when: flag(inputs, `${NET}.advancedNetworking.security.enabled`) === true && unless("networkDataplane", "cilium"),
			property: `${NET}.advancedNetworking.security.enabled`,
			reason: "needs the cilium data plane; set networkDataplane or leave it out",
		},
	];
}

function outboundRows(context: CheckContext): Refusal[] {
	const { inputs, world } = context;
	const type = text(inputs, `${NET}.outboundType`);
	const pools = list(inputs, "agentPoolProfiles");
	const managed = type === "managedNATGateway";
	const rows = pools.flatMap((pool, i): Refusal[] => {
		const id = text(pool, "vnetSubnetID");
		const [subnet] = id === undefined ? [] : world.find([TYPE.subnet], "id", id);
		const property = `agentPoolProfiles[${i}].vnetSubnetID`;
		return [
			{
				when: ["userAssignedNATGateway", "userDefinedRouting"].includes(type ?? "") && isAbsent(pool, "vnetSubnetID"),
				property,
				reason: `is required for outboundType ${type}: AKS takes the way out that the subnet has; give a subnet`,
			},
			{
				when: type === "userAssignedNATGateway" && subnet !== undefined && isAbsent(subnet.outputs, "natGateway"),
				property,
				reason:
					"the subnet has no NAT gateway, which outboundType userAssignedNATGateway asks for; set natGateway on the subnet",
			},
			{
				when: type === "userDefinedRouting" && subnet !== undefined && isAbsent(subnet.outputs, "routeTable"),
				property,
				reason:
					"the subnet has no route table, which outboundType userDefinedRouting asks for; set routeTable on the subnet",
			},
			{
				when: type === "userDefinedRouting" && leadsNowhere(subnet, world),
				property,
				reason:
					"the subnet's route table has no route for 0.0.0.0/0, by which outboundType userDefinedRouting goes out; add it",
			},
			{
				when: managed && isSet(pool, "vnetSubnetID"),
				property: `${NET}.outboundType`,
				reason:
					"managedNATGateway is for networks that AKS makes; use userAssignedNATGateway with a subnet of your own",
			},
		];
	});
	const profile = `${NET}.natGatewayProfile`;
	return [
		...rows,
		{
			when: isSet(inputs, profile) && !managed && (type !== undefined || isAbsent(inputs, `${NET}.outboundType`)),
			property: profile,
			reason: "belongs to outboundType managedNATGateway; remove it",
		},
		outside(number(inputs, `${profile}.idleTimeoutInMinutes`), `${profile}.idleTimeoutInMinutes`, {
			min: 4,
			max: 120,
			unit: "minutes",
		}),
	];
}

/** True for a subnet whose table has no default route. Source: Microsoft Learn, "Customize cluster egress with outbound types", read 2026-11-28. */
function leadsNowhere(subnet: SandboxObject | undefined, world: World): boolean {
	const id = text(subnet?.outputs, "routeTable.id");
	const [table] = id === undefined ? [] : world.find([TYPE.routeTable], "id", id);
	const routes = list(table?.outputs, "routes");
	return table !== undefined && !routes.some((route) => text(route, "addressPrefix") === "0.0.0.0/0");
}

/** The subnet of an API server that is in the network: delegated, of /28 or larger, in the nodes' network. */
function integrationRows(context: CheckContext): Refusal[] {
	const { inputs, world } = context;
	const property = "apiServerAccessProfile.subnetId";
	const id = text(inputs, property);
	const [subnet] = id === undefined ? [] : world.find([TYPE.subnet], "id", id);
	const delegated = list(subnet?.outputs, "delegations").map((each) => text(each, "serviceName"));
	const small = subnet && blocksOfSubnet(subnet).find((block) => (parseCidr(block)?.prefix ?? 0) > 28);
	const nodes = list(inputs, "agentPoolProfiles")
		.map((pool) => text(pool, "vnetSubnetID"))
		.find((each) => each !== undefined);
	return [
		{
			when: subnet !== undefined && !delegated.includes("Microsoft.ContainerService/managedClusters"),
			property,
			reason: "the subnet must be delegated to Microsoft.ContainerService/managedClusters; set delegations on it",
		},
		{
			when: small !== undefined,
			property,
			reason: `the subnet must have a prefix length of 28 bits at most, but it has ${small}; use a larger one`,
		},
		{
			when: id !== undefined && nodes !== undefined && networkIdOf(id) !== networkIdOf(nodes),
			property,
			reason: `must be in the nodes' network ${networkIdOf(nodes ?? "")}, but ${id} was given`,
		},
	];
}
