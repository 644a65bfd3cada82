import { globalCell, regionCell } from "../lib/cells";
import type { RegionSpec, Spec } from "./schema";

/** The regions that are built; the others are only written down. */
export function enabledRegions(spec: Spec): RegionSpec[] {
	return spec.regions.filter((region) => region.enabled);
}

/** The cells that an environment has, in dependency order. */
export function cellsOf(spec: Spec): string[] {
	return [globalCell, ...enabledRegions(spec).map((region) => regionCell(region.cloud, region.region))];
}
