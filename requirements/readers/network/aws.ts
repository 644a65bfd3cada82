import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { fromJsonText } from "../../../lib/json-text";
import { valuesAt } from "../../../lib/values";
import { comesFrom, flagAt, isAnyAddress, textAt } from "../../counting";
import { groupRules, isAnywhere, isHttps } from "./aws-security-groups";
import { isPrivate } from "./aws-subnets";
import type { NetworkReader } from "./network";

const VPC = "aws:ec2/vpc:Vpc";
const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const ADDON = "aws:eks/addon:Addon";

/** VPCs with their security groups and routes, EKS endpoints, the VPC CNI's network policies. */
export const awsNetwork: NetworkReader = {
	networks: (graph) =>
		graph.ofType(VPC).map((node) => {
			const closed = hasClosedDefault(graph, node);
			return { node, refuses: { ingress: closed, egress: closed } };
		}),
	isPrivate,
	openRules: (graph, direction) =>
		groupRules(graph, direction)
			.filter((rule) => isAnywhere(rule) && !(direction === "ingress" && isHttps(rule)))
			.map(({ node }) => node),
	isEndpointClosed,
	enforcesPolicies,
};

/** A network's default group without rules; where the program leaves it alone it lets its members talk. */
function hasClosedDefault(graph: ResourceGraph, vpc: ResourceNode): boolean {
	return graph.ofType(DEFAULT_GROUP).some((group) => {
		const own = comesFrom(graph, group, { property: "vpcId", source: vpc });
		return own && valuesAt(group.inputs, "ingress[]").length + valuesAt(group.inputs, "egress[]").length === 0;
	});
}

/** Public only for listed addresses; without a list EKS lets everyone in. */
function isEndpointClosed({ inputs }: ResourceNode): boolean {
	const cidrs = valuesAt(inputs, "vpcConfig.publicAccessCidrs[]").map(({ value }) => value);
	const listed = cidrs.length > 0 && !cidrs.some(isAnyAddress);
	return flagAt(inputs, "vpcConfig.endpointPublicAccess") === false || listed;
}

/** The add-on enforces policies only where its configuration says so. */
function enforcesPolicies(graph: ResourceGraph, cluster: ResourceNode): boolean {
	return graph.ofType(ADDON).some((addon) => {
		const own = comesFrom(graph, addon, { property: "clusterName", source: cluster });
		const configuration = fromJsonText(textAt(addon.inputs, "configurationValues") ?? "");
		return (
			own && textAt(addon.inputs, "addonName") === "vpc-cni" && flagAt(configuration, "enableNetworkPolicy") === true
		);
	});
}
