import type { ResourceGraph, ResourceNode } from "../../lib/graph";
import { valuesAt } from "../../lib/values";
import type { ItemAnswer, QueryRegistry } from "../row";
import { counted, everyOne, together } from "./answers";
import { comesFrom, countWhere, flagAt, isAnyAddress, printed, urnsOf } from "./counting";
import { type Direction, EGRESS, INGRESS, NAMESPACE, policiesOf, reachesAnywhere, refuses } from "./namespaces";
import { poolsOf } from "./pools";
import { type GroupRule, groupRules, isAnywhere, isHttps } from "./security-groups";
import { isPrivate, SUBNET } from "./subnets";

const CLUSTER = "aws:eks/cluster:Cluster";
const VPC = "aws:ec2/vpc:Vpc";
const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";

/** FR-SEC-1's subnets and traffic, OP-SEC-1's network policies. */
export const networkQueries: QueryRegistry = {
	"FR-SEC-1/private-subnets": privateSubnets,
	"FR-SEC-1/ingress": (graph) =>
		together([
			everyOne(graph.ofType(VPC), (vpc) => hasClosedDefault(graph, vpc), "default groups closed"),
			everyOne(graph.ofType(CLUSTER), isEndpointClosed, "API endpoints closed to the internet"),
			noRules(
				groupRules(graph, "ingress").filter((rule) => isAnywhere(rule) && !isHttps(rule)),
				"ingress rules open to the internet",
			),
			refusal(graph, INGRESS),
		]),
	"FR-SEC-1/egress": (graph) =>
		together([
			refusal(graph, EGRESS),
			noneAnywhere(graph, EGRESS),
			noRules(groupRules(graph, "egress").filter(isAnywhere), "egress rules to any address"),
		]),
	"OP-SEC-1/network-policies": (graph) => together([refusal(graph, INGRESS), refusal(graph, EGRESS)]),
};

/** A subnet that the program does not make shows nothing of itself: that is not private. */
function privateSubnets(graph: ResourceGraph): ItemAnswer {
	const groups = poolsOf(graph).map(({ group }) => group);
	const used = groups.map((group) => graph.sourcesOf(group, "subnetIds", SUBNET));
	const strangers = groups.filter(({ inputs }, i) => valuesAt(inputs, "subnetIds[]").length > (used[i]?.length ?? 0));
	const subnets = [...new Set(used.flat())];
	const unseen = { wanted: subnets.length + strangers.length, unit: "compute subnets private" };
	const answer = counted(
		[...groups, ...subnets],
		countWhere(subnets, (subnet) => isPrivate(graph, subnet)),
		unseen,
	);
	return { ...answer, works: answer.works && subnets.length > 0 };
}

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

function noRules(rules: readonly GroupRule[], unit: string): ItemAnswer {
	return {
		found: `${printed(rules.length)} ${unit}`,
		works: rules.length === 0,
		resources: urnsOf(rules.map(({ node }) => node)),
	};
}

/** Every namespace that the program makes refuses the direction unless a policy lets something through. */
function refusal(graph: ResourceGraph, direction: Direction): ItemAnswer {
	return everyOne(
		graph.ofType(NAMESPACE),
		(namespace) => refuses(policiesOf(graph, namespace), direction),
		`namespaces refuse ${direction.rules}`,
	);
}

function noneAnywhere(graph: ResourceGraph, direction: Direction): ItemAnswer {
	const policies = graph.ofType(NAMESPACE).flatMap((namespace) => policiesOf(graph, namespace));
	const open = countWhere(policies, (policy) => reachesAnywhere(policy, direction));
	const found = `${open} of ${policies.length} network policies reach any address`;
	return { found, works: open === 0, resources: urnsOf(policies) };
}
