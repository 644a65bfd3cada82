import type { QuotaNeed } from "../../spec/capacity-needs";
import type { Reservation } from "../../spec/reservations";

const count = (value: number): string => value.toLocaleString("en-US");

/** What the pools of each region need of each quota, at the start and at most, against what was granted. */
export function capacityLines(needs: readonly QuotaNeed[]): string[] {
	return needs.map(({ cell, family, wanted, most, granted }) => {
		const grant = granted === undefined ? "not stated" : `${count(granted)} granted`;
		const need = `${count(wanted)} to ${count(most)} ${family.unit}`;
		return `  ${cell.padEnd(22)} ${family.key.padEnd(26)} ${need.padEnd(26)} ${grant}`;
	});
}

/** One line of counts; a quota that is not covered is refused before this is printed. */
export function capacityCountLine(needs: readonly QuotaNeed[]): string {
	const open = needs.filter(({ granted }) => granted === undefined).length;
	const covered = `${needs.length - open} of ${needs.length} quotas cover what the pools may grow to`;
	return `Capacity: ${covered}${open === 0 ? "" : `, ${open} are not stated in the specification`}`;
}

/** The reservations that pools draw from, with zone, type and count. */
export function reservationLines(reservations: readonly Reservation[]): string[] {
	return reservations.map(({ cell, pool, zone, instanceType, nodes, name }) => {
		const what = `${nodes} x ${instanceType} in ${zone}`;
		return `  ${cell.padEnd(22)} ${pool.padEnd(14)} ${what.padEnd(44)} ${name ?? "made by this environment"}`;
	});
}
