import type { Properties } from "../../lib/values";
import { didYouMean } from "../check/did-you-mean";
import { faultsOf, outside, type Refusal } from "../check/fault-table";
import { isAbsent, isSet, list, number, text } from "../check/inputs";
import type { CheckContext, CreateContext, Fault, TypeModel } from "../model";
import { defineAws } from "./define";
import { instanceTypeNames } from "./instance-names";
import { kmsReferences } from "./kms";
import { templateDiskFaults } from "./launch-template-disks";
import { templateInterfaceFaults } from "./launch-template-interfaces";
import { arn, ec2Id, givenName } from "./names";
import { groupReference } from "./security-group";

const TAGGABLE = ["instance", "volume", "network-interface", "spot-instances-request", "elastic-gpu"];
const ONOFF = ["enabled", "disabled"];
const BOOLEAN_TEXT = ["true", "false", ""];

/** A launch template; each change of its data makes a version. */
export const launchTemplate: TypeModel = defineAws({
	type: "aws:ec2/launchTemplate:LaunchTemplate",
	name: {
		path: "name",
		pattern: /^[\w().\-/]{3,128}$/,
		allowed: "3 to 128 of letters, digits and ().-/_",
		unique: "region",
		autoNameLength: 255,
	},
	references: [
		groupReference("vpcSecurityGroupIds[]", false),
		groupReference("networkInterfaces[].securityGroups[]", false),
		{ path: "networkInterfaces[].subnetId", to: ["aws:ec2/subnet:Subnet"], by: "id", holds: false },
		{ path: "placement.groupName", to: ["aws:ec2/placementGroup:PlacementGroup"], by: "name", holds: false },
		...kmsReferences("blockDeviceMappings[].ebs.kmsKeyId"),
	],
	values: {
		"metadataOptions.httpTokens": ["optional", "required"],
		"metadataOptions.httpEndpoint": ONOFF,
		"metadataOptions.httpProtocolIpv6": ONOFF,
		"metadataOptions.instanceMetadataTags": ONOFF,
		"networkInterfaces[].interfaceType": ["interface", "efa", "efa-only"],
		"networkInterfaces[].deleteOnTermination": BOOLEAN_TEXT,
		"networkInterfaces[].associatePublicIpAddress": BOOLEAN_TEXT,
		"blockDeviceMappings[].ebs.volumeType": ["standard", "gp2", "gp3", "io1", "io2", "sc1", "st1"],
		"blockDeviceMappings[].ebs.encrypted": BOOLEAN_TEXT,
		"blockDeviceMappings[].ebs.deleteOnTermination": BOOLEAN_TEXT,
		"capacityReservationSpecification.capacityReservationPreference": ["capacity-reservations-only", "open", "none"],
		"instanceMarketOptions.marketType": ["spot", "capacity-block"],
		"instanceMarketOptions.spotOptions.spotInstanceType": ["one-time", "persistent"],
		"instanceMarketOptions.spotOptions.instanceInterruptionBehavior": ["hibernate", "stop", "terminate"],
		"placement.tenancy": ["default", "dedicated", "host"],
		"cpuOptions.amdSevSnp": ONOFF,
		"creditSpecification.cpuCredits": ["standard", "unlimited"],
		"maintenanceOptions.autoRecovery": ["default", "disabled"],
		"privateDnsNameOptions.hostnameType": ["ip-name", "resource-name"],
		"networkPerformanceOptions.bandwidthWeighting": ["default", "vpc-1", "ebs-1"],
		"tagSpecifications[].resourceType": TAGGABLE,
		instanceInitiatedShutdownBehavior: ["stop", "terminate"],
		ebsOptimized: BOOLEAN_TEXT,
	},
	check: (context) => [
		...faultsOf([...machineRows(context), ...marketRows(context)]),
		...templateInterfaceFaults(context.inputs),
		...templateDiskFaults(context.inputs),
	],
	defaults: { disableApiStop: false, disableApiTermination: false, namePrefix: "" },
	id: (context) => ec2Id(context, "lt"),
	computed: (context, id) => ({
		arn: arn(context.scope, "ec2", `launch-template/${id}`),
		name: givenName(context, "name", "namePrefix"),
	}),
	derived: versions,
});

/** Settings that are not part of a version's data. */
const OUTSIDE_VERSION: ReadonlySet<string> = new Set(["tags", "defaultVersion", "updateDefaultVersion"]);

/** A new version for new data; the default one follows only where the program asks for it. */
function versions({ inputs, self }: CreateContext): Properties {
	const before = self === undefined ? 0 : (number(self.outputs, "latestVersion") ?? 1);
	const changed = self === undefined || dataOf(inputs) !== dataOf(self.inputs);
	const latest = changed ? before + 1 : before;
	const kept = number(self?.outputs, "defaultVersion") ?? 1;
	const wanted = inputs.updateDefaultVersion === true ? latest : kept;
	return { latestVersion: latest, defaultVersion: number(inputs, "defaultVersion") ?? wanted };
}

function dataOf(inputs: Properties): string {
	const keys = Object.keys(inputs).filter((key) => !OUTSIDE_VERSION.has(key) && !key.startsWith("__"));
	return JSON.stringify(keys.sort().map((key) => [key, inputs[key] ?? null]));
}

function machineRows({ inputs }: CheckContext): Refusal[] {
	const type = text(inputs, "instanceType");
	const image = text(inputs, "imageId");
	const userData = text(inputs, "userData");
	const encoded = userData === undefined || /^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(userData);
	const bytes = userData === undefined ? 0 : Buffer.from(userData, "base64").length;
	return [
		{
			when: type !== undefined && !instanceTypeNames().includes(type),
			property: "instanceType",
			reason: `there is no instance type ${JSON.stringify(type)}${didYouMean(type ?? "", instanceTypeNames())}`,
		},
		{
			when: isSet(inputs, "instanceType") && isSet(inputs, "instanceRequirements"),
			property: "instanceRequirements",
			reason: "cannot be combined with instanceType; remove one of them",
		},
		{
			when: image !== undefined && !/^(ami-[0-9a-f]{8}([0-9a-f]{9})?|resolve:ssm:.+)$/.test(image),
			property: "imageId",
			reason: `must be an image id (ami- and 17 hex digits) or resolve:ssm:<parameter>, but ${JSON.stringify(image)} was given`,
		},
		{
			when: !encoded,
			property: "userData",
			reason: "must be base64; encode the text",
		},
		{
			when: encoded && bytes > 16384,
			property: "userData",
			reason: `must be at most 16384 bytes before base64, but has ${bytes}; fetch the rest at boot`,
		},
		outside(number(inputs, "metadataOptions.httpPutResponseHopLimit"), "metadataOptions.httpPutResponseHopLimit", {
			min: 1,
			max: 64,
			unit: "hops",
		}),
		{
			when: isSet(inputs, "placement.groupName") && isSet(inputs, "placement.groupId"),
			property: "placement.groupId",
			reason: "cannot be combined with placement.groupName; remove one of them",
		},
		{
			when: isSet(inputs, "defaultVersion") && isSet(inputs, "updateDefaultVersion"),
			property: "updateDefaultVersion",
			reason: "cannot be combined with defaultVersion; remove one of them",
		},
		{
			when: list(inputs, "securityGroupNames").length > 0,
			property: "securityGroupNames",
			reason: "works outside of a VPC only; give vpcSecurityGroupIds",
		},
	];
}

function marketRows({ inputs }: CheckContext): Refusal[] {
	const block = text(inputs, "instanceMarketOptions.marketType") === "capacity-block";
	const target = "capacityReservationSpecification.capacityReservationTarget";
	const preference = text(inputs, "capacityReservationSpecification.capacityReservationPreference");
	const reservation = `${target}.capacityReservationId`;
	return [
		{
			when: block && isAbsent(inputs, "instanceType"),
			property: "instanceType",
			reason: "is required where marketType is capacity-block; give the block's instance type",
		},
		{
			when: block && isAbsent(inputs, reservation),
			property: reservation,
			reason: "is required where marketType is capacity-block; give the id of the capacity block",
		},
		{
			when: block && (isSet(inputs, "placement.groupName") || isSet(inputs, "placement.groupId")),
			property: "placement",
			reason: "a capacity block places its instances itself; remove the placement group",
		},
		{
			when: block && isSet(inputs, "instanceMarketOptions.spotOptions"),
			property: "instanceMarketOptions.spotOptions",
			reason: "cannot be given where marketType is capacity-block; remove it",
		},
		{
			when: isSet(inputs, reservation) && isSet(inputs, `${target}.capacityReservationResourceGroupArn`),
			property: target,
			reason: "takes a reservation or a resource group, not both; remove one of them",
		},
		{
			when: isSet(inputs, target) && (preference === "open" || preference === "none"),
			property: "capacityReservationSpecification.capacityReservationPreference",
			reason: `${preference} cannot be combined with a target; use capacity-reservations-only or remove one of them`,
		},
	];
}

/** Faults of instance types in a list, as a node group has them. */
export function instanceTypeFaults(types: readonly string[], property: string): Fault[] {
	return types.flatMap((type, i) => {
		const reason = `there is no instance type ${JSON.stringify(type)}${didYouMean(type, instanceTypeNames())}`;
		return instanceTypeNames().includes(type) ? [] : [{ property: `${property}[${i}]`, reason }];
	});
}
