import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ExitCode, UserError } from "../lib/errors";
import { projectRoot } from "../lib/folders";
import type { Blueprint, ResourceNode } from "../lib/graph";
import { cellsOf } from "../spec/cells";
import { specKey } from "../spec/load";
import type { Spec } from "../spec/schema";
import { leastForWorkers, runPrograms } from "./program-workers";
import type { RecordedNode } from "./recorder";
import { runProgram } from "./run-program";

/** The stacks of an environment in dependency order, with the cells that each holds. */
export function stacksOf(spec: Spec): { stack: string; cells: string[] }[] {
	const cells = cellsOf(spec);
	if (spec.layout === "single") {
		return [{ stack: spec.environment, cells }];
	}
	return cells.map((cell) => ({ stack: `${spec.environment}-${cell}`, cells: [cell] }));
}

/** The stacks of an environment, or that of one of its cells; a cell that it does not have is refused. */
export function wantedStacks(spec: Spec, cell?: string): { stack: string; cells: string[] }[] {
	const stacks = stacksOf(spec);
	const known = stacks.flatMap((entry) => entry.cells);
	if (cell !== undefined && !known.includes(cell)) {
		throw new UserError(`Environment ${spec.environment} has no cell ${cell}`, {
			code: ExitCode.notFound,
			remedy: `cells: ${known.join(", ")}`,
		});
	}
	return stacks.filter((entry) => cell === undefined || entry.cells.includes(cell));
}

/** The blueprint of an environment, or of one of its cells. `value` is the specification as the user wrote it. */
export async function synthesize(spec: Spec, value: unknown, cell?: string): Promise<Blueprint> {
	const wanted = wantedStacks(spec, cell);
	const config = { [specKey]: JSON.stringify(value) };
	const recorded = await recordedNodes(
		wanted.map(({ stack }) => stack),
		config,
	);
	const resources = wanted.flatMap(({ cells }, i) => inCells(recorded[i] ?? [], cells));
	return {
		schemaVersion: 1,
		environment: spec.environment,
		cells: (cell === undefined ? cellsOf(spec) : [cell]).sort(),
		resources: resources.filter((node) => cell === undefined || node.cell === cell).sort(byUrn),
	};
}

/** What the program of each stack registers; many stacks are shared out among processes. */
async function recordedNodes(stacks: readonly string[], config: { [key: string]: string }): Promise<RecordedNode[][]> {
	if (stacks.length >= leastForWorkers) {
		return runPrograms(stacks.map((stack) => ({ stack, config })));
	}
	const recorded: RecordedNode[][] = [];
	for (const stack of stacks) {
		recorded.push(await runProgram(stack, config));
	}
	return recorded;
}

/** A node's cell is the component at its root; what stands outside (stack references) belongs to the stack's own cell. */
function inCells(nodes: readonly RecordedNode[], cells: readonly string[]): ResourceNode[] {
	const parents = new Map(nodes.map((node) => [node.urn, node]));
	const rootOf = (node: RecordedNode): RecordedNode => {
		const parent = node.parent === undefined ? undefined : parents.get(node.parent);
		return parent === undefined ? node : rootOf(parent);
	};
	return nodes.map((node) => {
		const root = rootOf(node);
		return { ...node, cell: cells.includes(root.name) && !root.custom ? root.name : (cells.at(-1) ?? "") };
	});
}

function byUrn(a: ResourceNode, b: ResourceNode): number {
	return a.urn < b.urn ? -1 : a.urn > b.urn ? 1 : 0;
}

/** A blueprint as text: the same input gives the same bytes. */
export function blueprintText(blueprint: Blueprint): string {
	return `${JSON.stringify(blueprint, sortKeys, 2)}\n`;
}

function sortKeys(_: string, value: unknown): unknown {
	if (typeof value !== "object" || value === null || Array.isArray(value)) {
		return value;
	}
	return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The published JSON Schema of the file. */
export function blueprintSchema(): object {
	const schema: object = JSON.parse(readFileSync(join(projectRoot, "blueprint", "blueprint.schema.json"), "utf8"));
	return schema;
}
