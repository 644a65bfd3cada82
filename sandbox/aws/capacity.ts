import { didYouMean } from "../check/did-you-mean";
import { faultsOf, outside } from "../check/fault-table";
import { isAbsent, isSet, number, text } from "../check/inputs";
import type { CheckContext, Fault, TypeModel } from "../model";
import { defineAws } from "./define";
import { awsGrantFaults } from "./drawn-capacity";
import { instanceTypeNames } from "./instance-names";
import { arn, ec2Id, zoneInRegion } from "./names";

const GROUP = "aws:ec2/placementGroup:PlacementGroup";
const RESERVATION = "aws:ec2/capacityReservation:CapacityReservation";

/** A placement group; partitions belong to strategy partition, spread levels to strategy spread. */
export const placementGroup: TypeModel = defineAws({
	type: GROUP,
	name: {
		path: "name",
		pattern: /^[ -~]{1,255}$/,
		allowed: "1 to 255 ASCII characters",
		unique: "region",
		autoNameLength: 255,
	},
	values: { strategy: ["cluster", "partition", "spread"], spreadLevel: ["host", "rack"] },
	check: ({ inputs }) => {
		const strategy = text(inputs, "strategy");
		return faultsOf([
			outside(number(inputs, "partitionCount"), "partitionCount", { min: 1, max: 7, unit: "partitions" }),
			{
				when: isSet(inputs, "partitionCount") && strategy !== undefined && strategy !== "partition",
				property: "partitionCount",
				reason: `can be given for strategy partition only, not ${strategy}; remove it`,
			},
			{
				when: isSet(inputs, "spreadLevel") && strategy !== undefined && strategy !== "spread",
				property: "spreadLevel",
				reason: `can be given for strategy spread only, not ${strategy}; remove it`,
			},
		]);
	},
	id: ({ inputs }) => text(inputs, "name") ?? "",
	computed: (context) => ({
		arn: arn(context.scope, "ec2", `placement-group/${text(context.inputs, "name")}`),
		partitionCount:
			number(context.inputs, "partitionCount") ?? (text(context.inputs, "strategy") === "partition" ? 2 : 0),
		placementGroupId: ec2Id(context, "pg"),
		spreadLevel: text(context.inputs, "spreadLevel") ?? (text(context.inputs, "strategy") === "spread" ? "rack" : ""),
	}),
});

/** An On-Demand Capacity Reservation: instances of one type in one zone, paid for until it is cancelled. */
export const capacityReservation: TypeModel = defineAws({
	type: RESERVATION,
	references: [{ path: "placementGroupArn", to: [GROUP], by: "arn" }],
	values: {
		endDateType: ["unlimited", "limited"],
		instanceMatchCriteria: ["open", "targeted"],
		tenancy: ["default", "dedicated"],
		instancePlatform: [
			"Linux/UNIX",
			"Red Hat Enterprise Linux",
			"SUSE Linux",
			"Windows",
			"Windows with SQL Server",
			"Windows with SQL Server Enterprise",
			"Windows with SQL Server Standard",
			"Windows with SQL Server Web",
		],
	},
	check: (context) => [...reservationFaults(context), ...awsGrantFaults(context, RESERVATION)],
	defaults: {
		ebsOptimized: false,
		endDateType: "unlimited",
		ephemeralStorage: false,
		instanceMatchCriteria: "open",
		outpostArn: "",
		tenancy: "default",
	},
	id: (context) => ec2Id(context, "cr"),
	computed: (context, id) => ({
		arn: arn(context.scope, "ec2", `capacity-reservation/${id}`),
		ownerId: context.scope.account,
	}),
});

function reservationFaults({ inputs, scope, world }: CheckContext): Fault[] {
	const zone = text(inputs, "availabilityZone");
	const type = text(inputs, "instanceType");
	const limited = text(inputs, "endDateType") === "limited";
	const [group] = world.find([GROUP], "arn", text(inputs, "placementGroupArn") ?? "");
	const strategy = text(group?.outputs, "strategy");
	return faultsOf([
		outside(number(inputs, "instanceCount"), "instanceCount", { min: 1, max: 1000, unit: "instances" }),
		{
			when: zone !== undefined && !zoneInRegion(zone, scope.region),
			property: "availabilityZone",
			reason: `must be a zone of ${scope.region}, such as ${scope.region}a, but ${JSON.stringify(zone)} was given`,
		},
		{
			when: type !== undefined && !instanceTypeNames().includes(type),
			property: "instanceType",
			reason: `there is no instance type ${JSON.stringify(type)}${didYouMean(type ?? "", instanceTypeNames())}`,
		},
		{
			when: limited && isAbsent(inputs, "endDate"),
			property: "endDate",
			reason: "is required where endDateType is limited; give a time in RFC 3339",
		},
		{
			when: !limited && isSet(inputs, "endDate"),
			property: "endDate",
			reason: "can be given where endDateType is limited only; remove it",
		},
		{
			when: strategy !== undefined && strategy !== "cluster",
			property: "placementGroupArn",
			reason: `must name a group of strategy cluster, but its strategy is ${strategy}`,
		},
	]);
}
