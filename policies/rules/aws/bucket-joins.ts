import { groupBy, type ResourceGraph, type ResourceNode } from "../../../lib/graph";
import { type Reading, readText } from "../../reading";

/** Types of general-purpose buckets, in the provider's versions 6 and 7. */
export const BUCKET_TYPES = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] as const;

/** An input that names a bucket: `property` is the top-level input that holds `path`. */
export interface BucketPlace {
	readonly type: string;
	readonly property: string;
	readonly path: string;
}

/** A resource that names a bucket; not certain where its input was computed from several buckets. */
export interface BucketJoin {
	readonly node: ResourceNode;
	readonly bucket: ResourceNode;
	readonly certain: boolean;
}

/**
 * Which buckets the resources at a place name: by literal name where both names are known, else by what the input was
 * computed from, directly or through another side resource's `bucket`.
 */
export function bucketJoins(graph: ResourceGraph, places: readonly BucketPlace[]): BucketJoin[] {
	const buckets = graph.ofType(...BUCKET_TYPES);
	const byName = groupBy(
		buckets.flatMap((bucket) => namesOf(bucket).map((name) => ({ name, bucket }))),
		({ name }) => name,
	);
	return places.flatMap((place) =>
		graph.ofType(place.type).flatMap((node) => {
			const given = readText(node.inputs, place.path);
			const named = given.kind === "known" ? (byName.get(given.value) ?? []).map(({ bucket }) => bucket) : [];
			const found = named.length > 0 ? named : nameless(graph, node, place, given);
			const distinct = [...new Set(found)];
			return distinct.map((bucket) => ({ node, bucket, certain: distinct.length === 1 }));
		}),
	);
}

/** The buckets behind an input, but for those that a known name rules out. */
function nameless(
	graph: ResourceGraph,
	node: ResourceNode,
	place: BucketPlace,
	given: Reading<string>,
): ResourceNode[] {
	if (given.kind === "absent") {
		return [];
	}
	const behind = bucketsBehind(graph, node, place.property, new Set());
	return given.kind === "known" ? behind.filter((bucket) => namesOf(bucket).length === 0) : behind;
}

function namesOf(bucket: ResourceNode): string[] {
	const names = [readText(bucket.inputs, "bucket"), readText(bucket.inputs, "id")];
	return [...new Set(names.flatMap((name) => (name.kind === "known" ? [name.value] : [])))];
}

function bucketsBehind(
	graph: ResourceGraph,
	node: ResourceNode,
	property: string,
	seen: ReadonlySet<string>,
): ResourceNode[] {
	const types: readonly string[] = BUCKET_TYPES;
	return graph.sourcesOf(node, property).flatMap((source) => {
		if (types.includes(source.type)) {
			return [source];
		}
		return seen.has(source.urn) ? [] : bucketsBehind(graph, source, "bucket", new Set([...seen, source.urn]));
	});
}
