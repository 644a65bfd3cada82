import { calendar } from "../catalogue/gcp/calendar";
import { machineType } from "../catalogue/gcp/machine-types";
import type { Requirement } from "../lib/errors";
import type { GpuPoolSpec, Spec } from "./schema";

/** Rules of what a pool's nodes are drawn from, the same on every cloud. */
export function capacityRules(pool: GpuPoolSpec, path: string, spec: Spec): Requirement[] {
	const { capacity } = pool;
	const known = machineType(pool.instanceType)?.capacityKinds;
	const kinds = known ?? [capacity.kind];
	const { nodes, max = nodes } = pool;
	const outgrown: Requirement = {
		when: capacity.kind === "reservation" && capacity.create && max > nodes && known?.includes("on-demand") === false,
		path: `${path}.max`,
		message: `must be nodes (${nodes}), because ${pool.instanceType} is not sold on demand beyond a reservation, but ${max} was given; lower it or raise nodes`,
	};
	const sold: Requirement = {
		when: !kinds.includes(capacity.kind),
		path: `${path}.capacity.kind`,
		message: `must be a kind that ${pool.instanceType} is sold by (${kinds.join(", ")}), but ${capacity.kind} was given; choose one of these`,
	};
	const unmade: Requirement = {
		when: capacity.kind === "reservation" && capacity.create && machineType(pool.instanceType)?.tpu !== undefined,
		path: `${path}.capacity.create`,
		message: `must be false for ${pool.instanceType}: reservations of TPUs are made with Google's sales; name one, or use on-demand`,
	};
	return [sold, outgrown, unmade, ...kindRules(pool, path, spec)];
}

function kindRules(pool: GpuPoolSpec, path: string, spec: Spec): Requirement[] {
	const { capacity } = pool;
	switch (capacity.kind) {
		case "reservation": {
			const named = "name" in capacity ? capacity.name : "id" in capacity ? capacity.id : undefined;
			return [
				{
					when: capacity.create === (named !== undefined),
					path: `${path}.capacity`,
					message: "must either create a reservation (create: true) or name one that exists, not both or neither",
				},
				{
					when: capacity.create && spec.target === "cloud" && pool.nodes === 0,
					path: `${path}.nodes`,
					message:
						"must be at least 1 node where a reservation is created, because an empty reservation cannot be made",
				},
			];
		}
		case "calendar":
			return [...windowRules(capacity, path), ...calendarRules(capacity, pool.nodes, path)];
		case "capacity-block":
			return windowRules(capacity, path);
		default:
			return [];
	}
}

/** A window, UTC. */
interface Window {
	readonly starts: string;
	readonly ends: string;
}

function windowRules({ starts, ends }: Window, path: string): Requirement[] {
	return [
		{
			when: Date.parse(starts) >= Date.parse(ends),
			path: `${path}.capacity.ends`,
			message: "must be later than starts; check the window of the purchase",
		},
	];
}

/** Calendar mode's limits; its jobs keep time to the minute, and begin to drain before the end. */
function calendarRules({ starts, ends }: Window, nodes: number, path: string): Requirement[] {
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
