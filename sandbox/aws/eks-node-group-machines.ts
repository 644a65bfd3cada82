import { isUnknown } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { isAbsent, isSet, list, text, texts } from "../check/inputs";
import type { CheckContext, Fault, SandboxObject } from "../model";
import { blockRows, placementRows } from "./eks-node-group-capacity";
import { diskKeyFaults } from "./eks-node-group-disks";
import { imageRows } from "./eks-node-group-images";
import { reservationRows } from "./eks-node-group-reservation";
import { fitFaults } from "./launch-template-fit";

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
		...faultsOf([...ownRows(context), ...imageRows(context, template), ...blockRows(context, template)]),
		...(template ? templateFaults(context, template) : []),
	];
}

function templateFaults(context: CheckContext, template: SandboxObject): Fault[] {
	return [
		...faultsOf([
			...templateRows(context, template),
			...placementRows(context, template),
			...reservationRows(context, template),
		]),
		...interfaceFaults(context, template),
		...diskKeyFaults(context, template),
	];
}

/** A template without instance type is checked here against the group's types, as EC2 does at the first launch. */
function interfaceFaults({ inputs }: CheckContext, { outputs }: SandboxObject): Fault[] {
	const interfaces = list(outputs, "networkInterfaces");
	return texts(inputs, "instanceTypes").flatMap((type) =>
		fitFaults(interfaces, type).map(({ property, reason }) => ({
			property: "launchTemplate",
			reason: `the template does not fit ${type}: ${property}: ${reason}`,
		})),
	);
}

function ownRows({ inputs }: CheckContext): Refusal[] {
	const withTemplate = isSet(inputs, "launchTemplate") && !isUnknown(inputs.launchTemplate);
	const both = isSet(inputs, "launchTemplate.id") && isSet(inputs, "launchTemplate.name");
	const ami = text(inputs, "amiType");
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
