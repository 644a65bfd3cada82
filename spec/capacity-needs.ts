import { type QuotaFamily, quotaFamily } from "../catalogue/quota-families";
import { type Cloud, regionCell } from "../lib/cells";
import { enabledRegions } from "./cells";
import type { RegionSpec, Spec } from "./schema";

/** What a region needs of one quota, against what its account was granted. */
export interface QuotaNeed {
	readonly cloud: Cloud;
	readonly region: string;
	/** Cell of the region. */
	readonly cell: string;
	readonly family: Pick<QuotaFamily, "key" | "title" | "unit">;
	/** Of all pools as large as they start. */
	readonly wanted: number;
	/** Of all pools as large as they may grow. */
	readonly most: number;
	/** What the specification says was granted; undefined where it says nothing. */
	readonly granted: number | undefined;
}

/** A pool with its type and the nodes that it starts with and may grow to. */
interface Sized {
	readonly instanceType: string;
	readonly wanted: number;
	readonly most: number;
}

/** The quotas that the environment's regions count against, in the order of the regions. Pools of modules must be in them already. */
export function quotaNeeds(spec: Spec): QuotaNeed[] {
	return enabledRegions(spec).flatMap((region) => needsOf(region, spec));
}

function needsOf(region: RegionSpec, spec: Spec): QuotaNeed[] {
	const { cloud, region: name } = region;
	const needs = new Map<string, QuotaNeed>();
	for (const pool of sizedPools(region)) {
		const family = quotaFamily(cloud, pool.instanceType);
		if (family !== undefined) {
			const before = needs.get(family.key);
			needs.set(family.key, {
				cloud,
				region: name,
				cell: regionCell(cloud, name),
				family,
				wanted: (before?.wanted ?? 0) + pool.wanted * family.perNode,
				most: (before?.most ?? 0) + pool.most * family.perNode,
				granted: spec.accounts[cloud]?.quotas[name]?.[family.key],
			});
		}
	}
	return [...needs.values()];
}

/** Capacity that is bought by the window counts against no quota of running instances. */
function sizedPools({ systemPool, gpuPools }: RegionSpec): Sized[] {
	const bought = ["capacity-block", "calendar"];
	const drawn = gpuPools.filter(({ capacity }) => !bought.includes(capacity.kind));
	return [
		{ instanceType: systemPool.instanceType, wanted: systemPool.nodes ?? systemPool.min, most: systemPool.max },
		...drawn.map(({ instanceType, nodes, max }) => ({ instanceType, wanted: nodes, most: max ?? nodes })),
	];
}
