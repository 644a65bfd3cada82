import type { Inference } from "../schema/inference";

/** Nodes of one model replica: tensor parallel x pipeline parallel GPUs in nodes of the asked size; a fraction where they do not fit. */
export function replicaGroupNodes({ replica, asked }: Pick<Inference, "replica" | "asked">): number {
	return (replica.tensorParallel * replica.pipelineParallel) / asked.gpus;
}

/** The nodes of as many whole replica groups as fit; 0 of none. */
export function inWholeGroups(nodes: number, group: number): number {
	return Math.max(0, Math.floor(nodes / group)) * group;
}
