import { type Cloud, regionCell } from "../../lib/cells";
import type { ResourceGraph } from "../../lib/graph";
import { countWhere } from "../counting";
import type { Pool } from "../readers/pools/pool";
import type { ItemAnswer, ItemQuery, QueryContext, QueryRegistry } from "../row";
import { counted } from "./answers";
import { modulePools, resourcesOf } from "./pools";
import { heldOrSubstituted } from "./substitutes";

/** FR-HW-2: hardware that a cloud does not offer as asked, and what stands in for it. */
export const hardwareQueries: QueryRegistry = {
	"FR-HW-2/infiniband-aws": infiniband("aws"),
	"FR-HW-2/infiniband-gcp": infiniband("gcp"),
	"FR-HW-2/p5-eu-west-1": p5In("eu-west-1"),
	"FR-HW-2/p5-ap-southeast-1": p5In("ap-southeast-1"),
	"FR-HW-2/table": table,
	"FR-HW-2/no-substitute": table,
};

/** The whole fabric of each pool is attached; where it is no InfiniBand, the specification says what it is. */
function infiniband(cloud: Cloud): ItemQuery {
	return (graph, context) => {
		const pools = modulePools(graph, context).filter((pool) => pool.cloud === cloud);
		const complete = pools.every(({ node: { fabric } }) => fabric !== undefined && fabric.attached === fabric.offered);
		const answer = heldOrSubstituted(
			pools,
			"infiniband",
			{
				holds: ({ node }) => node.fabric?.kind === "infiniband",
				words: ({ node: { fabric } }) =>
					fabric ? `${fabric.attached} of ${fabric.offered} ${fabric.kind}` : "no fabric",
				none: "no GPU pool",
			},
			context,
		);
		return { ...answer, works: answer.works && complete };
	};
}

function p5In(region: string): ItemQuery {
	return (graph, context) => {
		const pools = modulePools(graph, context).filter(({ group }) => group.cell === regionCell("aws", region));
		const described = {
			holds: ({ node }: Pool) => node.typeName.startsWith("p5."),
			words: ({ node }: Pool) => node.typeName,
			none: "no GPU pool",
		};
		return heldOrSubstituted(pools, "gpu", described, context);
	};
}

/**
 * Every type that lacks something has a row with substitute and effect. A specification with a row that has none is
 * refused before it is a plan (spec/inference/deviation-rules.ts).
 */
function table(graph: ResourceGraph, context: QueryContext): ItemAnswer {
	const pools = modulePools(graph, context);
	const rows = (context.shortfalls ?? []).filter((row) =>
		pools.some(({ group, node }) => group.cell === row.cell && node.typeName === row.instanceType),
	);
	const chosen = countWhere(rows, ({ substitute }) => substitute !== undefined);
	const answer = counted(resourcesOf(pools), chosen, {
		wanted: rows.length,
		unit: "shortfalls with substitute and effect",
	});
	return { ...answer, works: answer.works && rows.length > 0 };
}
