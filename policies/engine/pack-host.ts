import type {
	EnforcementLevel,
	Policies,
	ReportViolation,
	ResourceValidationPolicy,
	StackValidationPolicy,
} from "@pulumi/policy";
import { PolicyPack } from "@pulumi/policy";
import type { Finding } from "../../lib/findings";
import type { Properties } from "../../lib/values";
import { findingLine } from "../report";
import type { Rule } from "../rule";
import { evaluate } from "./evaluate";
import { type PackSettings, packSettings } from "./pack-context";
import { nodeOfArgs, nodeOfResource } from "./pack-nodes";
import { plainProperties } from "./plain-values";

/** Serves the rules as a policy pack of the engine: reads the stack's configuration and listens until it is stopped. */
export function servePack(name: string, description: string, rules: readonly Rule[]): PolicyPack {
	return new PolicyPack(name, {
		description,
		enforcementLevel: "mandatory",
		policies: policiesOf(rules, packSettings()),
	});
}

/** A policy for each rule that looks at one resource, and one named `graph` for all that look at the whole stack. */
export function policiesOf(rules: readonly Rule[], settings: PackSettings): Policies {
	const graphRules = rules.filter((rule) => rule.check.kind === "graph");
	const single = rules.filter((rule) => rule.check.kind !== "graph").map((rule) => resourcePolicy(rule, settings));
	if (graphRules.length === 0) {
		return single;
	}
	const checkedInputs = new Map<string, Properties>();
	return [...single, rememberInputs(checkedInputs), graphPolicy(graphRules, settings, checkedInputs)];
}

/**
 * Keeps every resource's checked inputs for the graph policy: the stack policy is given outputs, which are empty in a
 * preview where a provider's own configuration is not known yet (a cluster that is still to be made).
 */
function rememberInputs(checkedInputs: Map<string, Properties>): ResourceValidationPolicy {
	return {
		name: "graph-inputs",
		description: "Reads inputs for the policy graph; reports nothing",
		enforcementLevel: "advisory",
		validateResource: (args) => {
			checkedInputs.set(args.urn, plainProperties(args.props));
		},
	};
}

function resourcePolicy(rule: Rule, { context, params }: PackSettings): ResourceValidationPolicy {
	const types = new Set(rule.appliesTo);
	return {
		name: rule.id,
		description: rule.title,
		enforcementLevel: rule.level,
		severity: rule.severity,
		remediationSteps: rule.remedy,
		validateResource: (args, report) => {
			if (types.has(args.type)) {
				const node = nodeOfArgs(args, context.environment);
				reportAll(evaluate([rule], [node], context, params), [rule], report);
			}
		},
	};
}

function graphPolicy(
	rules: readonly Rule[],
	{ context, params }: PackSettings,
	checkedInputs: ReadonlyMap<string, Properties>,
): StackValidationPolicy {
	return {
		name: "graph",
		description: `Rules that join resources: ${rules.map((rule) => rule.id).join(", ")}`,
		enforcementLevel: "mandatory",
		validateStack: (args, report) => {
			const nodes = args.resources.map((resource) => nodeOfResource(resource, context.environment, checkedInputs));
			reportAll(evaluate(rules, nodes, context, params), rules, report);
		},
	};
}

function reportAll(findings: readonly Finding[], rules: readonly Rule[], report: ReportViolation): void {
	for (const finding of findings) {
		const rule = rules.find(({ id }) => id === finding.rule);
		if (rule && (finding.verdict === "fail" || finding.verdict === "undetermined")) {
			reportOne(finding, rule, report);
		}
	}
}

/** A report as `@pulumi/policy` takes it at run time (`makeReportViolationFun`); its types show only the text form. */
interface Report {
	readonly message: string;
	readonly urn: string;
	readonly severity: Finding["severity"];
	/** Absent: the policy's own level, which `--policy-pack-config` may set. */
	readonly enforcementLevel?: EnforcementLevel;
}

/**
 * The object form alone carries a level for each report, and a message without the policy's description before it.
 * A version of `@pulumi/policy` without it would report `[object Object]` at the policy's own, stricter level.
 */
function reportOne(finding: Finding, rule: Rule, report: ReportViolation): void {
	const own = finding.blocks && finding.level === rule.level;
	const violation: Report = {
		message: findingLine(finding, rule.name),
		urn: finding.urn,
		severity: finding.severity,
		...(own ? {} : { enforcementLevel: finding.blocks ? "mandatory" : "advisory" }),
	};
	Reflect.apply(report, undefined, [violation]);
}
