import type { ResourceGraph } from "../../lib/graph";
import { amount, sum, urnsOf } from "../counting";
import type { ItemAnswer, QueryContext, QueryRegistry } from "../row";
import { countedEach } from "./answers";
import { regionsOf } from "./places";
import { gpuPools, MODULES, modulePools, resourcesOf } from "./pools";

const HEALTHCARE = "healthcare";

/** FR-MOD-1: the modules of the one list, as far as they are pools. */
export const moduleQueries: QueryRegistry = {
	"FR-MOD-1/pools": withPools,
	"FR-MOD-1/hipaa": healthcare,
};

/** Every module that is made has nodes of its own in each region. */
function withPools(graph: ResourceGraph, context: QueryContext): ItemAnswer {
	const { modules = MODULES } = context;
	const pools = modulePools(graph, context);
	const counts = regionsOf(graph).map((region) => {
		const own = pools.filter(({ group }) => group.cell === region);
		const nodes = (module: string): number =>
			sum(own.filter(({ label }) => label === module).map(({ size }) => size.nodes));
		return modules.filter((module) => nodes(module) > 0).length;
	});
	return countedEach(resourcesOf(pools), counts, { wanted: modules.length, unit: "modules with a pool a region" });
}

/** The healthcare module has pools of its own, or a switch of the specification makes them. */
function healthcare(graph: ResourceGraph, { modules = [], switchedOff = [] }: QueryContext): ItemAnswer {
	const pools = modules.includes(HEALTHCARE) ? gpuPools(graph).filter(({ label }) => label === HEALTHCARE) : [];
	const hasSwitch = switchedOff.includes(HEALTHCARE);
	return {
		found: pools.length > 0 ? amount(pools.length, "pools") : hasSwitch ? "a switch, off" : "neither",
		works: pools.length > 0 || hasSwitch,
		resources: urnsOf(resourcesOf(pools)),
	};
}
