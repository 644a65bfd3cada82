import type { Properties } from "../../lib/values";
import { object, text } from "../check/inputs";
import { steadyHex } from "../nodes/pool-nodes";
import { driverOf } from "./volume-driver";

/** Annotation by which the scheduler says on which node a claim's pod will run. */
export const SELECTED_NODE = "volume.kubernetes.io/selected-node";

/** Label of nodes that names their zone. */
export const ZONE_LABEL = "topology.kubernetes.io/zone";

/** Drivers whose disks lie in one zone; shares and buckets are reached from all of a region. */
const zonal: readonly string[] = ["ebs.csi.aws.com", "disk.csi.azure.com", "pd.csi.storage.gke.io"];

/**
 * The zone that a claim's disk lies in, or nothing where every zone reaches it: the zone of the node that the scheduler
 * chose, else one of the nodes' zones, always the same for a claim.
 */
export function zoneFor(claim: Properties, storageClass: Properties, nodes: readonly Properties[]): string | undefined {
	if (!zonal.includes(driverOf(storageClass)) || isRegional(storageClass)) {
		return undefined;
	}
	const chosen = object(claim, "metadata.annotations")[SELECTED_NODE];
	const node = nodes.find((each) => text(each, "metadata.name") === chosen);
	return (node && zoneOf(node)) ?? anyZone(claim, nodes);
}

/** Disks that a cloud keeps in several zones at once: `StandardSSD_ZRS` of Azure, `regional-pd` of Google Cloud. */
function isRegional(storageClass: Properties): boolean {
	const values = Object.values(object(storageClass, "parameters")).map(String);
	return values.some((value) => value.endsWith("_ZRS") || value === "regional-pd");
}

function zoneOf(node: Properties): string | undefined {
	const zone = object(node, "metadata.labels")[ZONE_LABEL];
	return typeof zone === "string" ? zone : undefined;
}

function anyZone(claim: Properties, nodes: readonly Properties[]): string | undefined {
	const zones = [...new Set(nodes.flatMap((node) => zoneOf(node) ?? []))].sort();
	const turn = Number.parseInt(steadyHex(8, text(claim, "metadata.uid") ?? ""), 16);
	return zones[turn % Math.max(1, zones.length)];
}
