import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { synthesize } from "../../blueprint/synthesize";
import { projectRoot } from "../../lib/folders";
import type { Blueprint } from "../../lib/graph";
import { specKey } from "../../spec/load";
import { parseSpec } from "../../spec/parse";

/** A specification as a user writes it: plain data that a test may change. */
export type SpecValue = { [key: string]: unknown };

/** The specification in an environment's file, anew at each call. */
export function specValue(environment: string): SpecValue {
	const file = parse(readFileSync(join(projectRoot, `Pulumi.${environment}.yaml`), "utf8"));
	return file.config[specKey];
}

/** The specification in an environment's file with its AWS regions alone. */
export function awsOnly(environment: string): SpecValue {
	const value = specValue(environment);
	const { regions } = value;
	const isAws = (region: unknown): boolean =>
		typeof region === "object" && region !== null && Reflect.get(region, "cloud") === "aws";
	return { ...value, regions: Array.isArray(regions) ? regions.filter(isAws) : regions };
}

/** A copy of a value with one path set, as `regions.0.nodes`; `undefined` removes it. */
export function withSetting(value: SpecValue, path: string, setting: unknown): SpecValue {
	const copy = structuredClone(value);
	const steps = path.split(".");
	const last = steps.pop() ?? "";
	const holder = steps.reduce<object>((at, step) => {
		const next: unknown = Reflect.get(at, step);
		if (typeof next !== "object" || next === null) {
			throw new Error(`${path} does not exist`);
		}
		return next;
	}, copy);
	if (setting === undefined) {
		Reflect.deleteProperty(holder, last);
	} else {
		Reflect.set(holder, last, setting);
	}
	return copy;
}

/** The blueprint of a specification. */
export function blueprintOf(value: SpecValue, cell?: string): Promise<Blueprint> {
	return synthesize(parseSpec(value, "the test's specification"), value, cell);
}
