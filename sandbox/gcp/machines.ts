import { machineType } from "../../catalogue/gcp/machine-types";
import { gcpRegions } from "../../catalogue/gcp/regions";
import { isObject, type Value } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { number, text } from "../check/inputs";
import type { Fault } from "../model";
import { regionOfZone } from "./names";

/** Families whose machines take GPUs beside them; every other type brings its own or has none. */
const TAKES_GPUS = /^n1-/;

/** Families of which every type has GPUs. Source: Google Cloud, Accelerator-optimized machine family, 2026-11-21. */
const HAS_GPUS = /^(a\d+x?|g\d+)-/;

/** Where a list of accelerators stands and how its fields are called there. */
export interface AcceleratorFields {
	readonly property: string;
	readonly type: string;
	readonly count: string;
}

/** What is wrong between a machine type and the accelerators that are named with it. */
export function acceleratorFaults(
	type: string | undefined,
	given: readonly Value[],
	fields: AcceleratorFields,
): Fault[] {
	if (type === undefined || TAKES_GPUS.test(type)) {
		return [];
	}
	const known = machineType(type);
	const [model, gpus] = [known?.acceleratorType, known?.gpus?.count];
	const plain = model === undefined && !HAS_GPUS.test(type);
	return given.flatMap((entry, i) => {
		const bag = isObject(entry) ? entry : {};
		const [named, count] = [text(bag, fields.type), number(bag, fields.count)];
		return faultsOf([
			{
				when: plain,
				property: `${fields.property}[${i}]`,
				reason: `${type} takes no accelerators; choose a machine type with GPUs or remove them`,
			},
			{
				when: model !== undefined && named !== undefined && named !== model,
				property: `${fields.property}[${i}].${fields.type}`,
				reason: `must be ${JSON.stringify(model)}, which ${type} has, but ${JSON.stringify(named)} was given`,
			},
			{
				when: gpus !== undefined && count !== undefined && count !== gpus,
				property: `${fields.property}[${i}].${fields.count}`,
				reason: `must be ${gpus}, the GPUs of ${type}, but ${count} was given`,
			},
		]);
	});
}

/** Zones that do not offer an accelerated type, as far as the catalogue knows the region. */
export function zoneOfferFaults(type: string | undefined, zones: readonly string[], property: string): Fault[] {
	return zones.flatMap((zone) => {
		const facts = gcpRegions[regionOfZone(zone) ?? ""];
		const accelerated = type !== undefined && machineType(type)?.gpus !== undefined;
		const offered = facts?.offers[type ?? ""] ?? [];
		return faultsOf([
			{
				when: accelerated && facts !== undefined && !offered.includes(zone),
				property,
				reason: `${type} is not offered in ${zone}, only in ${offered.join(", ") || "other regions"} (catalogue/gcp/regions.ts); choose such a zone`,
			},
		]);
	});
}
