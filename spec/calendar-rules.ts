import { calendar } from "../catalogue/gcp/calendar";
import type { Requirement } from "../lib/errors";
import type { GpuPoolSpec } from "./schema";

/** A window, UTC. */
interface Window {
	readonly starts: string;
	readonly ends: string;
}

/** Calendar mode's limits; its jobs keep time to the minute, and begin to drain before the end. */
export function calendarRules({ nodes }: GpuPoolSpec, { starts, ends }: Window, path: string): Requirement[] {
	const minutes = (Date.parse(ends) - Date.parse(starts)) / 60_000;
	const { drainMinutes, longestDays, mostNodes } = calendar;
	const uneven = [starts, ends].find((time) => Date.parse(time) % 60_000 !== 0);
	return [
		{
			when: nodes > mostNodes,
			path: `${path}.nodes`,
			message: `must be at most ${mostNodes} nodes, the most of a calendar reservation, but ${nodes} was given; make two pools`,
		},
		{
			when: minutes > longestDays * 24 * 60,
			path: `${path}.capacity.ends`,
			message: `must be at most ${longestDays} days after starts, the longest calendar reservation, but ${ends} was given; check the window`,
		},
		{
			when: minutes > 0 && minutes <= drainMinutes,
			path: `${path}.capacity.ends`,
			message: `must be more than ${drainMinutes} minutes after starts, because its nodes are drained that long before the end, but ${ends} was given`,
		},
		{
			when: uneven !== undefined,
			path: `${path}.capacity`,
			message: `must have times of whole minutes, but ${uneven} was given; leave the seconds 00`,
		},
	];
}
