import { addressAt, parseCidr } from "../../lib/cidr";
import { isUnknown } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { isAbsent, isSet, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, CreateContext, Fault, SandboxObject, TypeModel } from "../model";
import { defineAws } from "./define";
import { ec2Id } from "./names";
import { overQuota } from "./quota";

const GATEWAY = "aws:ec2/internetGateway:InternetGateway";
const EIP = "aws:ec2/eip:Eip";
const NAT = "aws:ec2/natGateway:NatGateway";
const SUBNET = "aws:ec2/subnet:Subnet";
const VPC = "aws:ec2/vpc:Vpc";

/** A NAT gateway: zonal ones sit in a subnet, public ones need an address and a VPC with an internet gateway. */
export const natGateway: TypeModel = defineAws({
	type: NAT,
	references: [
		{ path: "subnetId", to: [SUBNET], by: "id" },
		{ path: "allocationId", to: [EIP], by: "id" },
		{ path: "secondaryAllocationIds[]", to: [EIP], by: "id" },
		{ path: "vpcId", to: [VPC], by: "id" },
	],
	values: { connectivityType: ["public", "private"], availabilityMode: ["zonal", "regional"] },
	check: (context) => [...natShapeFaults(context), ...natPlaceFaults(context)],
	defaults: {
		availabilityMode: "zonal",
		connectivityType: "public",
		secondaryPrivateIpAddressCount: 0,
		secondaryPrivateIpAddresses: [],
	},
	id: (context) => ec2Id(context, "nat"),
	computed: (context) => ({
		associationId: text(context.inputs, "allocationId") ? ec2Id(context, "eipassoc") : "",
		networkInterfaceId: ec2Id(context, "eni"),
		privateIp: text(context.inputs, "privateIp") ?? firstFree(context),
		publicIp: publicIpOf(context),
	}),
});

/** The first address of the subnet that EC2 gives away: it keeps four at the start. */
function firstFree(context: CreateContext): string {
	const block = parseCidr(text(subnetOf(context)?.outputs, "cidrBlock") ?? "");
	return block ? addressAt(block, 4 + (Number(context.digits(1)) % 7)) : "";
}

function publicIpOf(context: CreateContext): string {
	const allocation = text(context.inputs, "allocationId");
	const [address] = allocation === undefined ? [] : context.world.find([EIP], "id", allocation);
	return text(address?.outputs, "publicIp") ?? "";
}

function subnetOf(context: CheckContext): SandboxObject | undefined {
	const id = text(context.inputs, "subnetId");
	return id === undefined ? undefined : context.world.find([SUBNET], "id", id)[0];
}

function natShapeFaults({ inputs }: CheckContext): Fault[] {
	const regional = text(inputs, "availabilityMode") === "regional";
	const isPrivate = text(inputs, "connectivityType") === "private";
	return faultsOf([
		{
			when: !regional && isAbsent(inputs, "subnetId"),
			property: "subnetId",
			reason: "is required for a zonal NAT gateway; give a public subnet",
		},
		{
			when: regional && isSet(inputs, "subnetId"),
			property: "subnetId",
			reason: "cannot be given for a regional NAT gateway; give vpcId instead",
		},
		{
			when: regional && isAbsent(inputs, "vpcId"),
			property: "vpcId",
			reason: "is required for a regional NAT gateway",
		},
		{
			when: !regional && !isPrivate && isAbsent(inputs, "allocationId"),
			property: "allocationId",
			reason: "is required for a public NAT gateway; allocate an Elastic IP, or set connectivityType to private",
		},
		{
			when: isPrivate && isSet(inputs, "allocationId"),
			property: "allocationId",
			reason: "cannot be given where connectivityType is private; remove it",
		},
	]);
}

function natPlaceFaults(context: CheckContext): Fault[] {
	const { inputs, scope, world } = context;
	const subnet = subnetOf(context);
	const zone = text(subnet?.outputs, "availabilityZone");
	const vpcId = text(subnet?.outputs, "vpcId");
	const all = world.list(NAT, scope);
	const sameZone = all.filter((nat) => zoneOfNat(nat, context) === zone && zone !== undefined);
	const allocation = text(inputs, "allocationId");
	const user = all.find((nat) => !isSelf(nat, context) && text(nat.outputs, "allocationId") === allocation);
	const gateways = world.list(GATEWAY, scope);
	const known = vpcId !== undefined && !gateways.some((gateway) => isUnknown(gateway.outputs.vpcId));
	const isPublic = text(inputs, "connectivityType") !== "private";
	return faultsOf([
		{
			when: allocation !== undefined && user !== undefined,
			property: "allocationId",
			reason: `${allocation} is in use by ${user?.id || user?.urn}; allocate another Elastic IP`,
		},
		{
			when: isPublic && known && !gateways.some((gateway) => gateway.outputs.vpcId === vpcId),
			property: "subnetId",
			reason: `the VPC ${vpcId} has no internet gateway attached; attach one first, and depend on it`,
		},
		overQuota("natGatewaysPerZone", sameZone, context, "subnetId"),
	]);
}

function zoneOfNat(nat: SandboxObject, context: CheckContext): string | undefined {
	const id = text(nat.outputs, "subnetId");
	const [subnet] = id === undefined ? [] : context.world.find([SUBNET], "id", id);
	return text(subnet?.outputs, "availabilityZone");
}
