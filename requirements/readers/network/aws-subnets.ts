import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { comesFrom, flagAt, textAt } from "../../counting";

const TABLE = "aws:ec2/routeTable:RouteTable";
const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const ROUTE = "aws:ec2/route:Route";
const INTERNET_GATEWAY = "aws:ec2/internetGateway:InternetGateway";

/**
 * True for a subnet that gives no public addresses and whose own route table leads to no internet gateway. One without
 * a table of its own uses its network's main table, which the plan does not show: that is not private.
 */
export function isPrivate(graph: ResourceGraph, subnet: ResourceNode): boolean {
	const given = subnet.inputs.mapPublicIpOnLaunch;
	const addresses = given === undefined ? false : flagAt(subnet.inputs, "mapPublicIpOnLaunch");
	const tables = tablesOf(graph, subnet);
	return addresses === false && tables.length > 0 && tables.every((table) => !leadsOut(graph, table));
}

function tablesOf(graph: ResourceGraph, subnet: ResourceNode): ResourceNode[] {
	return graph
		.ofType(ASSOCIATION)
		.filter((association) => comesFrom(graph, association, { property: "subnetId", source: subnet }))
		.flatMap((association) => graph.sourcesOf(association, "routeTableId", TABLE));
}

function leadsOut(graph: ResourceGraph, table: ResourceNode): boolean {
	const routes = graph
		.ofType(ROUTE)
		.filter((route) => comesFrom(graph, route, { property: "routeTableId", source: table }));
	const inline = graph.sourcesOf(table, "routes", INTERNET_GATEWAY).length > 0;
	return inline || routes.some((route) => usesInternetGateway(graph, route));
}

/** The id of an internet gateway made elsewhere begins with `igw-`. */
function usesInternetGateway(graph: ResourceGraph, route: ResourceNode): boolean {
	const named = textAt(route.inputs, "gatewayId")?.startsWith("igw-") ?? false;
	return named || graph.sourcesOf(route, "gatewayId", INTERNET_GATEWAY).length > 0;
}
