import { readdirSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../lib/folders";
import { conflicts } from "../../spec/conflicts";
import { specSchema } from "../../spec/schema";
import { type DocComments, schemaComments } from "./doc-comments";
import { code, generatedFrom, table } from "./markdown";
import { meaningOf } from "./meanings";
import { type Setting, type SettingGroup, settingGroups } from "./settings";

/** The doc comments of the specification's schema. */
export function specComments(): DocComments {
	const folder = join(projectRoot, "spec", "schema");
	const parts = readdirSync(folder).map((file) => join(folder, file));
	return schemaComments([join(projectRoot, "spec", "schema.ts"), ...parts], "specSchema");
}

/** docs/spec.md: every setting of the specification, and every conflict that it can settle. */
export function specReference(): string {
	const comments = specComments();
	const lines = [
		"# The specification",
		"",
		generatedFrom("spec/schema.ts and spec/conflicts"),
		"",
		...opening,
		"",
		...settingGroups(specSchema).flatMap((group) => groupLines(group, comments)),
		...conflictLines(),
	];
	return `${lines.join("\n").trimEnd()}\n`;
}

const opening = [
	"An environment is one file, `Pulumi.<environment>.yaml`. It holds one structured key, `meridian:spec`, and this page",
	"lists what may stand under it. A key that is not listed here is refused, with the nearest name as a suggestion.",
	"Durations are whole days or hours (`90d`, `36h`), sizes are binary (`500GiB`, `2TiB`).",
	"",
	"Some rules join several settings: the ranges of two regions must not overlap, a GPU pool's zone must be one of its",
	"region's, an instance type must be offered where it is asked for. They stand in",
	"[spec/rules.ts](../spec/rules.ts). `meridian check <environment>` applies them all without touching anything.",
	"",
	"Keep secrets out of this file.",
];

function groupLines(group: SettingGroup, comments: DocComments): string[] {
	const rows = group.settings.map((setting) => settingRow(setting, comments));
	return [
		`## ${titleOf(group.path)}`,
		"",
		...introduction(group.path, comments),
		...table(["Setting", "What may stand there", "Default", "Meaning"], rows),
		"",
	];
}

function titleOf(path: string): string {
	const kinds = [...path.matchAll(/\{([^}]+)\}/g)].map(([, kind]) => code(kind ?? ""));
	if (kinds.length > 0) {
		return `${code(plainPath(path))} of ${kinds.join(", ")}`;
	}
	return path === "" ? "The environment" : code(path);
}

function introduction(path: string, comments: DocComments): string[] {
	const lead = path.endsWith("}") ? comments.get(path) : undefined;
	return lead === undefined ? [] : [lead, ""];
}

function settingRow({ path, type, fallback }: Setting, comments: DocComments): string[] {
	return [code(plainPath(path)), type, fallback, meaningOf(path, comments)];
}

/** The path as it is written, without the alternatives on its way. */
function plainPath(path: string): string {
	return path.replace(/\{[^}]+\}/g, "");
}

function conflictLines(): string[] {
	const rows = conflicts.map(({ id, question, options, chosen }) => [
		code(id),
		question,
		options
			.map((option) => `${code(option.id)}${option.id === chosen ? " (default)" : ""}: ${option.meaning}`)
			.join("<br>"),
	]);
	return [
		"## Conflicts that can be settled",
		"",
		"The source documents contradict each other in these points. Each has a default; `conflicts` chooses another one,",
		"as `conflicts: { gpu-threshold: 75-percent }` with an id and an option of this table. `meridian plan` prints what",
		"holds and why. In this version a choice is checked, printed and traced; no resource of the AWS cells depends on one.",
		"",
		...table(["Conflict", "Question", "Options"], rows),
	];
}
