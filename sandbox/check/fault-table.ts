import type { Fault } from "../model";

/** A row of a model's table of refusals. */
export interface Refusal {
	/** True where the cloud refuses. */
	readonly when: boolean;
	readonly property: string;
	/** What is wrong, the value, what is allowed with its unit, the remedy. */
	readonly reason: string;
}

/** The faults of the rows that hold. */
export function faultsOf(table: readonly Refusal[]): Fault[] {
	return table.filter((row) => row.when).map(({ property, reason }) => ({ property, reason }));
}

/** A fault where the number is known and outside `min` to `max`; `unit` reads in the message, as `days`. */
export function outside(
	value: number | undefined,
	property: string,
	range: { readonly min: number; readonly max: number; readonly unit: string },
): Refusal {
	const wrong = value !== undefined && (!Number.isInteger(value) || value < range.min || value > range.max);
	const allowed = `${range.min} to ${range.max} ${range.unit}`;
	return { when: wrong, property, reason: `must be ${allowed}, but ${value} was given; choose one in that range` };
}
