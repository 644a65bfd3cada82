import { z } from "zod";
import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { controlsOf } from "../../controls";
import { about, fail, problemsOr, undetermined } from "../../judging";
import { at, isHidden, readList } from "../../reading";
import { defineRule, type Judgement } from "../../rule";
import { keyOwner } from "./customer-key";

const CLUSTER = "aws:eks/cluster:Cluster";
const PROPERTY = "encryptionConfig";

/** A08: Kubernetes secrets are envelope-encrypted with a key of the customer. */
export const eksSecretsEncryption = defineRule({
	id: "A08",
	name: "eks-secrets-encryption",
	title: "EKS secrets are encrypted with a customer key",
	severity: "high",
	level: "mandatory",
	blocksOnUndetermined: true,
	params: z.strictObject({}),
	appliesTo: [CLUSTER],
	controls: controlsOf({
		iso27001: ["A.8.11", "A.8.24", "A.8.5"],
		hipaa: ["164.312(a)(2)(iv)", "164.312(e)(2)(ii)", "164.308(a)(4)(ii)(a)"],
		cis: ["3.11"],
	}),
	remedy: "set encryptionConfig with resources [secrets] and the ARN of a customer key",
	check: {
		kind: "graph",
		judge: (graph) => graph.ofType(CLUSTER).flatMap((node) => about(node.urn, judgeCluster(graph, node))),
	},
});

function judgeCluster(graph: ResourceGraph, node: ResourceNode): readonly Judgement[] {
	const config = at(node.inputs, PROPERTY);
	if (config === undefined) {
		return [fail("secrets are not encrypted with a customer key", PROPERTY)];
	}
	if (isHidden(config)) {
		return [undetermined("the encryption configuration is not known yet", PROPERTY)];
	}
	return problemsOr([...coverage(node), ...ownership(graph, node)], "secrets are encrypted with a customer key");
}

function coverage(node: ResourceNode): Judgement[] {
	const path = `${PROPERTY}.resources`;
	const resources = readList(node.inputs, path);
	if (resources.items.some(({ value }) => value === "secrets")) {
		return [];
	}
	return resources.complete
		? [fail("the encryption does not cover secrets", path)]
		: [undetermined("it is not known yet whether the encryption covers secrets", path)];
}

function ownership(graph: ResourceGraph, node: ResourceNode): Judgement[] {
	const path = `${PROPERTY}.provider.keyArn`;
	switch (keyOwner(graph, { node, property: PROPERTY, holder: node.inputs, path })) {
		case "customer":
			return [];
		case "unproved":
			return [undetermined("it is not known yet whose key encrypts the secrets", path)];
		case "aws":
			return [fail("the key is managed by AWS, not a customer key", path)];
		case "none":
			return [fail("no key is named", path)];
	}
}
