import type { Properties } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { flag, isAbsent, list, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, CreateContext, Fault, TypeModel } from "../model";
import { defineAws } from "./define";
import { arn, ec2Id } from "./names";
import { FIREWALL_POLICY } from "./network-firewall-policy";
import {
	encryptionFaults,
	firewallEncryption,
	firewallKey,
	firewallName,
	firewallOutputs,
} from "./network-firewall-rules";

/** Type of firewalls. */
export const FIREWALL = "aws:networkfirewall/firewall:Firewall";
/** Where a firewall's outputs hold the ids of its endpoints. */
export const ENDPOINT_IDS = "firewallStatuses[].syncStates[].attachments[].endpointId";

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const LOGGING = "aws:networkfirewall/loggingConfiguration:LoggingConfiguration";
const SUBNET = "aws:ec2/subnet:Subnet";
const CONFIGS = "loggingConfiguration.logDestinationConfigs";

/** A firewall with an endpoint in one subnet of each zone; it keeps policy, VPC and subnets from deletion. */
export const firewall: TypeModel = defineAws({
	type: FIREWALL,
	name: firewallName,
	references: [
		{ path: "firewallPolicyArn", to: [FIREWALL_POLICY], by: "arn" },
		{ path: "vpcId", to: ["aws:ec2/vpc:Vpc"], by: "id" },
		{ path: "subnetMappings[].subnetId", to: [SUBNET], by: "id" },
		firewallKey,
	],
	values: { "subnetMappings[].ipAddressType": ["IPV4", "DUALSTACK"], ...firewallEncryption },
	check: (context) => [...encryptionFaults(context), ...subnetFaults(context)],
	defaults: {
		deleteProtection: false,
		enabledAnalysisTypes: [],
		firewallPolicyChangeProtection: false,
		subnetChangeProtection: false,
	},
	id: ({ inputs, scope }) => arn(scope, "network-firewall", `firewall/${text(inputs, "name")}`),
	computed: (context, id) => ({
		...firewallOutputs(context, id),
		firewallStatuses: [{ syncStates: endpoints(context), transitGatewayAttachmentSyncStates: [] }],
		transitGatewayOwnerAccountId: "",
	}),
	refusesDelete: ({ inputs }) =>
		flag(inputs, "deleteProtection") === true
			? "InvalidOperationException: deleteProtection is on; set it to false and update first"
			: undefined,
});

/** The endpoint that the service makes in each subnet. */
function endpoints(context: CreateContext): Properties[] {
	return list(context.inputs, "subnetMappings").map((mapping) => {
		const subnetId = text(mapping, "subnetId") ?? "";
		const [subnet] = context.world.find([SUBNET], "id", subnetId);
		return {
			availabilityZone: text(subnet?.outputs, "availabilityZone") ?? "",
			attachments: [{ endpointId: ec2Id(context, "vpce"), subnetId }],
		};
	});
}

function subnetFaults({ inputs, world }: CheckContext): Fault[] {
	const subnets = list(inputs, "subnetMappings").flatMap((mapping) =>
		world.find([SUBNET], "id", text(mapping, "subnetId") ?? ""),
	);
	const vpcId = text(inputs, "vpcId");
	const foreign = subnets.find(({ outputs }) => vpcId !== undefined && text(outputs, "vpcId") !== vpcId);
	const zones = subnets.map(({ outputs }) => text(outputs, "availabilityZone"));
	const twice = zones.find((zone, i) => zone !== undefined && zones.indexOf(zone) < i);
	return faultsOf([
		{
			when: foreign !== undefined,
			property: "subnetMappings",
			reason: `${foreign?.id} is not in the VPC ${vpcId}; give subnets of that VPC`,
		},
		{
			when: twice !== undefined,
			property: "subnetMappings",
			reason: `two subnets are in ${twice}; give one of each zone`,
		},
	]);
}

/** Where a firewall writes what it saw; it keeps its firewall from deletion. */
export const firewallLogging: TypeModel = defineAws({
	type: LOGGING,
	references: [{ path: "firewallArn", to: [FIREWALL], by: "arn" }],
	values: {
		[`${CONFIGS}[].logType`]: ["ALERT", "FLOW", "TLS"],
		[`${CONFIGS}[].logDestinationType`]: ["S3", "CloudWatchLogs", "KinesisDataFirehose"],
	},
	check: (context) => {
		const { inputs, world } = context;
		const configs = list(inputs, CONFIGS);
		const kinds = configs.flatMap((config) => text(config, "logType") ?? []);
		const firewallArn = text(inputs, "firewallArn");
		const others = firewallArn === undefined ? [] : world.find([LOGGING], "firewallArn", firewallArn);
		const lost = configs.findIndex(
			(config) =>
				text(config, "logDestinationType") === "CloudWatchLogs" && isAbsent(config, "logDestination.logGroup"),
		);
		return faultsOf([
			{
				when: new Set(kinds).size < kinds.length,
				property: CONFIGS,
				reason: `must name each type once, but ${kinds.join(", ")} were given`,
			},
			{
				when: lost >= 0,
				property: `${CONFIGS}[${lost}].logDestination`,
				reason: "needs logGroup where logDestinationType is CloudWatchLogs",
			},
			...configs.map((config, i) => {
				const group = text(config, "logDestination.logGroup");
				return {
					when: group !== undefined && world.find([LOG_GROUP], "name", group).length === 0,
					property: `${CONFIGS}[${i}].logDestination.logGroup`,
					reason: `names no existing LogGroup: ${group}; create it first`,
				};
			}),
			{
				when: others.some((other) => !isSelf(other, context)),
				property: "firewallArn",
				reason: `${firewallArn} has a logging configuration already; change that one`,
			},
		]);
	},
	defaults: { enableMonitoringDashboard: false },
	id: ({ inputs }) => text(inputs, "firewallArn") ?? "",
});
