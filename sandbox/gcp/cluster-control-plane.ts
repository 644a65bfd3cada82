import { overlaps, parseCidr, RFC1918, rangeOf } from "../../lib/cidr";
import { isObject, isUnknown } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { at, flag, isAbsent, isSet, list, number, text, texts } from "../check/inputs";
import type { CheckContext, Fault } from "../model";
import { REGION, regionOfZone } from "./names";
import { overLimit } from "./quota";
import { goodRange, networkNamed, rangesOf, subnetsOf } from "./ranges";

/** Ranges that GKE takes for a private endpoint beside RFC 1918. Source: GKE, Authorized networks, unverified in full. */
const RESERVED = [
	...RFC1918,
	"100.64.0.0/10",
	"192.0.0.0/24",
	"192.0.2.0/24",
	"192.88.99.0/24",
	"198.18.0.0/15",
	"198.51.100.0/24",
	"203.0.113.0/24",
	"240.0.0.0/4",
];

/** Where the cluster and its nodes are, its first pool, and how many clusters the region has. */
export function placeFaults(context: CheckContext): Fault[] {
	const { inputs, scope, world } = context;
	const location = text(inputs, "location");
	const zones = texts(inputs, "nodeLocations");
	const away = zones.findIndex((zone) => regionOfZone(zone) !== scope.region);
	const version = text(inputs, "minMasterVersion");
	const pools = isSet(inputs, "nodePools") || flag(inputs, "enableAutopilot") === true;
	return faultsOf([
		{
			when: location !== undefined && !REGION.test(location) && regionOfZone(location) === undefined,
			property: "location",
			reason: `must be a region such as us-central1 or a zone such as us-central1-a, but ${JSON.stringify(location)} was given`,
		},
		{
			when: away >= 0,
			property: `nodeLocations[${away}]`,
			reason: `must be a zone of ${scope.region}, such as ${scope.region}-a, but ${JSON.stringify(zones[away])} was given`,
		},
		{
			when: !pools && !isUnknown(inputs.initialNodeCount) && (number(inputs, "initialNodeCount") ?? 0) < 1,
			property: "initialNodeCount",
			reason:
				"must be at least 1 where no nodePools are given; with removeDefaultNodePool true the first pool goes away again",
		},
		{
			when: pools && isSet(inputs, "initialNodeCount"),
			property: "initialNodeCount",
			reason: "cannot be combined with nodePools or enableAutopilot; remove it",
		},
		{
			when: version !== undefined && !/^(latest|1\.\d+(\.\d+(-gke\.\d+)?)?)$/.test(version),
			property: "minMasterVersion",
			reason: `must be a version such as 1.34, 1.34.1 or 1.34.1-gke.1829001, but ${JSON.stringify(version)} was given`,
		},
		overLimit("clustersPerRegion", world.list("gcp:container/cluster:Cluster", scope), context, ""),
	]);
}

/** Who reaches the control plane, and over which addresses. */
export function controlPlaneFaults(context: CheckContext): Fault[] {
	const { inputs } = context;
	const isPrivate = flag(inputs, "privateClusterConfig.enablePrivateEndpoint") === true;
	const block = text(inputs, "privateClusterConfig.masterIpv4CidrBlock");
	return [
		...faultsOf([
			{
				when: isPrivate && isAbsent(inputs, "masterAuthorizedNetworksConfig"),
				property: "masterAuthorizedNetworksConfig",
				reason:
					"is required where enablePrivateEndpoint is true; set it, {} where nobody outside the network is let in",
			},
			{
				when: isPrivate && flag(inputs, "privateClusterConfig.enablePrivateNodes") === false,
				property: "privateClusterConfig.enablePrivateNodes",
				reason: "must be true where enablePrivateEndpoint is true; set it",
			},
			{
				when:
					flag(inputs, "privateClusterConfig.enablePrivateNodes") === true &&
					text(inputs, "networkingMode") === "ROUTES",
				property: "networkingMode",
				reason: "must be VPC_NATIVE where nodes are private; set it",
			},
			{
				when: block !== undefined && isSet(inputs, "privateClusterConfig.privateEndpointSubnetwork"),
				property: "privateClusterConfig.masterIpv4CidrBlock",
				reason: "cannot be combined with privateEndpointSubnetwork; remove one of them",
			},
			{
				when: isPrivate && flag(inputs, "masterAuthorizedNetworksConfig.gcpPublicCidrsAccessEnabled") === true,
				property: "masterAuthorizedNetworksConfig.gcpPublicCidrsAccessEnabled",
				reason: "cannot be true for a private endpoint; set it to false",
			},
		]),
		...masterRangeFaults(context, block),
		...authorizedFaults(context, isPrivate),
	];
}

function masterRangeFaults(context: CheckContext, value: string | undefined): Fault[] {
	const property = "privateClusterConfig.masterIpv4CidrBlock";
	const block = goodRange(value);
	if (value === undefined || block?.prefix !== 28 || rangeOf(block, RFC1918) === undefined) {
		const reason = `must be a private range (RFC 1918) of /28 without host bits, but ${JSON.stringify(value)} was given`;
		return value === undefined ? [] : [{ property, reason }];
	}
	const home = networkNamed(context, text(context.inputs, "network"));
	const taken = subnetsOf(context, home).flatMap(rangesOf);
	const others = context.world
		.find(["gcp:container/cluster:Cluster"], "network", text(context.inputs, "network") ?? "")
		.filter((other) => other.id !== context.self?.id)
		.flatMap(({ id, urn, outputs }) => {
			const theirs = goodRange(text(outputs, property));
			return theirs ? [{ block: theirs, of: `the control plane of ${id || urn}` }] : [];
		});
	return [...taken, ...others]
		.filter((other) => overlaps(block, other.block))
		.map((other) => ({ property, reason: `${value} overlaps ${other.of}; choose a free /28` }));
}

function authorizedFaults({ inputs }: CheckContext, isPrivate: boolean): Fault[] {
	return list(inputs, "masterAuthorizedNetworksConfig.cidrBlocks").flatMap((entry, i) => {
		const property = `masterAuthorizedNetworksConfig.cidrBlocks[${i}].cidrBlock`;
		const value = isObject(entry) ? at(entry, "cidrBlock") : undefined;
		const block = typeof value === "string" && !isUnknown(value) ? parseCidr(value) : undefined;
		return faultsOf([
			{
				when: typeof value === "string" && !isUnknown(value) && block === undefined,
				property,
				reason: `must be an address range such as 10.0.0.0/8, but ${JSON.stringify(value)} was given`,
			},
			{
				when: isPrivate && block?.family === 4 && rangeOf(block, RESERVED) === undefined,
				property,
				reason: `must be a private range where enablePrivateEndpoint is true, but ${String(value)} is public; remove it or open the public endpoint`,
			},
		]);
	});
}
