import { settledChoice } from "../conflicts";
import type { Spec } from "../schema";
import type { InferenceModule } from "../schema/inference";

/** The module that the documents name for HIPAA alone; conflict healthcare-module decides whether it exists. */
const healthcare = "healthcare";

/** A module that is made, with the share of the traffic that it gets. */
export interface ActiveModule extends InferenceModule {
	/** Percent of the weighted traffic; 0 where requests reach it by their content. */
	readonly weight: number;
}

/** The modules that are made, in the order of the specification: their conflicts settled. */
export function activeModules(spec: Pick<Spec, "inference" | "conflicts">): ActiveModule[] {
	const modules = (spec.inference?.modules ?? []).filter((module) => isMade(module, spec));
	const weights = routeWeights(modules, settledChoice("multimodal-traffic", spec.conflicts));
	return modules.map((module, i) => ({ ...module, weight: weights[i] ?? 0 }));
}

function isMade(module: InferenceModule, { conflicts }: Pick<Spec, "conflicts">): boolean {
	if (module.name !== healthcare) {
		return module.enabled;
	}
	const choice = settledChoice("healthcare-module", conflicts);
	return choice === "always" || (choice === "switch" && module.enabled);
}

/** By content: the printed weights. By nodes: a module without a weight takes the share of its nodes, and the others shrink. */
function routeWeights(modules: readonly InferenceModule[], choice: string): number[] {
	const printed = modules.map(({ routeWeight }) => routeWeight);
	if (choice !== "share-by-nodes") {
		return printed;
	}
	const nodes = modules.reduce((sum, module) => sum + module.nodes, 0);
	const byNodes = modules.map((module) => (module.routeWeight === 0 ? (module.nodes / nodes) * 100 : 0));
	const left = 100 - byNodes.reduce((sum, share) => sum + share, 0);
	const split = printed.reduce((sum, weight) => sum + weight, 0);
	return modules.map((module, i) => (byNodes[i] ?? 0) + (split === 0 ? 0 : (module.routeWeight / split) * left));
}
