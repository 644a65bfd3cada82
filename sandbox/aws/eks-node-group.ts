import type { Properties } from "../../lib/values";
import { faultsOf, outside } from "../check/fault-table";
import { isSet, list, number, text, texts } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, CreateContext, Fault, SandboxObject, TypeModel } from "../model";
import { defineAws } from "./define";
import { awsGrantFaults } from "./drawn-capacity";
import { AMI_TYPES, machineFaults, templateOf } from "./eks-node-group-machines";
import { permissionFaults } from "./eks-node-group-permissions";
import { instanceTypeFaults } from "./launch-template-rules";
import { arn, givenName, uuid } from "./names";
import { limitOf, overQuota } from "./quota";
import { untrusted } from "./trust";

const GROUP = "aws:eks/nodeGroup:NodeGroup";
const CLUSTER = "aws:eks/cluster:Cluster";
const SUBNET = "aws:ec2/subnet:Subnet";

/** A managed node group. It keeps its cluster and subnets from deletion. */
export const nodeGroup: TypeModel = defineAws({
	type: GROUP,
	name: {
		path: "nodeGroupName",
		pattern: /^[0-9A-Za-z][\w-]{0,62}$/,
		allowed: "1 to 63 of letters, digits and _-, beginning with a letter or digit",
		unique: "none",
		autoNameLength: 255,
	},
	references: [
		{ path: "clusterName", to: [CLUSTER], by: "name" },
		{ path: "nodeRoleArn", to: ["aws:iam/role:Role"], by: "arn", holds: false },
		{ path: "subnetIds[]", to: [SUBNET], by: "id" },
		{ path: "launchTemplate.id", to: ["aws:ec2/launchTemplate:LaunchTemplate"], by: "id", holds: false },
		{ path: "launchTemplate.name", to: ["aws:ec2/launchTemplate:LaunchTemplate"], by: "name", holds: false },
	],
	values: {
		amiType: AMI_TYPES,
		capacityType: ["ON_DEMAND", "SPOT", "CAPACITY_BLOCK"],
		"taints[].effect": ["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"],
		"updateConfig.updateStrategy": ["DEFAULT", "MINIMAL"],
		"warmPoolConfig.poolState": ["STOPPED", "RUNNING", "HIBERNATED"],
	},
	check: (context) => [
		...sizeFaults(context),
		...placeFaults(context),
		...machineFaults(context),
		...permissionFaults(context),
		...instanceTypeFaults(texts(context.inputs, "instanceTypes"), "instanceTypes"),
		...awsGrantFaults(context, GROUP),
	],
	defaults: { capacityType: "ON_DEMAND", nodeGroupNamePrefix: "", status: "ACTIVE" },
	id: (context) =>
		`${text(context.inputs, "clusterName")}:${givenName(context, "nodeGroupName", "nodeGroupNamePrefix")}`,
	computed: (context, id) => {
		const [owner = "", name = ""] = id.split(":");
		const unique = uuid(context);
		return {
			arn: arn(context.scope, "eks", `nodegroup/${owner}/${name}/${unique}`),
			nodeGroupName: name,
			resources: [{ autoscalingGroups: [{ name: `eks-${name}-${unique}` }], remoteAccessSecurityGroupId: "" }],
		};
	},
	derived: machineOutputs,
});

function machineOutputs(context: CreateContext): Properties {
	const { inputs, world } = context;
	const template = templateOf(context);
	const [owner] = world.find([CLUSTER], "name", text(inputs, "clusterName") ?? "");
	const version = text(inputs, "version") ?? text(owner?.outputs, "version") ?? "";
	const custom = isSet(template?.outputs, "imageId");
	const own = isSet(template?.outputs, "instanceType");
	return {
		amiType: text(inputs, "amiType") ?? (custom ? "CUSTOM" : "AL2023_x86_64_STANDARD"),
		diskSize: number(inputs, "diskSize") ?? (template ? 0 : 20),
		instanceTypes: texts(inputs, "instanceTypes").length > 0 || own ? texts(inputs, "instanceTypes") : ["t3.medium"],
		releaseVersion: text(inputs, "releaseVersion") ?? (custom ? "" : `${version}.0-00000000`),
		updateConfig: inputs.updateConfig ?? { maxUnavailable: 1 },
		version,
		...(template ? { launchTemplate: templateOutputs(inputs, template) } : {}),
	};
}

function templateOutputs(inputs: Properties, template: SandboxObject): Properties {
	return {
		id: template.id,
		name: text(template.outputs, "name") ?? "",
		version: text(inputs, "launchTemplate.version") ?? "",
	};
}

function sizeFaults(context: CheckContext): Fault[] {
	const { inputs } = context;
	const size = (name: string) => number(inputs, `scalingConfig.${name}Size`);
	const [min, desired, max] = [size("min"), size("desired"), size("max")];
	const limit = limitOf("nodesPerNodeGroup");
	const given = `min ${min}, desired ${desired}, max ${max}`;
	const below = (a: number | undefined, b: number | undefined): boolean => a !== undefined && b !== undefined && a > b;
	return faultsOf([
		{
			when: below(min, max) || below(min, desired) || below(desired, max),
			property: "scalingConfig",
			reason: `must have minSize at most desiredSize at most maxSize, but ${given} was given`,
		},
		outside(min, "scalingConfig.minSize", { min: 0, max: limit, unit: "nodes" }),
		outside(desired, "scalingConfig.desiredSize", { min: 0, max: limit, unit: "nodes" }),
		outside(max, "scalingConfig.maxSize", { min: 1, max: limit, unit: "nodes" }),
		outside(number(inputs, "updateConfig.maxUnavailable"), "updateConfig.maxUnavailable", {
			min: 1,
			max: 100,
			unit: "nodes",
		}),
		outside(number(inputs, "updateConfig.maxUnavailablePercentage"), "updateConfig.maxUnavailablePercentage", {
			min: 1,
			max: 100,
			unit: "percent",
		}),
		{
			when: isSet(inputs, "updateConfig.maxUnavailable") && isSet(inputs, "updateConfig.maxUnavailablePercentage"),
			property: "updateConfig",
			reason: "takes maxUnavailable or maxUnavailablePercentage, not both; remove one of them",
		},
		{
			when: list(inputs, "taints").length > 50,
			property: "taints",
			reason: `must be at most 50 taints, but ${list(inputs, "taints").length} were given`,
		},
	]);
}

function placeFaults(context: CheckContext): Fault[] {
	const { inputs, scope, world } = context;
	const owner = text(inputs, "clusterName");
	const siblings =
		owner === undefined ? [] : world.list(GROUP, scope).filter((other) => other.outputs.clusterName === owner);
	const name = text(inputs, "nodeGroupName");
	const twin = siblings.find((other) => !isSelf(other, context) && text(other.outputs, "nodeGroupName") === name);
	const [cluster] = owner === undefined ? [] : world.find([CLUSTER], "name", owner);
	const vpcId = text(cluster?.outputs, "vpcConfig.vpcId");
	const foreign = texts(inputs, "subnetIds").find((id) => {
		const [subnet] = world.find([SUBNET], "id", id);
		const theirs = text(subnet?.outputs, "vpcId");
		return theirs !== undefined && vpcId !== undefined && theirs !== vpcId;
	});
	return faultsOf([
		{
			when: name !== undefined && twin !== undefined,
			property: "nodeGroupName",
			reason: `must be unique within the cluster, but ${name} is taken by ${twin?.urn}; choose another`,
		},
		{
			when: foreign !== undefined,
			property: "subnetIds",
			reason: `${foreign} is not in the cluster's VPC ${vpcId}; give subnets of that VPC`,
		},
		{
			when: Array.isArray(inputs.subnetIds) && inputs.subnetIds.length === 0,
			property: "subnetIds",
			reason: "must name at least one subnet",
		},
		untrusted(context, { path: "nodeRoleArn", service: "ec2.amazonaws.com", actions: ["sts:AssumeRole"] }),
		overQuota("nodeGroupsPerCluster", siblings, context, "clusterName"),
	]);
}
