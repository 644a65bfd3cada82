import { overlaps, parseCidr, RFC1918, rangeOf } from "../../lib/cidr";
import { isUnknown, type Value } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { flag, isSet, list, text, texts } from "../check/inputs";
import type { CheckContext, Fault, SandboxObject } from "../model";
import { goodBlock } from "./blocks";
import { overQuota } from "./quota";
import { untrusted } from "./trust";

const CLUSTER = "aws:eks/cluster:Cluster";
const SUBNET = "aws:ec2/subnet:Subnet";

/** Who reaches the API server, and the role, version and quota of the cluster. */
export function endpointFaults(context: CheckContext): Fault[] {
	const { inputs, scope, world } = context;
	const isPublic = flag(inputs, "vpcConfig.endpointPublicAccess");
	const isPrivate = flag(inputs, "vpcConfig.endpointPrivateAccess") ?? isSet(inputs, "vpcConfig.endpointPrivateAccess");
	const version = text(inputs, "version");
	return [
		...texts(inputs, "vpcConfig.publicAccessCidrs").flatMap((block, i) => accessFaults(block, i)),
		...faultsOf([
			{
				when: isPublic === false && !isPrivate,
				property: "vpcConfig.endpointPrivateAccess",
				reason: "the endpoint would be neither public nor private, so nobody could reach it; turn one of them on",
			},
			{
				when: version !== undefined && !/^1\.\d{2}$/.test(version),
				property: "version",
				reason: `must be a minor version such as "1.34", without a patch, but ${JSON.stringify(version)} was given`,
			},
			untrusted(context, { path: "roleArn", service: "eks.amazonaws.com", actions: ["sts:AssumeRole"] }),
			overQuota("eksClustersPerRegion", world.list(CLUSTER, scope), context, ""),
		]),
	];
}

function accessFaults(value: string, i: number): Fault[] {
	const property = `vpcConfig.publicAccessCidrs[${i}]`;
	const block = parseCidr(value);
	if (!block) {
		return [{ property, reason: `must be an address block, but ${JSON.stringify(value)} was given` }];
	}
	const reason = `${value} is private: public access takes public blocks only; remove it and use private access`;
	return rangeOf(block, RFC1918) === undefined ? [] : [{ property, reason }];
}

/** Subnets in two zones of one VPC, and a service range that is private and clear of the VPC's. */
export function networkFaults(context: CheckContext): Fault[] {
	const { inputs, world } = context;
	const ids = list(inputs, "vpcConfig.subnetIds");
	const subnets = ids.flatMap((id) => (typeof id === "string" ? world.find([SUBNET], "id", id).slice(0, 1) : []));
	const complete = ids.length > 0 && subnets.length === ids.length && !ids.some(isUnknown);
	const zones = new Set(subnets.map((subnet) => text(subnet.outputs, "availabilityZone")));
	const vpcs = new Set(subnets.map((subnet) => text(subnet.outputs, "vpcId")));
	const home = text(context.self?.outputs ?? {}, "vpcConfig.vpcId");
	const moved = home !== undefined && complete && !vpcs.has(home);
	const few = complete ? zones.size < 2 : Array.isArray(subnetIds(context)) && ids.length < 2;
	return [
		...faultsOf([
			{
				when: moved,
				property: "vpcConfig.subnetIds",
				reason: `must stay in the cluster's VPC ${home}, which a cluster never leaves; destroy the cluster before its network is replaced`,
			},
			{
				when: few,
				property: "vpcConfig.subnetIds",
				reason: `must lie in at least 2 zones, but ${complete ? [...zones].join(", ") || "none" : `${ids.length} subnets`} was given; add a subnet of another zone`,
			},
			{
				when: complete && vpcs.size > 1,
				property: "vpcConfig.subnetIds",
				reason: `must belong to one VPC, but ${[...vpcs].join(", ")} were given`,
			},
		]),
		...serviceRangeFaults(context, subnets),
	];
}

function subnetIds({ inputs }: CheckContext): Value | undefined {
	const config = inputs.vpcConfig;
	return typeof config === "object" && config !== null && !Array.isArray(config) ? config.subnetIds : undefined;
}

function serviceRangeFaults({ inputs, world }: CheckContext, subnets: readonly SandboxObject[]): Fault[] {
	const property = "kubernetesNetworkConfig.serviceIpv4Cidr";
	const value = text(inputs, property);
	const block = goodBlock(value);
	if (value === undefined || !block) {
		const reason = `must be a canonical IPv4 block, but ${JSON.stringify(value)} was given`;
		return value === undefined ? [] : [{ property, reason }];
	}
	const vpcId = text(subnets[0]?.outputs, "vpcId");
	const [vpc] = vpcId === undefined ? [] : world.find(["aws:ec2/vpc:Vpc"], "id", vpcId);
	const theirs = goodBlock(text(vpc?.outputs, "cidrBlock"));
	return faultsOf([
		{
			when: block.prefix < 12 || block.prefix > 24 || rangeOf(block, RFC1918) === undefined,
			property,
			reason: `must be a private block of /12 to /24 (RFC 1918), but ${value} was given`,
		},
		{
			when: theirs !== undefined && overlaps(block, theirs),
			property,
			reason: `${value} overlaps the VPC's ${text(vpc?.outputs, "cidrBlock")}; choose another private block`,
		},
		{
			when: text(inputs, "kubernetesNetworkConfig.ipFamily") === "ipv6",
			property,
			reason: "cannot be given where ipFamily is ipv6; remove it",
		},
	]);
}

/** Envelope encryption covers exactly the secrets. */
export function encryptionFaults({ inputs }: CheckContext): Fault[] {
	const resources = list(inputs, "encryptionConfig.resources");
	return faultsOf([
		{
			when:
				isSet(inputs, "encryptionConfig") &&
				Array.isArray(inputs.encryptionConfig) === false &&
				resources.length === 0 &&
				!isUnknown(inputs.encryptionConfig),
			property: "encryptionConfig.resources",
			reason: 'must be ["secrets"]; set it',
		},
	]);
}

/** Auto Mode is on for compute, storage and load balancing together, without self-managed add-ons. */
export function autoModeFaults({ inputs }: CheckContext): Fault[] {
	const parts = [
		"computeConfig.enabled",
		"kubernetesNetworkConfig.elasticLoadBalancing.enabled",
		"storageConfig.blockStorage.enabled",
	];
	const on = parts.filter((path) => flag(inputs, path) === true);
	const off = parts.filter((path) => flag(inputs, path) === false || !isSet(inputs, path));
	return faultsOf([
		{
			when: on.length > 0 && off.length > 0,
			property: off[0] ?? "",
			reason: `EKS Auto Mode is all or nothing: ${on.join(", ")} is true, so set ${off.join(", ")} to true as well`,
		},
		{
			when:
				on.length > 0 &&
				flag(inputs, "bootstrapSelfManagedAddons") !== false &&
				!isUnknown(inputs.bootstrapSelfManagedAddons),
			property: "bootstrapSelfManagedAddons",
			reason: "must be false with EKS Auto Mode, which brings its own add-ons; set it",
		},
	]);
}
