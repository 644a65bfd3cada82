import { type NodeTraits, nodeTraits } from "../../catalogue/node-traits";
import { type Cloud, regionCell } from "../../lib/cells";
import type { RegionSpec, Spec } from "../schema";
import { type Inference, type Substitute, type Trait, traits } from "../schema/inference";

/** Something of an inference node that falls short of what is asked, with the platform's choice for it. */
export interface DeviationRow {
	readonly trait: Trait;
	readonly cloud: Cloud;
	/** Cell of the region, as `aws-eu-west-1`. */
	readonly cell: string;
	readonly instanceType: string;
	/** What is asked, with its unit. */
	readonly asked: string;
	/** What the type has, with its unit. */
	readonly has: string;
	/** What is given instead; undefined where the specification names nothing. */
	readonly substitute: Substitute | undefined;
}

/** Everything that the regions' serving types lack of what is asked, in the order of the regions. */
export function deviations(spec: Pick<Spec, "inference">, regions: readonly RegionSpec[]): DeviationRow[] {
	const { inference } = spec;
	return inference === undefined ? [] : regions.flatMap((region) => deviationsOf(inference, region));
}

function deviationsOf(inference: Inference, { cloud, region, serving }: RegionSpec): DeviationRow[] {
	const given = serving && nodeTraits(cloud, serving.instanceType);
	if (given === undefined) {
		return [];
	}
	const cell = regionCell(cloud, region);
	return traits.flatMap((trait) => {
		const short = shortfalls[trait](inference.asked, given);
		const place = { trait, cloud, cell, instanceType: serving?.instanceType ?? "" };
		return short === undefined
			? []
			: [{ ...place, ...short, substitute: substituteFor(inference, trait, cloud, cell) }];
	});
}

/** The choice for the region itself stands before the one for its cloud. */
function substituteFor({ substitutes }: Inference, trait: Trait, cloud: Cloud, cell: string): Substitute | undefined {
	const named = substitutes.filter((each) => each.trait === trait);
	return named.find(({ where }) => where === cell) ?? named.find(({ where }) => where === cloud);
}

type Asked = Inference["asked"];

/** What is asked and what is there, in words; undefined where it is enough. */
type Shortfall = (asked: Asked, given: NodeTraits) => { readonly asked: string; readonly has: string } | undefined;

const shortfalls: { readonly [trait in Trait]: Shortfall } = {
	gpu: (asked, given) => {
		const enough = given.gpu === asked.gpu && given.gpuMemoryGib >= asked.gpuMemoryGib;
		const words = (count: number, model: string, gib: number): string => `${count} x ${model} of ${gib} GiB`;
		return enough
			? undefined
			: {
					asked: words(asked.gpus, asked.gpu, asked.gpuMemoryGib),
					has: words(given.gpus, given.gpu, given.gpuMemoryGib),
				};
	},
	memory: (asked, given) => amounts(asked.memoryTb, given.memoryTb, "TB"),
	nvme: (asked, given) => amounts(asked.nvmeTb, given.nvmeTb, "TB"),
	fabric: (asked, given) => amounts(asked.fabricGbps, given.fabricGbps, "Gbit/s"),
	rdma: (_, given) => (given.rdma ? undefined : { asked: "RDMA between nodes", has: "none" }),
	infiniband: (asked, given) =>
		given.infiniband ? undefined : { asked: `InfiniBand of ${asked.fabricGbps} Gbit/s`, has: "none" },
};

function amounts(asked: number, has: number, unit: string): ReturnType<Shortfall> {
	const words = (amount: number): string => `${Math.round(amount * 100) / 100} ${unit}`;
	return has >= asked ? undefined : { asked: words(asked), has: words(has) };
}
