import { type ChartPart, chartParts } from "../../catalogue/charts";
import type { Properties } from "../../lib/values";
import { flag, number, object, text } from "../check/inputs";
import type { Placeholder } from "./placeholders";

/** What a Helm release puts onto nodes, by the catalogue and its values; nothing for charts that are not in it. */
export function releaseFootprint(release: Properties): Placeholder[] {
	const values = object(release, "values");
	const enabled = chartParts(chartName(release)).filter((part) => flag(valuesOf(part, values), "enabled") !== false);
	return enabled.map((part) => placeholderOf(part, valuesOf(part, values), release));
}

function valuesOf(part: ChartPart, values: Properties): Properties {
	return part.values === undefined ? values : object(values, part.values);
}

/** Name of a release's chart, without its repository. */
export function chartName(release: Properties): string {
	return (text(release, "chart") ?? "").split("/").at(-1) ?? "";
}

function placeholderOf(part: ChartPart, values: Properties, release: Properties): Placeholder {
	const requests = object(values, "resources.requests");
	return {
		kind: part.kind,
		namespace: text(release, "namespace") ?? "default",
		name: `${text(release, "name") ?? ""}-${part.name}`,
		replicas: number(values, part.replicasKey ?? "replicas") ?? 1,
		requests: Object.fromEntries(Object.entries(requests).map(([resource, amount]) => [resource, String(amount)])),
		standsFor: `chart ${chartName(release)}`,
	};
}
