import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { valuesAt } from "../../../lib/values";
import { comesFrom, flagAt, isAnyAddress, textAt } from "../../counting";
import { goesByList, hasNoWayOut, isFirewalls } from "./azure-egress";
import { type GroupRule, isAnywhere, isHttps, refusesAll, securityRules } from "./azure-security-rules";
import type { NetworkReader, TrafficDirection } from "./network";

const NETWORK = "azure-native:network:VirtualNetwork";
const SUBNET = "azure-native:network:Subnet";
const GROUP = "azure-native:network:NetworkSecurityGroup";
const POLICY_ENGINES: readonly (string | undefined)[] = ["azure", "calico", "cilium"];

/** Virtual networks with the security groups of their subnets, AKS endpoints and network policy engines. */
export const azureNetwork: NetworkReader = {
	networks: (graph) =>
		graph.ofType(NETWORK).map((node) => ({
			node,
			refuses: { ingress: isGuarded(graph, node), egress: refusesEgress(graph, node) },
		})),
	// Without this Azure gives machines of the subnet a way out by a public address that nobody sees.
	isPrivate: (_, { inputs }) => flagAt(inputs, "defaultOutboundAccess") === false,
	openRules: (graph, direction) => openRules(graph, direction).map(({ node }) => node),
	isEndpointClosed,
	enforcesPolicies: (_, { inputs }) => POLICY_ENGINES.includes(textAt(inputs, "networkProfile.networkPolicy")),
};

/** A group on every subnet refuses what comes from the internet by its last default rule; a subnet without one does not. */
function isGuarded(graph: ResourceGraph, network: ResourceNode): boolean {
	const inline = valuesAt(network.inputs, "subnets[]").map(({ value }) => value);
	return (
		subnetsOf(graph, network).every((subnet) => groupOf(graph, subnet) !== undefined || isFirewalls(graph, subnet)) &&
		inline.every((subnet) => valuesAt(subnet, "networkSecurityGroup").length > 0)
	);
}

/**
 * The default rules of a group let everything out. So a subnet must lead nowhere, or to a firewall that goes by a list, or
 * its group must refuse; a firewall's own subnet holds nothing that calls.
 */
function refusesEgress(graph: ResourceGraph, network: ResourceNode): boolean {
	const subnets = subnetsOf(graph, network);
	return (
		subnets.length > 0 &&
		valuesAt(network.inputs, "subnets[]").length === 0 &&
		subnets.every(
			(subnet) =>
				hasNoWayOut(graph, subnet) ||
				goesByList(graph, subnet) ||
				isFirewalls(graph, subnet) ||
				isRefused(graph, groupOf(graph, subnet)),
		)
	);
}

function isRefused(graph: ResourceGraph, group: ResourceNode | undefined): boolean {
	const own = securityRules(graph).filter((rule) => group !== undefined && rule.group?.urn === group.urn);
	return own.some((rule) => refusesAll(rule, "egress"));
}

function subnetsOf(graph: ResourceGraph, network: ResourceNode): ResourceNode[] {
	return graph
		.ofType(SUBNET)
		.filter((subnet) => comesFrom(graph, subnet, { property: "virtualNetworkName", source: network }));
}

function groupOf(graph: ResourceGraph, subnet: ResourceNode): ResourceNode | undefined {
	return graph.sourcesOf(subnet, "networkSecurityGroup", GROUP)[0];
}

function openRules(graph: ResourceGraph, direction: TrafficDirection): GroupRule[] {
	return securityRules(graph).filter(({ rule }) => {
		const https = direction === "ingress" && isHttps(rule);
		return textAt(rule, "access") === "Allow" && isAnywhere(rule, direction) && !https;
	});
}

/** Private, or public only for listed addresses; without a list AKS lets everyone in. */
function isEndpointClosed({ inputs }: ResourceNode): boolean {
	const profile = "apiServerAccessProfile";
	const cidrs = valuesAt(inputs, `${profile}.authorizedIPRanges[]`).map(({ value }) => value);
	const listed = cidrs.length > 0 && !cidrs.some(isAnyAddress);
	return flagAt(inputs, `${profile}.enablePrivateCluster`) === true || listed;
}
