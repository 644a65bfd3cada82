import { machineType } from "../../catalogue/gcp/machine-types";
import { isObject } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { flag, isSet, list, text } from "../check/inputs";
import type { CheckContext, Fault, SandboxObject } from "../model";
import { rdmaZoneOf } from "./network";
import type { PoolPlace } from "./node-pool-place";
import { networkNamed, SUBNETWORK } from "./ranges";
import { objectNamed } from "./references";

const CONFIGS = "networkConfig.additionalNodeNetworkConfigs";

/** A further interface of the nodes, as far as the world knows its parts. */
interface Interface {
	readonly property: string;
	readonly network: SandboxObject | undefined;
	readonly subnet: SandboxObject | undefined;
}

/** Networks of the nodes beside the first: how many the machine type takes, and that each is a network of its own. */
export function interfaceFaults(context: CheckContext, place: PoolPlace): Fault[] {
	const interfaces = list(context.inputs, CONFIGS).map((config, i): Interface => {
		const bag = isObject(config) ? config : {};
		return {
			property: `${CONFIGS}[${i}]`,
			network: networkNamed(context, text(bag, "network")),
			subnet: objectNamed(context, SUBNETWORK, text(bag, "subnetwork")),
		};
	});
	return [
		...faultsOf([...clusterRows(context, place, interfaces), ...countRows(context, interfaces)]),
		...interfaces.flatMap((each, i) =>
			faultsOf(interfaceRows(context, place, { each, before: interfaces.slice(0, i) })),
		),
	];
}

function clusterRows({ inputs }: CheckContext, { cluster }: PoolPlace, interfaces: readonly Interface[]): Refusal[] {
	const multi = flag(cluster?.outputs, "enableMultiNetworking") === true;
	return [
		{
			when: interfaces.length > 0 && cluster !== undefined && !multi,
			property: CONFIGS,
			reason: `needs enableMultiNetworking and datapathProvider ADVANCED_DATAPATH on ${cluster?.id || cluster?.urn}; set them there`,
		},
		{
			when: interfaces.length > 0 && isSet(inputs, "networkConfig.acceleratorNetworkProfile"),
			property: "networkConfig.acceleratorNetworkProfile",
			reason: `makes the networks by itself and cannot be combined with ${CONFIGS}; remove one of them`,
		},
	];
}

/** GPUDirect needs every interface of the machine type. Source: cluster-toolkit, gke-node-pool preconditions (field guide 1.2). */
function countRows({ inputs }: CheckContext, interfaces: readonly Interface[]): Refusal[] {
	const type = text(inputs, "nodeConfig.machineType") ?? "";
	const fabric = machineType(type)?.fabric;
	const automatic = isSet(inputs, "networkConfig.acceleratorNetworkProfile");
	const given = list(inputs, CONFIGS).length;
	const least = fabric?.kind === "gvnic" ? fabric.networks : (fabric?.rdmaSubnets ?? 0) + 1;
	const known = interfaces.every(({ network }) => network !== undefined);
	const rdma = interfaces.filter(({ network }) => rdmaZoneOf(network) !== undefined).length;
	const subnets = fabric?.kind === "roce" ? fabric.rdmaSubnets : undefined;
	return [
		{
			when: fabric !== undefined && !automatic && given < least && !isUnknownConfig(inputs),
			property: CONFIGS,
			reason: `${type} has ${least} interfaces beside the first, but ${given} were given; name a network for each, or set acceleratorNetworkProfile`,
		},
		{
			when: subnets !== undefined && known && given >= least && rdma !== subnets,
			property: CONFIGS,
			reason: `${type} needs ${subnets} subnets of one network with an RDMA profile and one gVNIC network, but ${rdma} are of such a network`,
		},
	];
}

function isUnknownConfig(inputs: CheckContext["inputs"]): boolean {
	return (
		isSet(inputs, CONFIGS) &&
		!Array.isArray(isObject(inputs.networkConfig) ? inputs.networkConfig.additionalNodeNetworkConfigs : [])
	);
}

function interfaceRows(
	context: CheckContext,
	{ cluster, zones }: PoolPlace,
	{ each, before }: { readonly each: Interface; readonly before: readonly Interface[] },
): Refusal[] {
	const { network, property, subnet } = each;
	const owner = networkNamed(context, text(subnet?.outputs, "network"));
	const home = networkNamed(context, text(cluster?.outputs, "network"));
	const zone = rdmaZoneOf(network);
	const away = zone === undefined ? undefined : zones.find((other) => other !== zone);
	const twice = before.some((other) => network !== undefined && other.network === network);
	return [
		{
			when: owner !== undefined && network !== undefined && owner !== network,
			property: `${property}.subnetwork`,
			reason: `must be a subnet of ${network?.id}, but ${subnet?.id} is of ${owner?.id}`,
		},
		{
			when: network !== undefined && network === home,
			property: `${property}.network`,
			reason: `must be another network than the cluster's own ${home?.id}; name one of the fabric`,
		},
		{
			when: zone === undefined && twice,
			property: `${property}.network`,
			reason: `each gVNIC interface needs a network of its own, but ${network?.id} is given twice`,
		},
		{
			when: subnet !== undefined && before.some((other) => other.subnet === subnet),
			property: `${property}.subnetwork`,
			reason: `${subnet?.id} is given twice; each interface needs a subnet of its own`,
		},
		{
			when: away !== undefined,
			property: `${property}.network`,
			reason: `the RDMA network ${network?.id} is of zone ${zone}, but the pool has nodes in ${away}; use a network of that zone`,
		},
	];
}
