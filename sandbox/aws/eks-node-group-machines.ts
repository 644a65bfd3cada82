import { instanceType } from "../../catalogue/aws/instance-types";
import { isUnknown } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { isAbsent, isSet, list, text, texts } from "../check/inputs";
import type { CheckContext, Fault, SandboxObject } from "../model";

/** AMI types of managed node groups. Source: Amazon EKS API reference, Nodegroup.amiType, 2026-11-21. */
export const AMI_TYPES = [
	"AL2_x86_64",
	"AL2_x86_64_GPU",
	"AL2_ARM_64",
	"AL2023_x86_64_STANDARD",
	"AL2023_ARM_64_STANDARD",
	"AL2023_x86_64_NEURON",
	"AL2023_x86_64_NVIDIA",
	"AL2023_ARM_64_NVIDIA",
	"BOTTLEROCKET_x86_64",
	"BOTTLEROCKET_ARM_64",
	"BOTTLEROCKET_x86_64_FIPS",
	"BOTTLEROCKET_ARM_64_FIPS",
	"BOTTLEROCKET_x86_64_NVIDIA",
	"BOTTLEROCKET_ARM_64_NVIDIA",
	"BOTTLEROCKET_x86_64_NVIDIA_FIPS",
	"BOTTLEROCKET_ARM_64_NVIDIA_FIPS",
	"WINDOWS_CORE_2019_x86_64",
	"WINDOWS_FULL_2019_x86_64",
	"WINDOWS_CORE_2022_x86_64",
	"WINDOWS_FULL_2022_x86_64",
	"WINDOWS_CORE_2025_x86_64",
	"WINDOWS_FULL_2025_x86_64",
	"CUSTOM",
];

/** Settings that a launch template of a managed node group may not have, with what to do instead. */
const NOT_IN_TEMPLATE: { readonly [path: string]: string } = {
	iamInstanceProfile: "EKS makes the instance profile from nodeRoleArn; remove it from the template",
	instanceInitiatedShutdownBehavior: "EKS ends instances itself; remove it from the template",
	hibernationOptions: "nodes cannot hibernate; remove it from the template",
	"instanceMarketOptions.spotOptions": "set capacityType to SPOT on the node group instead",
};

/** The launch template that the node group names; undefined where there is none or it is not known yet. */
export function templateOf({ inputs, world }: CheckContext): SandboxObject | undefined {
	const [id, name] = [text(inputs, "launchTemplate.id"), text(inputs, "launchTemplate.name")];
	const types = ["aws:ec2/launchTemplate:LaunchTemplate"];
	return id === undefined ? world.find(types, "name", name ?? "")[0] : world.find(types, "id", id)[0];
}

/** What is wrong between a node group, its launch template and its instance types. */
export function machineFaults(context: CheckContext): Fault[] {
	const template = templateOf(context);
	return [
		...faultsOf([...ownRows(context), ...blockRows(context, template)]),
		...(template ? faultsOf([...templateRows(context, template), ...zoneRows(context, template)]) : []),
	];
}

function ownRows({ inputs }: CheckContext): Refusal[] {
	const withTemplate = isSet(inputs, "launchTemplate") && !isUnknown(inputs.launchTemplate);
	const both = isSet(inputs, "launchTemplate.id") && isSet(inputs, "launchTemplate.name");
	const ami = text(inputs, "amiType");
	const arm = ami?.includes("ARM_64") === true;
	const wrong = texts(inputs, "instanceTypes").find((type) => {
		const arch = instanceType(type)?.arch;
		return ami !== undefined && ami !== "CUSTOM" && arch !== undefined && (arch === "arm64") !== arm;
	});
	return [
		{
			when:
				withTemplate && (both || (isAbsent(inputs, "launchTemplate.id") && isAbsent(inputs, "launchTemplate.name"))),
			property: "launchTemplate",
			reason: "needs exactly one of id and name",
		},
		...["diskSize", "remoteAccess"].map((path) => ({
			when: withTemplate && isSet(inputs, path),
			property: path,
			reason: "cannot be combined with launchTemplate; set it in the template",
		})),
		{
			when: isAbsent(inputs, "launchTemplate") && ami === "CUSTOM",
			property: "amiType",
			reason: "CUSTOM needs a launch template with imageId; give one or choose an EKS AMI type",
		},
		{
			when: list(inputs, "instanceTypes").length > 20,
			property: "instanceTypes",
			reason: `must be at most 20 types, but ${list(inputs, "instanceTypes").length} were given`,
		},
		{
			when: wrong !== undefined,
			property: "instanceTypes",
			reason: `${wrong} is not a valid instance type for ${ami}: its architecture is ${instanceType(wrong ?? "")?.arch}`,
		},
	];
}

function blockRows({ inputs }: CheckContext, template: SandboxObject | undefined): Refusal[] {
	const block = text(inputs, "capacityType") === "CAPACITY_BLOCK";
	const market = text(template?.outputs, "instanceMarketOptions.marketType");
	return [
		{
			when: block && isAbsent(inputs, "launchTemplate"),
			property: "launchTemplate",
			reason: "is required where capacityType is CAPACITY_BLOCK: the template names the block and the instance type",
		},
		{
			when: block && template !== undefined && market !== "capacity-block",
			property: "capacityType",
			reason: `CAPACITY_BLOCK needs instanceMarketOptions.marketType capacity-block in the launch template, which has ${market ?? "none"}`,
		},
		{
			when: block && template !== undefined && isAbsent(template.outputs, "instanceType"),
			property: "capacityType",
			reason: "CAPACITY_BLOCK needs instanceType in the launch template; set it there",
		},
		{
			when: block && isSet(inputs, "instanceTypes") && list(inputs, "instanceTypes").length > 0,
			property: "instanceTypes",
			reason: "cannot be given where capacityType is CAPACITY_BLOCK; the launch template has the instance type",
		},
		{
			when: !block && isSet(inputs, "capacityType") && !isUnknown(inputs.capacityType) && market === "capacity-block",
			property: "capacityType",
			reason: "must be CAPACITY_BLOCK where the launch template's marketType is capacity-block",
		},
		{
			when: block && (isSet(template?.outputs, "placement.groupName") || isSet(template?.outputs, "placement.groupId")),
			property: "launchTemplate",
			reason: "a capacity block places its instances itself; remove the placement group from the template",
		},
	];
}

function templateRows({ inputs }: CheckContext, { outputs }: SandboxObject): Refusal[] {
	const image = isSet(outputs, "imageId");
	const ami = text(inputs, "amiType");
	const subnet = list(outputs, "networkInterfaces").findIndex((each) => isSet(each, "subnetId"));
	return [
		...Object.entries(NOT_IN_TEMPLATE).map(([path, remedy]) => ({
			when: isSet(outputs, path),
			property: "launchTemplate",
			reason: `the template sets ${path}, which a managed node group refuses: ${remedy}`,
		})),
		{
			when: isSet(outputs, "instanceType") && list(inputs, "instanceTypes").length > 0,
			property: "instanceTypes",
			reason: "cannot be combined with instanceType in the launch template; remove one of them",
		},
		{
			when: image && ami !== undefined && ami !== "CUSTOM",
			property: "amiType",
			reason: `the template brings its own imageId, so amiType must be left out or CUSTOM, but ${ami} was given`,
		},
		{
			when: !image && ami === "CUSTOM",
			property: "amiType",
			reason: "CUSTOM needs imageId in the launch template; set it there or choose an EKS AMI type",
		},
		...["version", "releaseVersion"].map((path) => ({
			when: image && isSet(inputs, path),
			property: path,
			reason: "cannot be given where the launch template has an imageId; remove it",
		})),
		{
			when: subnet >= 0,
			property: "launchTemplate",
			reason: `the template sets networkInterfaces[${subnet}].subnetId, but the node group chooses the subnet; remove it`,
		},
	];
}

/** Reservations and cluster placement groups tie the nodes to one zone, so the subnets must lie there. */
function zoneRows({ inputs, world }: CheckContext, { outputs }: SandboxObject): Refusal[] {
	const zones = texts(inputs, "subnetIds").flatMap((id) => {
		const [subnet] = world.find(["aws:ec2/subnet:Subnet"], "id", id);
		return text(subnet?.outputs, "availabilityZone") ?? [];
	});
	const target = "capacityReservationSpecification.capacityReservationTarget.capacityReservationId";
	const [reservation] = world.find(
		["aws:ec2/capacityReservation:CapacityReservation"],
		"id",
		text(outputs, target) ?? "",
	);
	const [zone, type] = ["availabilityZone", "instanceType"].map((path) => text(reservation?.outputs, path));
	const [group] = world.find(
		["aws:ec2/placementGroup:PlacementGroup"],
		"name",
		text(outputs, "placement.groupName") ?? "",
	);
	const own = text(outputs, "instanceType") ?? texts(inputs, "instanceTypes")[0];
	return [
		{
			when: zone !== undefined && zones.some((other) => other !== zone),
			property: "subnetIds",
			reason: `the capacity reservation ${reservation?.id} is in ${zone}, but a subnet is in ${zones.find((other) => other !== zone)}; give subnets of ${zone} only`,
		},
		{
			when: type !== undefined && own !== undefined && own !== type,
			property: "launchTemplate",
			reason: `the capacity reservation ${reservation?.id} holds ${type}, but the nodes are ${own}; use the same type`,
		},
		{
			when: text(group?.outputs, "strategy") === "cluster" && new Set(zones).size > 1,
			property: "subnetIds",
			reason: `a placement group of strategy cluster lies in one zone, but the subnets lie in ${[...new Set(zones)].join(", ")}`,
		},
	];
}
