import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../lib/folders";
import { evaluate } from "../../policies/engine/evaluate";
import { rules } from "../../policies/rules";
import { blueprintOf, specValue } from "../support/environments";
import { type CliResult, ProjectCopy } from "../support/project-copy";
import { clusterMeasures } from "./clusters";
import { coldBuild } from "./cold-build";
import { type Measure, timed } from "./measure";
import { peakMemoryMib } from "./peak-memory";
import { previewMeasures } from "./preview";
import { synthMeasures } from "./synth";

/** Measures what issue after issue aims at, or the parts that are named (`--cold` for builds with empty caches), prints a table of minimum, median and maximum, and keeps it as JSON. */
async function main(runs: number, only: readonly string[]): Promise<void> {
	const wanted = Object.entries(parts).filter(([name]) =>
		only.length === 0 ? name !== "cold" : only.includes(`--${name}`),
	);
	const measures: Measure[] = [];
	for (const [, measure] of wanted) {
		measures.push(...(await measure(runs)));
	}
	const rows = measures.map(row);
	process.stdout.write(`${[header, ...rows].join("\n")}\n`);
	writeFileSync(
		join(projectRoot, "bench.json"),
		`${JSON.stringify({ date: new Date().toISOString(), measures }, null, 2)}\n`,
	);
}

/** What is measured; a flag such as `--synth` chooses parts, without any all but the cold builds run. */
const parts: { readonly [name: string]: (runs: number) => Promise<Measure[]> } = {
	blueprint: inProcess,
	synth: (runs) => synthMeasures(Math.min(runs, 3)),
	preview: (runs) => previewMeasures(Math.min(runs, 3)),
	clusters: clusterMeasures,
	deployment: (runs) => deployment(Math.min(runs, 3)),
	cold: coldBuild,
};

const header = `${"what".padEnd(56)} ${"min".padStart(8)} ${"median".padStart(8)} ${"max".padStart(8)}  aim`;

async function inProcess(runs: number): Promise<Measure[]> {
	const value = specValue("dev");
	const first = await timed(() => blueprintOf(value));
	const again: number[] = [];
	for (let i = 0; i < runs; i++) {
		again.push((await timed(() => blueprintOf(value))).seconds);
	}
	const nodes = first.result.resources;
	const context = { environment: "dev", target: "sandbox", relaxed: true } as const;
	const judged: number[] = [];
	for (let i = 0; i < runs; i++) {
		judged.push((await timed(async () => evaluate(rules, nodes, context))).seconds * 1000);
	}
	return [
		{ what: "blueprint of dev, first in the process", unit: "s", aim: 4, samples: [first.seconds] },
		{ what: "blueprint of dev, again", unit: "s", samples: again },
		{ what: `all rules over ${nodes.length} resources`, unit: "ms", samples: judged },
	];
}

/** The main job with the CLI in the cache, in a copy of the project, and what follows it. */
async function deployment(runs: number): Promise<Measure[]> {
	const samples: { [what: string]: number[] } = {};
	const memory: number[] = [];
	for (let i = 0; i < runs; i++) {
		const project = new ProjectCopy();
		try {
			const watch = peakMemoryMib(project.root);
			for (const [what, args] of steps) {
				const { seconds, result } = await timed(() => project.run(args));
				requireOk(what, result);
				samples[what] = [...(samples[what] ?? []), seconds];
			}
			memory.push(watch.stop());
		} finally {
			await project.close();
		}
	}
	const timings = steps.map(([what, , aim]) => ({
		what,
		unit: "s" as const,
		...(aim ? { aim } : {}),
		samples: samples[what] ?? [],
	}));
	return [...timings, { what: "peak memory without control planes", unit: "MiB", aim: 1536, samples: memory }];
}

const steps: readonly (readonly [what: string, args: readonly string[], aim?: number])[] = [
	["help", ["--help"]],
	["check dev", ["check", "dev"]],
	["check dev --schedule", ["check", "dev", "--schedule"]],
	["main job, everything cached", ["up", "dev"], 90],
	["up again, no change", ["up", "dev"]],
	["plan", ["plan", "dev"]],
	["destroy", ["destroy", "dev"]],
];

function requireOk(what: string, result: CliResult): void {
	if (result.code !== 0) {
		throw new Error(`${what} failed:\n${result.stderr}`);
	}
}

function row({ what, unit, aim, samples }: Measure): string {
	const sorted = [...samples].sort((a, b) => a - b);
	const figures = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)].map((value) =>
		(value ?? 0).toFixed(unit === "MiB" ? 0 : 2).padStart(8),
	);
	const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
	const verdict = aim === undefined ? "" : `${aim} ${unit}: ${median <= aim ? "met" : "MISSED"}`;
	return `${`${what}${unit === "" ? "" : ` (${unit})`}`.padEnd(56)} ${figures.join(" ")}  ${verdict}`;
}

main(
	Number(process.argv.find((word) => /^\d+$/.test(word)) ?? 5),
	process.argv.filter((word) => word.startsWith("--")),
).catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
	process.exitCode = 1;
});
