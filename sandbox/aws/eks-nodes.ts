import { instanceType } from "../../catalogue/aws/instance-types";
import { addressAt, parseCidr, sizeOf } from "../../lib/cidr";
import type { Properties } from "../../lib/values";
import { list, number, object, text, texts } from "../check/inputs";
import type { SandboxObject, World } from "../model";
import type { SimulatedNode, Taint } from "../nodes/node";
import { type NodeNaming, nodesOfPool, type PoolFacts, steadyHex, taintEffect } from "../nodes/pool-nodes";
import { eksReserve } from "../nodes/reserve";
import { templateOf } from "./eks-node-group-machines";

const GROUP = "aws:eks/nodeGroup:NodeGroup";

/** Addresses of a subnet that are no node's: the first four and the last are the VPC's own. */
const FIRST = 4;

/** A zone of a group, with the addresses of its nodes. */
interface Place {
	readonly zone: string;
	readonly cidr: string;
}

/** The nodes of an EKS cluster, as its managed node groups run them. */
export function eksNodes(cluster: SandboxObject, world: World): SimulatedNode[] {
	const groups = world
		.find([GROUP], "clusterName", text(cluster.outputs, "name") ?? "")
		.filter(({ account, region }) => account === cluster.account && region === cluster.region)
		.sort((a, b) => (a.id < b.id ? -1 : 1));
	const taken = new Set<string>();
	return groups.flatMap((group) => {
		const places = placesOf(group, world);
		const facts = factsOf(group, places, world);
		return facts === undefined ? [] : nodesOfPool(facts, naming(group, places, taken));
	});
}

function placesOf(group: SandboxObject, world: World): Place[] {
	return texts(group.outputs, "subnetIds").flatMap((id) =>
		world.find(["aws:ec2/subnet:Subnet"], "id", id).map(({ outputs }) => ({
			zone: text(outputs, "availabilityZone") ?? "",
			cidr: text(outputs, "cidrBlock") ?? "",
		})),
	);
}

function factsOf(group: SandboxObject, places: readonly Place[], world: World): PoolFacts | undefined {
	const { account, outputs, region } = group;
	const template = templateOf({ inputs: outputs, scope: { account, region }, world, self: group })?.outputs;
	const type = text(template, "instanceType") ?? texts(outputs, "instanceTypes")[0] ?? "";
	const machine = instanceType(type);
	if (machine === undefined) {
		return undefined;
	}
	const adapters = list(template, "networkInterfaces").filter((each) =>
		["efa", "efa-only"].includes(text(each, "interfaceType") ?? ""),
	).length;
	const pods = podsOf(template, machine.maxPods);
	return {
		name: text(outputs, "nodeGroupName") ?? group.id,
		region,
		zones: places.map(({ zone }) => zone),
		nodes: number(outputs, "scalingConfig.desiredSize") ?? 0,
		instanceType: type,
		machine,
		pods,
		diskGib: diskGib(template, outputs, machine.localNvme),
		extended: adapters > 0 ? { "vpc.amazonaws.com/efa": adapters } : {},
		reserve: eksReserve({ vcpus: machine.vcpus, pods }),
		labels: {
			"eks.amazonaws.com/nodegroup": text(outputs, "nodeGroupName") ?? "",
			"eks.amazonaws.com/capacityType": text(outputs, "capacityType") ?? "ON_DEMAND",
			...textValues(object(outputs, "labels")),
		},
		taints: list(outputs, "taints").flatMap(taintOf),
	};
}

/** What the node's settings tell the kubelet, else what EKS reckons by the type. */
function podsOf(template: Properties | undefined, byType: number): number {
	const [, told] = /maxPods"?:\s*(\d+)/.exec(settingsOf(template)) ?? [];
	return told === undefined ? byType : Number(told);
}

function settingsOf(template: Properties | undefined): string {
	return Buffer.from(text(template, "userData") ?? "", "base64").toString("utf8");
}

/** The root volume, or the local disks where the node's settings stripe them for pods. */
function diskGib(
	template: Properties | undefined,
	group: Properties,
	local: { readonly count: number; readonly sizeGb: number } | undefined,
): number {
	if (local !== undefined && /strategy"?:\s*"?RAID0/.test(settingsOf(template))) {
		return Math.floor((local.count * local.sizeGb * 1e9) / 1024 ** 3);
	}
	const [root] = list(template, "blockDeviceMappings");
	return number(root, "ebs.volumeSize") ?? (number(group, "diskSize") || 20);
}

function taintOf(taint: Properties[string]): Taint[] {
	const effect = taintEffect(text(taint, "effect") ?? "");
	const value = text(taint, "value");
	return effect === undefined ? [] : [{ key: text(taint, "key") ?? "", ...(value ? { value } : {}), effect }];
}

function textValues(bag: Properties): { [key: string]: string } {
	return Object.fromEntries(Object.entries(bag).map(([key, value]) => [key, String(value)]));
}

/** Nodes are named by their addresses, which no two of a cluster share. */
function naming(group: SandboxObject, places: readonly Place[], taken: Set<string>): NodeNaming {
	const domain = group.region === "us-east-1" ? "ec2.internal" : `${group.region}.compute.internal`;
	return {
		name: (index, zone) => {
			const cidr = places.find((place) => place.zone === zone)?.cidr ?? "";
			const address = freeAddress(cidr, Number.parseInt(steadyHex(8, group.id, index), 16), taken);
			taken.add(address);
			return `ip-${address.replaceAll(".", "-")}.${domain}`;
		},
		providerId: (index, zone) => `aws:///${zone}/i-${steadyHex(17, group.id, index)}`,
	};
}

/** An address of a subnet that nobody has, from a number on that chooses it. */
function freeAddress(cidr: string, from: number, taken: ReadonlySet<string>): string {
	const range = parseCidr(cidr);
	if (range === undefined) {
		throw new Error(`a node group's subnet has no range of addresses: ${cidr}`);
	}
	const size = Number(sizeOf(range)) - FIRST - 1;
	for (let step = 0; step < size; step++) {
		const address = addressAt(range, FIRST + ((from + step) % size));
		if (!taken.has(address)) {
			return address;
		}
	}
	throw new Error(`the subnet ${cidr} has no address left for a node`);
}
