import { cloudFacts } from "../../catalogue/clouds";
import { type Cloud, clouds } from "../../lib/cells";
import { deviations } from "../../spec/inference/deviations";
import { type Spec, specSchema } from "../../spec/schema";
import { type SpecValue, specValue } from "../support/environments";

/** Types with eight GPUs, the one that is asked for first. */
const preferred: { readonly [cloud in Cloud]: readonly string[] } = {
	aws: ["p5.48xlarge", "p4d.24xlarge"],
	gcp: ["a3-megagpu-8g", "a3-highgpu-8g"],
	azure: ["Standard_ND96isr_H100_v5", "Standard_ND96isr_H200_v5"],
};

const capacity: { readonly [cloud in Cloud]: object } = {
	aws: { kind: "reservation", create: true },
	gcp: { kind: "reservation", create: true },
	azure: { kind: "on-demand" },
};

/** Production with so many regions, the clouds in turn, each with its five modules; at most as many as the catalogue has. */
export function prodOf(regions: number): SpecValue {
	const byCloud = clouds.map((cloud) => entriesOf(cloud));
	const most = Math.max(...byCloud.map((entries) => entries.length));
	const turns = Array.from({ length: most }, (_, i) => i);
	const inTurn = turns.flatMap((i) => byCloud.flatMap((entries) => entries.slice(i, i + 1)));
	if (inTurn.length < regions) {
		throw new Error(`the catalogue has ${inTurn.length} regions, not ${regions}`);
	}
	const prod = specValue("prod");
	const plain = {
		...prod,
		accounts: accountsOf(prod),
		inference: { ...objectAt(prod, "inference"), substitutes: [] },
		regions: inTurn.slice(0, regions).map((entry, i) => ({ ...entry, addresses: `10.${100 + i}.0.0/16` })),
	};
	return { ...plain, inference: { ...plain.inference, substitutes: substitutesOf(specSchema.parse(plain)) } };
}

/** A choice for everything that falls short in any of the regions. */
function substitutesOf(spec: Spec): object[] {
	return deviations(spec, spec.regions).map(({ trait, cell }) => ({
		trait,
		where: cell,
		given: "what the type has",
		effect: "measured, not deployed",
	}));
}

function entriesOf(cloud: Cloud): SpecValue[] {
	return Object.entries(cloudFacts[cloud].regions).flatMap(([region, { zones, offers }]) => {
		const instanceType = preferred[cloud].find((type) => offers[type] !== undefined);
		const offered = offers[instanceType ?? ""] ?? [];
		const three = [...offered, ...zones.filter((zone) => !offered.includes(zone))].slice(0, 3);
		return instanceType === undefined || three.length < 3
			? []
			: [{ cloud, region, zones: three, serving: { instanceType, capacity: capacity[cloud] } }];
	});
}

function accountsOf(prod: SpecValue): object {
	const accounts = objectAt(prod, "accounts");
	return Object.fromEntries(clouds.map((cloud) => [cloud, { ...objectAt(accounts, cloud), quotas: {} }]));
}

function objectAt(value: SpecValue, key: string): SpecValue {
	const found: unknown = value[key];
	if (typeof found !== "object" || found === null) {
		throw new Error(`the specification has no ${key}`);
	}
	return { ...found };
}
