import type { ResourceGraph, ResourceNode } from "../../lib/graph";
import { textAt } from "../counting";
import { deniesPlainText, statementsOf } from "./aws-policy-text";

/** A general-purpose bucket. */
export const BUCKET = "aws:s3/bucket:Bucket";

/** The resources of a type that are about this bucket: by its literal name, else computed from it. */
export function sidesOf(graph: ResourceGraph, bucket: ResourceNode, type: string): ResourceNode[] {
	const name = textAt(bucket.inputs, "bucket");
	return graph.ofType(type).filter((side) => {
		const given = textAt(side.inputs, "bucket");
		const sources = graph.sourcesOf(side, "bucket", BUCKET);
		return given === undefined ? sources.some(({ urn }) => urn === bucket.urn) : given === name;
	});
}

/** True where the bucket's policy refuses requests without TLS; an unknown policy says nothing. */
export function isTlsOnly(graph: ResourceGraph, bucket: ResourceNode): boolean {
	return sidesOf(graph, bucket, "aws:s3/bucketPolicy:BucketPolicy").some(({ inputs }) => {
		const text = textAt(inputs, "policy");
		return text !== undefined && statementsOf(text).some(deniesPlainText);
	});
}
