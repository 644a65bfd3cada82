import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Control } from "../../lib/findings";
import { projectRoot } from "../../lib/folders";
import { groupBy } from "../../lib/graph";
import type { Rule } from "../../policies/rule";
import { rules } from "../../policies/rules";
import { ruleComment, schemaComments } from "./doc-comments";
import { code, generatedFrom, table } from "./markdown";
import { settingGroups } from "./settings";

/** Folders of policies/rules that hold rules. */
const areas = ["aws", "azure", "gcp", "kubernetes"] as const;

/** docs/policies.md: every rule with what it looks at, what it evidences and how to comply. */
export function policyReference(): string {
	const overview = rules.map(({ id, name, title, severity, level }) => [
		`[${id}](#${id.toLowerCase()}-${name})`,
		title,
		severity,
		level,
	]);
	const lines = [
		"# Policies",
		"",
		generatedFrom("policies/rules"),
		"",
		...opening,
		"",
		...table(["Rule", "What holds", "Severity", "Level"], overview),
		"",
		...rules.flatMap(ruleLines),
	];
	return `${lines.join("\n").trimEnd()}\n`;
}

const opening = [
	"Rules are judged twice. `meridian check`, `plan` and `up` judge the blueprint before an engine is asked. Then the",
	"engine judges every preview and update with the policy pack [policies/packs/baseline](../policies/packs/baseline/pack.ts),",
	"which serves the same rules.",
	"",
	"A verdict is `pass`, `fail`, `undetermined` (a value that decides is not known before creation) or `not-applicable`.",
	"A failed mandatory rule stops the update, with exit code 5, before anything is changed. Where a rule blocks on doubt,",
	"`undetermined` stops it too, in every environment but `dev`; a value that is unresolved in catalogue/lock.ts is no",
	"reason to stop with target sandbox.",
	"",
	"The controls name the requirements of published frameworks that a rule gives evidence for. They were taken from the",
	"mapping files named beside them; a mapping counts as reviewed only when a person has confirmed it.",
	"",
	"The parameters are shown with their defaults. This version has no setting that changes them.",
];

const kinds = {
	resource: "one resource at a time: its inputs and options",
	graph: "resources joined with each other, over the whole stack or blueprint",
	cel: "one Kubernetes object at a time, by CEL expressions",
} as const;

function ruleLines(rule: Rule): string[] {
	const file = ruleFile(rule.name);
	return [
		`## ${rule.id} ${rule.name}`,
		"",
		`**${rule.title}.** ${ruleComment(join(projectRoot, file))
			.replace(/^[A-Z]\d+: /, "")
			.replace(/^./, (first) => first.toUpperCase())}`,
		"",
		`- Severity ${rule.severity}, ${rule.level}. ${rule.blocksOnUndetermined ? "Blocks" : "Does not block"} on \`undetermined\` outside dev.`,
		`- Looks at ${kinds[rule.check.kind]}. Types: ${rule.appliesTo.map(code).join(", ")}.`,
		`- To comply: ${rule.remedy}.`,
		`- Source: [${file}](../${file})`,
		"",
		...parameterLines(rule, file),
		...controlLines(rule.controls),
	];
}

function ruleFile(name: string): string {
	const file = areas
		.map((area) => `policies/rules/${area}/${name}.ts`)
		.find((each) => existsSync(join(projectRoot, each)));
	if (file === undefined) {
		throw new Error(
			`no folder of policies/rules (${areas.join(", ")}) has a file ${name}.ts; add its area to docs/generate/policy-reference.ts`,
		);
	}
	return file;
}

function parameterLines(rule: Rule, file: string): string[] {
	const comments = schemaComments([join(projectRoot, file)], "params");
	const settings = settingGroups(rule.params).find((group) => group.path === "")?.settings ?? [];
	if (settings.length === 0) {
		return [];
	}
	const rows = settings.map(({ path, type, fallback }) => [code(path), type, fallback, comments.get(path) ?? ""]);
	return [...table(["Parameter", "What may stand there", "Default", "Meaning"], rows), ""];
}

function controlLines(controls: readonly Control[]): string[] {
	if (controls.length === 0) {
		return ["No framework's requirement is mapped to it.", ""];
	}
	const groups = groupBy(controls, ({ framework, source, reviewed }) =>
		[framework, source, reviewed ? "yes" : "no"].join("|"),
	);
	const rows = [...groups].map(([key, members]) => {
		const [framework = "", source = "", reviewed = ""] = key.split("|");
		return [framework, members.map(({ id }) => id).join(", "), code(source), reviewed];
	});
	return [...table(["Framework", "Requirements", "Source of the mapping", "Reviewed"], rows), ""];
}
