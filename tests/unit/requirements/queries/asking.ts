import assert from "node:assert/strict";
import { ResourceGraph, type ResourceNode } from "../../../../lib/graph";
import type { ItemAnswer, ItemQuery, QueryContext, QueryRegistry } from "../../../../requirements/row";

/** What a query says of resources that serve its item, and of the same with one input or resource changed. */
export interface Example {
	readonly served: readonly ResourceNode[];
	readonly found: string;
	readonly broken: readonly ResourceNode[];
	readonly instead: string;
	/** What the query is told besides the resources. */
	readonly context?: Partial<QueryContext>;
	/** Why nothing can serve the item yet; the first answer then does not work either. */
	readonly unmet?: string;
}

/** One example for each query of a topic, checked both ways; a query without an example fails. */
export function describeTopic(name: string, topic: QueryRegistry, examples: { readonly [key: string]: Example }): void {
	describe(name, () => {
		it("has an example of every query", () => {
			assert.deepEqual(Object.keys(examples).sort(), Object.keys(topic).sort());
		});
		checkExamples(topic, examples);
	});
}

/** Examples of some queries of a topic, on another cloud for one, checked both ways. */
export function describeExamples(
	name: string,
	topic: QueryRegistry,
	examples: { readonly [key: string]: Example },
): void {
	describe(name, () => checkExamples(topic, examples));
}

function checkExamples(topic: QueryRegistry, examples: { readonly [key: string]: Example }): void {
	for (const [key, { served, found, broken, instead, context, unmet }] of Object.entries(examples)) {
		it(`${key} ${unmet ?? "works"} with ${found}, not with ${instead}`, () => {
			const query = queryOf(topic, key);
			const told = { environment: "dev", ...context };
			assert.deepEqual(outcome(ask(query, served, told)), { found, works: unmet === undefined });
			assert.deepEqual(outcome(ask(query, broken, told)), { found: instead, works: false });
		});
	}
}

/** The answer of a query; every URN in it must be one of the resources'. */
export function ask(
	query: ItemQuery,
	nodes: readonly ResourceNode[],
	context: QueryContext = { environment: "dev" },
): ItemAnswer {
	const answer = query(new ResourceGraph(nodes), context);
	const urns = nodes.map(({ urn }) => urn);
	assert.deepEqual(
		answer.resources.filter((urn) => !urns.includes(urn)),
		[],
	);
	return answer;
}

/** A query by its key. */
export function queryOf(topic: QueryRegistry, key: string): ItemQuery {
	const query = topic[key];
	assert.ok(query, `no query ${key}`);
	return query;
}

/** What an answer says, without its resources. */
export function outcome({ found, works }: ItemAnswer): Pick<ItemAnswer, "found" | "works"> {
	return { found, works };
}
