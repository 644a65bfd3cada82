import type { Properties } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { number } from "../check/inputs";
import type { CreateContext, TypeModel } from "../model";
import { defineAws } from "./define";
import { kmsReferences } from "./kms";
import { templateDiskFaults } from "./launch-template-disks";
import { templateInterfaceFaults } from "./launch-template-interfaces";
import { machineRows, marketRows } from "./launch-template-rules";
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
