import type { Requirement } from "../../lib/errors";
import type { Spec } from "../schema";
import type { Inference } from "../schema/inference";
import { activeModules } from "./modules";
import { inWholeGroups, replicaGroupNodes } from "./replica-group";

/** Rules of the sizes that every cluster of the inference estate has, before any region is looked at. */
export function sizeRules(spec: Spec): Requirement[] {
	const { inference } = spec;
	if (inference === undefined) {
		return [];
	}
	const group = replicaGroupNodes(inference);
	if (!Number.isInteger(group)) {
		return [wholeNodes(inference)];
	}
	return [
		...orderRules(inference.nodes, "inference.nodes"),
		...orderRules(inference.system, "inference.system"),
		...groupRules(inference, group),
		...roomRules(spec, inference, group),
	];
}

function wholeNodes({ replica, asked }: Inference): Requirement {
	const { tensorParallel, pipelineParallel } = replica;
	return {
		when: true,
		path: "inference.replica",
		message: `must fill whole nodes, but ${tensorParallel} x ${pipelineParallel} = ${tensorParallel * pipelineParallel} GPUs are no multiple of the ${asked.gpus} of a node; change tensorParallel, pipelineParallel or asked.gpus`,
	};
}

function orderRules({ wanted, min, max }: Inference["nodes"], path: string): Requirement[] {
	return [
		{
			when: min > wanted,
			path: `${path}.min`,
			message: `must be at most wanted (${wanted} nodes), but ${min} was given; lower it`,
		},
		{
			when: max < wanted,
			path: `${path}.max`,
			message: `must be at least wanted (${wanted} nodes), but ${max} was given; raise it`,
		},
	];
}

/** What the system leaves must be whole replica groups, so that no node is stranded. */
function groupRules({ nodes, system }: Inference, group: number): Requirement[] {
	return (["wanted", "max"] as const).map((key) => {
		const rest = nodes[key] - system[key];
		const whole = inWholeGroups(rest, group);
		return {
			when: rest !== whole,
			path: `inference.system.${key}`,
			message: `must leave whole replica groups of ${group} nodes, but ${nodes[key]} - ${system[key]} = ${rest} nodes leave ${rest - whole} stranded; use ${nodes[key] - whole}`,
		};
	});
}

/** Each module has one replica group at least, at the least as well. */
function roomRules(spec: Spec, { nodes, system }: Inference, group: number): Requirement[] {
	const modules = activeModules(spec).length;
	const least = inWholeGroups(nodes.min - system.min, group) / group;
	return [
		{
			when: least < modules,
			path: "inference.nodes.min",
			message: `must hold a replica group of ${group} nodes for each of the ${modules} modules beside ${system.min} system nodes, ${modules * group + system.min} nodes, but ${nodes.min} was given; raise it or switch a module off`,
		},
	];
}
