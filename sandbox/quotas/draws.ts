import { type QuotaFamily, quotaFamily } from "../../catalogue/quota-families";
import type { Cloud } from "../../lib/cells";

/** Machines of one type that an object runs, or keeps for others to run in. */
export interface Draw {
	/** Type of the machines, as `p5.48xlarge`. */
	readonly type: string;
	/** How many. */
	readonly machines: number;
	/** What they run in: a reservation by a name of its own, or `anySource` of the type. */
	readonly source: string;
	/** True for a reservation: what runs in it is not counted again. */
	readonly reserves: boolean;
	/** Input that says how many. */
	readonly property: string;
}

/** Where machines run that name no reservation: in open reservations of their type, and beside them. */
export function anySource(type: string): string {
	return `any ${type}`;
}

/** The quotas that machines count against, each once. */
export function familiesOf(cloud: Cloud, draws: readonly Draw[]): QuotaFamily[] {
	const families = draws.flatMap(({ machines, type }) => (machines > 0 ? (quotaFamily(cloud, type) ?? []) : []));
	return [...new Map(families.map((family) => [family.key, family])).values()];
}

/** How much machines count against a family, in its unit: of each source what is reserved or what runs, whichever is more. */
export function amountOf(cloud: Cloud, family: string, draws: readonly Draw[]): number {
	const sources = new Map<string, { readonly reserved: number; readonly run: number }>();
	for (const { machines, reserves, source, type } of draws) {
		const counted = quotaFamily(cloud, type);
		if (counted?.key === family) {
			const { reserved, run } = sources.get(source) ?? { reserved: 0, run: 0 };
			const amount = machines * counted.perNode;
			sources.set(source, reserves ? { reserved: reserved + amount, run } : { reserved, run: run + amount });
		}
	}
	return [...sources.values()].reduce((sum, { reserved, run }) => sum + Math.max(reserved, run), 0);
}
