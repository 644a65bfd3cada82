import { stacksOf, synthesize } from "../blueprint/synthesize";
import { lockEntries } from "../catalogue/lock";
import { refuseProblems } from "../lib/errors";
import type { Finding } from "../lib/findings";
import { type Blueprint, ResourceGraph } from "../lib/graph";
import { evaluate } from "../policies/engine/evaluate";
import { ruleParamProblems } from "../policies/engine/rule-params";
import type { RuleContext } from "../policies/rule";
import { rules } from "../policies/rules";
import { queries } from "../requirements/queries";
import { tallyFindings } from "../requirements/queries/policies";
import type { QueryContext } from "../requirements/row";
import { requirementRows } from "../requirements/rows";
import { type TraceRow, traceRequirements } from "../requirements/trace";
import { enabledRegions } from "../spec/cells";
import { type SettledConflict, settleConflicts } from "../spec/conflicts";
import { deviations } from "../spec/inference/deviations";
import { activeModules } from "../spec/inference/modules";
import type { EnvironmentFile } from "../spec/load";
import type { Spec } from "../spec/schema";

/** Everything that can be said of an environment without an engine. */
export interface Assessment {
	readonly spec: Spec;
	readonly blueprint: Blueprint;
	readonly findings: readonly Finding[];
	readonly trace: readonly TraceRow[];
	readonly conflicts: readonly SettledConflict[];
	/** Values that could not be verified here, by state. */
	readonly unverified: { readonly unverified: number; readonly unresolved: number };
}

/** Runs the environment's program without an engine and judges what it would register. */
export async function assess(environment: EnvironmentFile, cell?: string): Promise<Assessment> {
	const { spec } = environment;
	const { params } = spec.policies;
	refuseProblems(`Pulumi.${spec.environment}.yaml`, ruleParamProblems(rules, params));
	const blueprint = await environmentBlueprint(environment, cell);
	const graph = new ResourceGraph(blueprint.resources);
	const findings = evaluate(rules, blueprint.resources, ruleContext(spec), params);
	return {
		spec,
		blueprint,
		findings,
		trace: traceRequirements(graph, requirementRows, queries, queryContext(spec, findings)),
		conflicts: settleConflicts(spec.conflicts).settled,
		unverified: {
			unverified: lockEntries.filter((entry) => entry.state === "unverified").length,
			unresolved: lockEntries.filter((entry) => entry.state === "unresolved").length,
		},
	};
}

/** The blueprint of an environment or of one of its cells. */
export function environmentBlueprint(environment: EnvironmentFile, cell?: string): Promise<Blueprint> {
	return synthesize(environment.spec, environment.value, cell);
}

/** What rules may know of the environment. */
export function ruleContext(spec: Spec): RuleContext {
	return { environment: spec.environment, target: spec.target, relaxed: spec.protection.relaxed };
}

/** What queries may know of the environment besides its resources. */
export function queryContext(spec: Spec, findings: readonly Finding[]): QueryContext {
	return {
		environment: spec.environment,
		conflicts: settleConflicts(spec.conflicts).settled,
		shortfalls: deviations(spec, enabledRegions(spec)),
		...moduleNames(spec),
		findings: tallyFindings(findings),
	};
}

/** The modules that are made and those that a switch would make; nothing where the specification has no modules. */
function moduleNames(spec: Spec): Pick<QueryContext, "modules" | "switchedOff"> {
	if (spec.inference === undefined) {
		return {};
	}
	const modules = activeModules(spec).map(({ name }) => name);
	const all = spec.inference.modules.map(({ name }) => name);
	return { modules, switchedOff: all.filter((name) => !modules.includes(name)) };
}

/** The environment's stacks, in the order in which they are brought up. */
export function stackNames(spec: Spec): string[] {
	return stacksOf(spec).map(({ stack }) => stack);
}
