import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { isUnknown, type Value, valuesAt } from "../../../lib/values";
import { flagAt, isAnyAddress, textAt } from "../../counting";

const FIREWALL = "azure-native:network:AzureFirewall";
const POLICY = "azure-native:network:FirewallPolicy";
const RULES = "azure-native:network:FirewallPolicyRuleCollectionGroup";
const CLUSTER = "azure-native:containerservice:ManagedCluster";
const ENDPOINT = "azure-native:network:PrivateEndpoint";
const POOL = "azure-native:containerservice:AgentPool";
const TABLE = "azure-native:network:RouteTable";
/** The name by which Azure takes a subnet for a firewall's own; it guards it itself, and refuses security groups on it. */
const FIREWALL_SUBNET = "AzureFirewallSubnet";

/** True for a subnet in which nothing but a firewall can stand. */
export function isFirewalls(graph: ResourceGraph, subnet: ResourceNode): boolean {
	const named = textAt(subnet.inputs, "subnetName") === FIREWALL_SUBNET;
	return (
		named && graph.ofType(FIREWALL).some((firewall) => graph.sourcesOf(firewall, "ipConfigurations").includes(subnet))
	);
}

/**
 * True where nothing leads from a subnet to the internet: it holds private endpoints and no nodes, and has no gateway, no
 * route, and no way that Azure gives unasked. Nodes may have the way of a load balancer, which no subnet shows.
 */
export function hasNoWayOut(graph: ResourceGraph, subnet: ResourceNode): boolean {
	const { inputs } = subnet;
	const ways = ["natGateway", "routeTable"].flatMap((path) => valuesAt(inputs, path));
	const users = (property: string, ...types: readonly string[]): ResourceNode[] =>
		graph.ofType(...types).filter((node) => graph.sourcesOf(node, property).includes(subnet));
	const nodes = [...users("vnetSubnetID", POOL), ...users("agentPoolProfiles", CLUSTER)];
	const closed = ways.length === 0 && flagAt(inputs, "defaultOutboundAccess") === false;
	return closed && nodes.length === 0 && users("subnet", ENDPOINT).length > 0;
}

/** True where everything that leaves a subnet goes to a firewall that lets listed domains through and nothing else. */
export function goesByList(graph: ResourceGraph, subnet: ResourceNode): boolean {
	const [table] = graph.sourcesOf(subnet, "routeTable", TABLE);
	if (table === undefined || valuesAt(subnet.inputs, "natGateway").length > 0) {
		return false;
	}
	const routes = valuesAt(table.inputs, "routes[]").map(({ value }) => value);
	const out = routes.filter((route) => isAnyAddress(textAt(route, "addressPrefix") ?? ""));
	const direct = routes.some((route) => textAt(route, "nextHopType") === "Internet");
	const led = out.length > 0 && out.every((route) => textAt(route, "nextHopType") === "VirtualAppliance");
	const firewalls = graph.sourcesOf(table, "routes", FIREWALL);
	return led && !direct && firewalls.length > 0 && firewalls.every((firewall) => lists(graph, firewall));
}

function lists(graph: ResourceGraph, firewall: ResourceNode): boolean {
	const policies = graph.sourcesOf(firewall, "firewallPolicy", POLICY);
	const groups = graph
		.ofType(RULES)
		.filter((group) => graph.sourcesOf(group, "firewallPolicyName", POLICY).some((each) => policies.includes(each)));
	return policies.length > 0 && groups.every(({ inputs }) => !lets(inputs));
}

/** True where a group of rules lets through what no list names: any address, or any domain. */
function lets(group: Value): boolean {
	const allowing = valuesAt(group, "ruleCollections[]").filter(({ value }) => textAt(value, "action.type") !== "Deny");
	const rules = allowing.flatMap(({ value }) => valuesAt(value, "rules[]")).map(({ value }) => value);
	return rules.some((rule) => {
		const targets = ["targetFqdns[]", "destinationFqdns[]", "destinationAddresses[]", "targetUrls[]"];
		const named = targets.flatMap((path) => valuesAt(rule, path)).map(({ value }) => value);
		return named.some((target) => target === "*" || target === "Internet" || isUnknown(target) || isAnyAddress(target));
	});
}
