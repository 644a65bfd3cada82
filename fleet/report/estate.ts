import { groupBy } from "../../lib/graph";
import { enabledRegions } from "../../spec/cells";
import type { DeviationRow } from "../../spec/inference/deviations";
import { activeModules } from "../../spec/inference/modules";
import type { Spec } from "../../spec/schema";
import { wrap } from "./wrap";

/** The inference modules with their queue, share of the traffic, class of data, and their nodes in each region. */
export function moduleLines(spec: Spec): string[] {
	const serving = enabledRegions(spec).filter((region) => region.serving !== undefined);
	return activeModules(spec).map(({ name, queue, weight, dataClass }) => {
		const pools = serving.flatMap(({ gpuPools }) => gpuPools.filter((pool) => pool.name === name));
		const sizes = [...new Set(pools.map(({ nodes, min = nodes, max = nodes }) => `${nodes} nodes (${min} to ${max})`))];
		const share = weight === 0 ? "by content" : `${Math.round(weight * 100) / 100} % of the traffic`;
		return `  ${name.padEnd(14)} ${sizes.join(", ")} a region, queue ${queue}, ${share}, data class ${dataClass}`;
	});
}

/** What inference nodes lack: asked, given, the substitute that the specification names and its effect; regions alike in one line. */
export function deviationLines(rows: readonly DeviationRow[]): string[] {
	const alike = groupBy(rows, ({ trait, asked, has, substitute }) => JSON.stringify([trait, asked, has, substitute]));
	return [...alike.values()].flatMap((group) => {
		const [first] = group;
		if (first === undefined) {
			return [];
		}
		const { trait, asked, has, substitute } = first;
		const cells = wrap(
			group.map(({ cell }) => cell),
			90,
		).map((line) => `      in ${line}`);
		const given = substitute === undefined ? [] : [`      given: ${substitute.given}; effect: ${substitute.effect}`];
		return [`  ${trait}: ${asked} asked, ${has} there`, ...given, ...cells];
	});
}
