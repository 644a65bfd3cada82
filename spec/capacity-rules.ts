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
	return [sold, outgrown, ...kindRules(pool, path, spec)];
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
		case "calendar":
			return [
				{
					when: Date.parse(capacity.starts) >= Date.parse(capacity.ends),
					path: `${path}.capacity.ends`,
					message: "must be later than starts; check the window of the purchase",
				},
			];
		default:
			return [];
	}
}
