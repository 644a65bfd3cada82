import type { Requirement } from "../../lib/errors";
import { enabledRegions } from "../cells";
import type { Spec } from "../schema";
import type { Substitute } from "../schema/inference";
import { type DeviationRow, deviations } from "./deviations";

/** Every shortfall needs a choice of the platform's, and every choice a shortfall that it is for. */
export function deviationRules(spec: Spec): Requirement[] {
	const rows = deviations(spec, enabledRegions(spec));
	return [
		...rows.map((row) => missing(row, spec)),
		...(spec.inference?.substitutes ?? []).map((substitute, i) => idle(substitute, i, spec)),
		...(spec.inference?.substitutes ?? []).map((substitute, i) => twin(substitute, i, spec)),
	];
}

function missing(row: DeviationRow, spec: Spec): Requirement {
	const index = spec.regions.findIndex(({ cloud, region }) => row.cell === `${cloud}-${region}`);
	return {
		when: row.substitute === undefined,
		path: `regions[${index}].serving.instanceType`,
		message: `${row.instanceType} falls short in ${row.trait}: ${row.asked} asked, ${row.has} there; choose another type, or say in inference.substitutes what is given instead (trait: ${row.trait}, where: ${row.cell} or ${row.cloud}) and its effect`,
	};
}

/** A choice for what is not short any more, or for a region that is switched off as well, would be a wrong statement. */
function idle({ trait, where }: Substitute, i: number, spec: Spec): Requirement {
	const rows = deviations(spec, spec.regions);
	return {
		when: !rows.some((row) => row.trait === trait && (row.cell === where || row.cloud === where)),
		path: `inference.substitutes[${i}]`,
		message: `is for ${trait} in ${where}, where nothing falls short of what is asked; remove it`,
	};
}

function twin({ trait, where }: Substitute, i: number, spec: Spec): Requirement {
	const before = (spec.inference?.substitutes ?? []).slice(0, i);
	return {
		when: before.some((other) => other.trait === trait && other.where === where),
		path: `inference.substitutes[${i}]`,
		message: `stands twice: ${trait} in ${where} has a choice already; remove one`,
	};
}
