import { blockDrainsAt, blockLeadMinutes, capacityBlocks } from "../catalogue/aws/capacity-blocks";
import type { Requirement } from "../lib/errors";
import type { AwsGpuPoolSpec } from "./schema/aws-region";

/** Rules of a pool on a capacity block beyond those of every window. */
export function capacityBlockRules(
	pool: Pick<AwsGpuPoolSpec, "nodes" | "min" | "max">,
	window: { readonly starts: string; readonly ends: string },
	path: string,
): Requirement[] {
	const [starts, ends] = [window.starts, window.ends].map((time) => Date.parse(time));
	const drains = Date.parse(blockDrainsAt(window.ends));
	return [
		{
			when: starts !== undefined && ends !== undefined && starts < ends && starts >= drains,
			path: `${path}.capacity.ends`,
			message: `must be more than ${blockLeadMinutes} minutes after starts, because a block is emptied so long before its end, but ${window.ends} was given; check the window of the purchase`,
		},
		{
			when: pool.nodes > capacityBlocks.instances,
			path: `${path}.nodes`,
			message: `must be at most ${capacityBlocks.instances} nodes, the largest capacity block, but ${pool.nodes} was given; make a pool for each block`,
		},
		{
			when: pool.min !== undefined || pool.max !== undefined,
			path: `${path}.${pool.min === undefined ? "max" : "min"}`,
			message: "cannot be given for a capacity block, whose window moves its nodes between 0 and all; remove it",
		},
	];
}
