import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { readText } from "../../reading";
import { allOf, type Tri } from "../../tri";

/** Types of general-purpose buckets, in the provider's versions 6 and 7. */
export const BUCKET_TYPES = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] as const;

/**
 * Whether a resource's property names this bucket: by literal name where both names are known, else by what the
 * property was computed from (also through another side resource's `bucket`). A property that was computed from
 * several buckets is `maybe` each of them.
 */
export function namesBucket(graph: ResourceGraph, node: ResourceNode, property: string, bucket: ResourceNode): Tri {
	const given = readText(node.inputs, property);
	const names = [readText(bucket.inputs, "bucket"), readText(bucket.inputs, "id")];
	if (given.kind === "known") {
		const known = names.filter((name) => name.kind === "known");
		if (known.length > 0) {
			return known.some((name) => name.value === given.value) ? "yes" : "no";
		}
	}
	const behind = bucketsBehind(graph, node, property);
	return allOf(behind.has(bucket.urn) ? "yes" : "no", behind.size === 1 ? "yes" : "maybe");
}

/** An input that names a bucket: `property` is the top-level input that holds `path`. */
export interface BucketPlace {
	readonly type: string;
	readonly property: string;
	readonly path: string;
}

/** True where any of the places names this bucket. */
export function isNamedByAny(graph: ResourceGraph, places: readonly BucketPlace[], bucket: ResourceNode): boolean {
	return places.some((place) => graph.ofType(place.type).some((node) => isNamedAt(graph, node, place, bucket)));
}

function isNamedAt(graph: ResourceGraph, node: ResourceNode, place: BucketPlace, bucket: ResourceNode): boolean {
	const given = readText(node.inputs, place.path);
	const name = readText(bucket.inputs, "bucket");
	if (given.kind === "known" && name.kind === "known") {
		return given.value === name.value;
	}
	return given.kind !== "absent" && bucketsBehind(graph, node, place.property).has(bucket.urn);
}

function bucketsBehind(
	graph: ResourceGraph,
	node: ResourceNode,
	property: string,
	seen: ReadonlySet<string> = new Set(),
): ReadonlySet<string> {
	const types: readonly string[] = BUCKET_TYPES;
	const found = graph.sourcesOf(node, property).flatMap((source) => {
		if (types.includes(source.type)) {
			return [source.urn];
		}
		return seen.has(source.urn) ? [] : [...bucketsBehind(graph, source, "bucket", new Set([...seen, source.urn]))];
	});
	return new Set(found);
}
