import { type Cloud, clouds } from "../../lib/cells";
import type { ResourceGraph, ResourceNode } from "../../lib/graph";
import { countWhere, printed, urnsOf } from "../counting";
import { awsNetwork } from "../readers/network/aws";
import { azureNetwork } from "../readers/network/azure";
import { gcpNetwork } from "../readers/network/gcp";
import type { NetworkReader, TrafficDirection } from "../readers/network/network";
import type { Pool } from "../readers/pools/pool";
import type { ItemAnswer, QueryRegistry } from "../row";
import { counted, everyOne, everyThing, together } from "./answers";
import { type Direction, EGRESS, INGRESS, NAMESPACE, policiesOf, reachesAnywhere, refuses } from "./namespaces";
import { CLUSTERS, cloudOf } from "./places";
import { poolsOf } from "./pools";

const READERS: { readonly [cloud in Cloud]: NetworkReader } = { aws: awsNetwork, gcp: gcpNetwork, azure: azureNetwork };

/** FR-SEC-1's subnets and traffic, OP-SEC-1's network policies. */
export const networkQueries: QueryRegistry = {
	"FR-SEC-1/private-subnets": privateSubnets,
	"FR-SEC-1/ingress": (graph) =>
		together([
			closedNetworks(graph, "ingress"),
			everyOne(
				graph.ofType(...CLUSTERS),
				(cluster) => readerOf(cluster)?.isEndpointClosed(cluster) ?? false,
				"API endpoints closed to the internet",
			),
			noOpenRules(graph, "ingress", "ingress rules open to the internet"),
			refusal(graph, INGRESS),
			enforcement(graph),
		]),
	"FR-SEC-1/egress": (graph) =>
		together([
			closedNetworks(graph, "egress"),
			refusal(graph, EGRESS),
			enforcement(graph),
			noneAnywhere(graph, EGRESS),
			noOpenRules(graph, "egress", "egress rules to any address"),
		]),
	"OP-SEC-1/network-policies": (graph) =>
		together([refusal(graph, INGRESS), refusal(graph, EGRESS), enforcement(graph)]),
};

function readerOf(node: ResourceNode): NetworkReader | undefined {
	const cloud = cloudOf(node);
	return cloud && READERS[cloud];
}

/** A subnet that the program does not make shows nothing of itself: that is not private. */
function privateSubnets(graph: ResourceGraph): ItemAnswer {
	const pools = poolsOf(graph);
	const subnets = [...new Set(pools.flatMap(({ place }) => place.subnets))];
	const strangers = countWhere(pools, ({ place }) => place.strangers > 0);
	const answer = counted(
		[...new Set([...pools.map(({ group }) => group), ...subnets])],
		countWhere(subnets, (subnet) => isPrivate(graph, subnet, pools)),
		{ wanted: subnets.length + strangers, unit: "compute subnets private" },
	);
	return { ...answer, works: answer.works && subnets.length > 0 };
}

/** Neither the subnet leads to the internet nor has a node in it an address there. */
function isPrivate(graph: ResourceGraph, subnet: ResourceNode, pools: readonly Pool[]): boolean {
	const inside = pools.filter(({ place }) => place.subnets.includes(subnet));
	const closed = readerOf(subnet)?.isPrivate(graph, subnet) ?? false;
	return closed && inside.every(({ place }) => !place.publicAddresses);
}

function closedNetworks(graph: ResourceGraph, direction: TrafficDirection): ItemAnswer {
	return everyThing(
		clouds.flatMap((cloud) => READERS[cloud].networks(graph)),
		(network) => network.refuses[direction],
		`networks refuse ${direction} by default`,
	);
}

function noOpenRules(graph: ResourceGraph, direction: TrafficDirection, unit: string): ItemAnswer {
	const nodes = clouds.flatMap((cloud) => READERS[cloud].openRules(graph, direction));
	return { found: `${printed(nodes.length)} ${unit}`, works: nodes.length === 0, resources: urnsOf(nodes) };
}

/** Every namespace that the program makes refuses the direction unless a policy lets something through. */
function refusal(graph: ResourceGraph, direction: Direction): ItemAnswer {
	return everyOne(
		graph.ofType(NAMESPACE),
		(namespace) => refuses(policiesOf(graph, namespace), direction),
		`namespaces refuse ${direction.rules}`,
	);
}

function enforcement(graph: ResourceGraph): ItemAnswer {
	return everyOne(
		graph.ofType(...CLUSTERS),
		(cluster) => readerOf(cluster)?.enforcesPolicies(graph, cluster) ?? false,
		"clusters enforce network policies",
	);
}

function noneAnywhere(graph: ResourceGraph, direction: Direction): ItemAnswer {
	const policies = graph.ofType(NAMESPACE).flatMap((namespace) => policiesOf(graph, namespace));
	const open = countWhere(policies, (policy) => reachesAnywhere(policy, direction));
	const found = `${open} of ${policies.length} network policies reach any address`;
	return { found, works: open === 0, resources: urnsOf(policies) };
}
