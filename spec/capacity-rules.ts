import { machineType } from "../catalogue/gcp/machine-types";
import type { Requirement } from "../lib/errors";
import { calendarRules } from "./calendar-rules";
import { capacityBlockRules } from "./capacity-block-rules";
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
		case "capacity-block":
			return [windowRule(capacity, path), ...capacityBlockRules(pool, capacity, path)];
		case "calendar":
			return [windowRule(capacity, path), ...calendarRules(pool, capacity, path)];
		default:
			return [];
	}
}

function windowRule({ starts, ends }: { readonly starts: string; readonly ends: string }, path: string): Requirement {
	return {
		when: Date.parse(starts) >= Date.parse(ends),
		path: `${path}.capacity.ends`,
		message: "must be later than starts; check the window of the purchase",
	};
}
