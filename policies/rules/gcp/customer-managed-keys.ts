import { z } from "zod";
import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { controlsOf } from "../../controls";
import { about, notApplicable, problemsOr } from "../../judging";
import { defineRule, type Judgement } from "../../rule";
import { settingProblems } from "../../settings";
import { anyOf, notOf } from "../../tri";
import { KEYED_TYPES, keyPlacesOf } from "./key-places";
import { namesKmsKey } from "./kms-key-names";

/** G03: what stores data names a Cloud KMS key of the customer; buckets of audit logs are no exception. */
export const customerManagedKeys = defineRule({
	id: "G03",
	name: "customer-managed-keys",
	title: "Google Cloud data is encrypted with a customer key",
	severity: "high",
	level: "mandatory",
	blocksOnUndetermined: true,
	params: z.strictObject({}),
	appliesTo: KEYED_TYPES,
	controls: controlsOf({
		soc2Gcp: ["C1.1", "PI1.4", "PI1.5"],
		isoGcp: ["A.8.11", "A.8.12", "A.8.14"],
		ccm: ["CEK-03", "CEK-08", "CEK-10", "UEM-08"],
		cis: ["3.11"],
	}),
	remedy: "name a Cloud KMS key of the same location in the property",
	check: {
		kind: "graph",
		judge: (graph) => graph.ofType(...KEYED_TYPES).flatMap((node) => about(node.urn, judgeNode(graph, node))),
	},
});

function judgeNode(graph: ResourceGraph, node: ResourceNode): readonly Judgement[] {
	const places = keyPlacesOf(graph, node);
	if (places.every(({ used }) => used === "no")) {
		return [notApplicable("it stores nothing under a key of its own")];
	}
	const settings = places.map(({ path, property, holder, inner, used, inherited }) => ({
		property: path,
		holds: anyOf(notOf(used), namesKmsKey(graph, { node, property, holder, path: inner }), inherited),
		reason: "no key of the customer is named, so Google's own key encrypts the data",
	}));
	return problemsOr(settingProblems(settings), "its data is encrypted with a customer key");
}
