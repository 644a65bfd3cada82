import type { Requirement } from "../../lib/errors";
import { settledChoice } from "../conflicts";
import type { Spec } from "../schema";
import { activeModules } from "./modules";

/** Rules of the list of modules. */
export function moduleRules(spec: Spec): Requirement[] {
	const modules = spec.inference?.modules ?? [];
	const split = activeModules(spec).reduce((sum, { weight }) => sum + weight, 0);
	const byNodes = settledChoice("multimodal-traffic", spec.conflicts) === "share-by-nodes";
	return [
		...modules.flatMap((module, i) => [
			{
				when: modules.findIndex(({ name }) => name === module.name) < i,
				path: `inference.modules[${i}].name`,
				message: `must be unique, but ${module.name} stands twice in the list; remove one entry`,
			},
			{
				when: modules.findIndex(({ queue }) => queue === module.queue) < i,
				path: `inference.modules[${i}].queue`,
				message: `must be a queue of its own, but ${module.queue} is another module's; choose another name`,
			},
			{
				when: module.name === "system",
				path: `inference.modules[${i}].name`,
				message: "must not be system, which names the system pool; rename it",
			},
		]),
		{
			when: spec.inference !== undefined && !byNodes && split !== 100,
			path: "inference.modules",
			message: `must share out 100 percent of the traffic, but the routeWeights of the modules that are made add up to ${split}; change them, or give 0 to a module that requests reach by content`,
		},
	];
}
