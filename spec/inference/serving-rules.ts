import { cloudFacts } from "../../catalogue/clouds";
import type { Requirement } from "../../lib/errors";
import type { RegionSpec, Spec } from "../schema";
import { clusterSize } from "./cluster-size";
import { servingZones } from "./module-pools";

/** Rules of the modules' pools in one region that are not those of every GPU pool. */
export function servingRules(region: RegionSpec, path: string, spec: Spec): Requirement[] {
	const { serving } = region;
	if (serving === undefined) {
		return [];
	}
	if (spec.inference === undefined) {
		return [
			{
				when: true,
				path: `${path}.serving`,
				message: "needs the sizes and modules of inference; add it, or remove this",
			},
		];
	}
	const gpus = cloudFacts[region.cloud].machine(serving.instanceType)?.gpus?.count;
	const { asked } = spec.inference;
	return [
		{
			when: gpus !== undefined && gpus !== asked.gpus,
			path: `${path}.serving.instanceType`,
			message: `must have ${asked.gpus} GPUs a node, as replica groups count (inference.asked.gpus), but ${serving.instanceType} has ${gpus}; choose another type`,
		},
		{
			when: gpus !== undefined && servingZones(region).length === 0,
			path: `${path}.zones`,
			message: `must hold a zone that offers ${serving.instanceType}, but ${region.zones.join(", ")} do not; name others, or choose another type`,
		},
		...sizeRules(region, path, spec),
	];
}

/** What the region's own pools take must leave the system its least part. */
function sizeRules(region: RegionSpec, path: string, spec: Spec): Requirement[] {
	const size = clusterSize(spec, region);
	if (size === undefined || spec.inference === undefined) {
		return [];
	}
	const { system, total } = size;
	const least = spec.inference.system.min;
	return [
		{
			when: system.wanted < least || system.min < 1 || system.max < system.wanted,
			path: `${path}.gpuPools`,
			message: `must leave the system at least ${least} of ${total.wanted} nodes, but beside ${size.serving.wanted} nodes of modules they leave ${system.wanted} (${system.min} to ${system.max}); ask for fewer nodes`,
		},
		{
			when: total.wanted > total.max,
			path: "inference.nodes.max",
			message: `must be at least the ${total.wanted} nodes that conflict nodes-per-region asks for, but ${total.max} was given; raise it, or settle the conflict otherwise`,
		},
	];
}
