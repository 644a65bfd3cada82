import { z } from "zod";
import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { controlsOf } from "../../controls";
import { about, fail, pass, problemsOr, undetermined } from "../../judging";
import { at, isHidden, type Reading, readNumber, readText } from "../../reading";
import { defineRule, type Judgement } from "../../rule";
import { sharesAccountRegion } from "./account-region";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const DEFAULTS = "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults";
const MACHINES = [
	"aws:ec2/instance:Instance",
	"aws:ec2/spotInstanceRequest:SpotInstanceRequest",
	TEMPLATE,
	"aws:ec2/launchConfiguration:LaunchConfiguration",
] as const;
const OPTIONS = "metadataOptions";

const params = z.strictObject({
	/** Machines (by logical name) where a named workload in a container without Pod Identity needs a second hop. */
	secondHop: z.array(z.strictObject({ resource: z.string().min(1), workload: z.string().min(1) })).default([]),
});
type Params = z.infer<typeof params>;

/** A22: the metadata service answers only to session tokens, and only one hop away. */
export const imdsv2Required = defineRule<Params>({
	id: "A22",
	name: "imdsv2-required",
	title: "IMDSv2 is required, with one hop",
	severity: "high",
	level: "mandatory",
	blocksOnUndetermined: true,
	params,
	appliesTo: [...MACHINES, DEFAULTS],
	controls: controlsOf({
		soc2: ["CC7.2"],
		iso27001: ["A.8.20", "A.8.21", "A.8.22"],
		nist: ["SC-23", "AC-2", "AC-24", "AC-3", "AC-4", "AC-6"],
		ccm: ["IVS-04"],
		cis: ["4.6"],
	}),
	remedy: "set metadataOptions with httpTokens required and httpPutResponseHopLimit 1, or httpEndpoint disabled",
	check: {
		kind: "graph",
		judge: (graph, given) =>
			graph.ofType(...MACHINES).flatMap((node) => about(node.urn, judgeMachine(graph, node, given))),
	},
});

function judgeMachine(graph: ResourceGraph, node: ResourceNode, given: Params): readonly Judgement[] {
	const options = at(node.inputs, OPTIONS);
	if (options === undefined && at(node.inputs, "launchTemplate") !== undefined) {
		return graph.sourcesOf(node, "launchTemplate", TEMPLATE).length > 0
			? [pass("its launch template decides, and is judged itself")]
			: [undetermined("its launch template decides, and is not part of this program", "launchTemplate")];
	}
	const endpoint = readText(node.inputs, `${OPTIONS}.httpEndpoint`);
	if (endpoint.kind === "known" && endpoint.value === "disabled") {
		return [pass("the metadata service is disabled")];
	}
	const problems = [...tokenProblems(graph, node), ...hopProblems(graph, node, given)];
	const inDoubt = endpoint.kind === "unknown" || isHidden(options);
	return problemsOr(
		inDoubt ? problems.map((problem) => ({ ...problem, verdict: "undetermined" })) : problems,
		"the metadata service requires session tokens",
	);
}

function tokenProblems(graph: ResourceGraph, node: ResourceNode): Judgement[] {
	const path = `${OPTIONS}.httpTokens`;
	const tokens = ownOrDefault(graph, node, readText(node.inputs, path), (defaults) => readText(defaults, "httpTokens"));
	if (tokens.kind === "unknown") {
		return [undetermined("it is not known yet whether session tokens are required", path)];
	}
	return tokens.kind === "known" && tokens.value === "required"
		? []
		: [fail("the metadata service answers without session tokens", path)];
}

function hopProblems(graph: ResourceGraph, node: ResourceNode, given: Params): Judgement[] {
	const path = `${OPTIONS}.httpPutResponseHopLimit`;
	const hops = ownOrDefault(graph, node, readNumber(node.inputs, path), (defaults) =>
		readNumber(defaults, "httpPutResponseHopLimit"),
	);
	const most = given.secondHop.some(({ resource }) => resource === node.name) ? 2 : 1;
	switch (hops.kind) {
		case "unknown":
			return [undetermined("the hop limit is not known yet", path)];
		case "known":
			return hops.value <= most ? [] : [fail(`the hop limit is above ${most}`, path)];
		default:
			// An image may raise the cloud's default of 1 to 2, as Amazon Linux 2023 does.
			return [fail("the hop limit is left to the image", path)];
	}
}

/** What the resource says, else what the account's metadata defaults say where it lives. */
function ownOrDefault<T>(
	graph: ResourceGraph,
	node: ResourceNode,
	own: Reading<T>,
	read: (defaults: ResourceNode["inputs"]) => Reading<T>,
): Reading<T> {
	if (own.kind !== "absent") {
		return own;
	}
	const defaults = graph.ofType(DEFAULTS).find((setting) => sharesAccountRegion(setting, node));
	return defaults ? read(defaults.inputs) : own;
}
