import { z } from "zod";
import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { reachOf } from "../../addresses";
import { controlsOf } from "../../controls";
import { about, fail, problemsOr, undetermined } from "../../judging";
import { readBoolean, readList } from "../../reading";
import { defineRule, type Judgement } from "../../rule";
import { judgeNodeSubnets } from "./node-subnets";

const CLUSTER = "aws:eks/cluster:Cluster";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** A20: the internet does not reach the Kubernetes API, nodes have no public address, the control plane logs. */
export const eksEndpointPrivate = defineRule({
	id: "A20",
	name: "eks-endpoint-private",
	title: "EKS endpoint and nodes are private, all control plane logs are on",
	severity: "high",
	level: "mandatory",
	blocksOnUndetermined: true,
	params: z.strictObject({}),
	appliesTo: [CLUSTER, NODE_GROUP],
	controls: controlsOf({
		iso27001: ["A.8.1", "A.8.15"],
		ccm: ["LOG-08"],
		cis: ["12.2", "8.2"],
	}),
	remedy:
		"set endpointPublicAccess false or a publicAccessCidrs allow-list, private subnets for nodes, and all five enabledClusterLogTypes",
	check: {
		kind: "graph",
		judge: (graph) => [
			...graph.ofType(CLUSTER).flatMap((node) => about(node.urn, judgeCluster(node))),
			...graph.ofType(NODE_GROUP).flatMap((node) => about(node.urn, judgeNodes(graph, node))),
		],
	},
});

function judgeCluster(node: ResourceNode): readonly Judgement[] {
	return problemsOr(
		[...endpointProblems(node), ...logProblems(node)],
		"the endpoint is private or limited, and all control plane logs are on",
	);
}

function endpointProblems(node: ResourceNode): Judgement[] {
	const path = "vpcConfig.publicAccessCidrs";
	const isPublic = readBoolean(node.inputs, "vpcConfig.endpointPublicAccess");
	if (isPublic.kind === "known" && !isPublic.value) {
		return [];
	}
	const allowed = readList(node.inputs, path);
	const texts = allowed.items.map(({ value }) => (typeof value === "string" ? value : "not text"));
	// Without a list, or with an empty one, the cloud allows 0.0.0.0/0.
	const open = allowed.complete && texts.length === 0 ? "open" : reachOf(texts);
	if (open === "limited" && allowed.complete) {
		return [];
	}
	if (isPublic.kind === "unknown") {
		return [undetermined("it is not known yet whether the endpoint is public", "vpcConfig.endpointPublicAccess")];
	}
	return open === "limited"
		? [undetermined("it is not known yet who reaches the public endpoint", path)]
		: [fail("the public endpoint is not limited to named networks", path)];
}

function logProblems(node: ResourceNode): Judgement[] {
	const path = "enabledClusterLogTypes";
	const enabled = readList(node.inputs, path);
	const missing = LOG_TYPES.filter((type) => !enabled.items.some(({ value }) => value === type));
	if (missing.length === 0) {
		return [];
	}
	const text = `control plane logs are off: ${missing.join(", ")}`;
	return enabled.complete ? [fail(text, path)] : [undetermined("the enabled log types are not all known yet", path)];
}

function judgeNodes(graph: ResourceGraph, node: ResourceNode): readonly Judgement[] {
	return problemsOr(judgeNodeSubnets(graph, node), "its subnets give no public addresses");
}
