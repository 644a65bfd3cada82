import type { ResourceNode } from "../../../lib/graph";
import { valuesAt } from "../../../lib/values";
import { numberAt, textAt } from "../../counting";
import type { StorageReader } from "./storage";

const BUCKET = "gcp:storage/bucket:Bucket";
const LOG_BUCKET = "gcp:logging/projectBucketConfig:ProjectBucketConfig";
/**
 * Locations of more than one region: multi-regions, and the predefined pairs. Source: Cloud Storage, "Bucket locations",
 * general knowledge, unverified.
 */
const SEVERAL_REGIONS: readonly string[] = ["ASIA", "EU", "US", "ASIA1", "EUR4", "EUR5", "EUR7", "EUR8", "NAM4"];

/** Cloud Storage buckets, and buckets of Cloud Logging whose retention the plan sets. */
export const gcpStorage: StorageReader = {
	buckets: (graph) =>
		graph.ofType(BUCKET).map((node) => ({
			node,
			hasLifecycle: valuesAt(node.inputs, "lifecycleRules[].action.type").length > 0,
			isReplicated: isInSeveralRegions(node),
		})),
	logs: (graph) =>
		graph.ofType(LOG_BUCKET).map((node) => ({ node, keepsForDays: numberAt(node.inputs, "retentionDays") > 0 })),
};

function isInSeveralRegions({ inputs }: ResourceNode): boolean {
	const chosen = valuesAt(inputs, "customPlacementConfig.dataLocations[]").length > 1;
	return chosen || SEVERAL_REGIONS.includes(textAt(inputs, "location")?.toUpperCase() ?? "");
}
