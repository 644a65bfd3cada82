import type { Source } from "../provenance";

/** What a reservation of calendar mode can be, and how long before its end its nodes begin to be drained. */
interface CalendarFacts {
	/** Most machines of one reservation. */
	readonly mostNodes: number;
	/** Longest window, days. */
	readonly longestDays: number;
	/**
	 * Minutes from the drain's start to the window's end: an hour for the longest grace that GKE gives a pod, 15 minutes
	 * for taking the machines away. At the end Compute Engine ends whatever still runs.
	 */
	readonly drainMinutes: number;
	readonly provenance: Source;
}

/** Facts of calendar mode (Dynamic Workload Scheduler). */
export const calendar: CalendarFacts = {
	mostNodes: 80,
	longestDays: 90,
	drainMinutes: 75,
	provenance: {
		source:
			"Compute Engine, Reservation-bound provisioning model (80 machines, 90 days); API FutureReservation.reservationMode (machines end with the window); gcloud container node-pools delete (grace of pods is cut at one hour)",
		date: "2026-11-28",
		verified: false,
		unverified: ["the 15 minutes for taking machines away"],
	},
};
