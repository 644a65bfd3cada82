import { isUnknown, type Value } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { at, list, text } from "../check/inputs";
import type { CheckContext, Fault, SandboxObject } from "../model";
import type { PolicyRequest } from "./policy-grants";
import { refusedTo } from "./role-permissions";

const ROLE = "aws:iam/role:Role";

/** nodeadm describes its instance and the kubelet pulls images. Source: EKS user guide, "Amazon EKS node IAM role". */
const NODE: readonly PolicyRequest[] = [
	{ action: "ec2:DescribeInstances", resource: "*" },
	{ action: "ecr:GetAuthorizationToken", resource: "*" },
	{ action: "ecr:BatchGetImage" },
	{ action: "ecr:GetDownloadUrlForLayer" },
];

/** What the VPC CNI does to give pods addresses. Source: EKS user guide, "Configure Amazon VPC CNI to use IAM roles". */
const CNI: { readonly [family: string]: readonly PolicyRequest[] } = {
	ipv4: [
		{ action: "ec2:CreateNetworkInterface" },
		{ action: "ec2:AttachNetworkInterface" },
		{ action: "ec2:AssignPrivateIpAddresses" },
	],
	ipv6: [{ action: "ec2:AssignIpv6Addresses" }],
};

/** What keeps nodes from joining or from becoming ready: permissions of the node role and of the VPC CNI. */
export function permissionFaults(context: CheckContext): Fault[] {
	const { inputs, world } = context;
	const arn = text(inputs, "nodeRoleArn");
	const [role] = arn === undefined ? [] : world.find([ROLE], "arn", arn);
	if (!role) {
		return [];
	}
	const missing = refusedTo(role, NODE, world);
	return [
		...faultsOf([
			{
				when: missing.length > 0,
				property: "nodeRoleArn",
				reason: `the policies of ${arn} do not allow ${missing.join(", ")}, so nodes cannot join; attach AmazonEKSWorkerNodePolicy and AmazonEC2ContainerRegistryPullOnly, and depend on them`,
			},
		]),
		...networkFaults(context, role),
	];
}

function networkFaults(context: CheckContext, nodeRole: SandboxObject): Fault[] {
	const { inputs, world } = context;
	const owner = text(inputs, "clusterName");
	const [cluster] = owner === undefined ? [] : world.find(["aws:eks/cluster:Cluster"], "name", owner);
	const requests = CNI[text(cluster?.outputs, "kubernetesNetworkConfig.ipFamily") ?? "ipv4"] ?? [];
	const arns = owner === undefined ? [undefined] : driverRoles(context, owner);
	const roles = arns.map((arn) => (arn === undefined ? undefined : world.find([ROLE], "arn", arn)[0]));
	const able = [nodeRole, ...roles].some((role) => role === undefined || refusedTo(role, requests, world).length === 0);
	return faultsOf([
		{
			when: !able,
			property: "nodeRoleArn",
			reason: `the VPC CNI of ${owner} may not call ${requests.map(({ action }) => action).join(", ")}, so nodes never become ready; attach AmazonEKS_CNI_Policy to the node role, or bind kube-system/aws-node to a role with it through a PodIdentityAssociation, and depend on it`,
		},
	]);
}

/** ARNs of the roles that the VPC CNI of a cluster acts as, beside the node's; undefined for one that is not known. */
function driverRoles({ scope, world }: CheckContext, cluster: string): (string | undefined)[] {
	const associations = world
		.list("aws:eks/podIdentityAssociation:PodIdentityAssociation", scope)
		.filter(({ outputs }) => may(outputs.clusterName, cluster) && isDriver(outputs))
		.map(({ outputs }) => text(outputs, "roleArn"));
	const addons = world
		.list("aws:eks/addon:Addon", scope)
		.filter(({ outputs }) => may(outputs.clusterName, cluster) && may(outputs.addonName, "vpc-cni"))
		.flatMap(({ outputs }) => [
			...[at(outputs, "serviceAccountRoleArn")].filter((value) => value !== undefined && value !== ""),
			...list(outputs, "podIdentityAssociations").map((each) => at(each, "roleArn")),
		])
		.map((value) => (typeof value === "string" && !isUnknown(value) ? value : undefined));
	return [...associations, ...addons];
}

function isDriver(outputs: SandboxObject["outputs"]): boolean {
	return may(outputs.namespace, "kube-system") && may(outputs.serviceAccount, "aws-node");
}

/** True where the value is that text, or may turn out to be. */
function may(value: Value | undefined, wanted: string): boolean {
	return value === wanted || isUnknown(value);
}
