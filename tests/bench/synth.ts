import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { projectRoot } from "../../lib/folders";
import { cdkApp } from "./cdk-app";
import { prodOf } from "./many-regions";
import { type Measure, timed } from "./measure";

const run = promisify(execFile);

/** Regions that the growth is measured over. */
const sizes = [1, 3, 6, 12, 24, 48] as const;
/** Resources that the AWS CDK is compared on. */
const compared = 4_000;

const answer = z.object({
	seconds: z.number(),
	again: z.number().optional(),
	floor: z.number().optional(),
	resources: z.number(),
	memoryMib: z.number(),
});
type Answer = z.output<typeof answer>;

/** How the blueprint's time and memory grow with regions, against the floor of bare registrations and against the AWS CDK. */
export async function synthMeasures(runs: number): Promise<Measure[]> {
	const folder = mkdtempSync(join(tmpdir(), "meridian-synth-"));
	try {
		const bySize = new Map<number, Answer[]>();
		for (const regions of sizes) {
			const file = join(folder, `${regions}.json`);
			writeFileSync(file, JSON.stringify(prodOf(regions)));
			bySize.set(regions, await repeated(runs, () => once(file, [])));
		}
		const floors = await repeated(runs, () => once(join(folder, "3.json"), ["--floor"]));
		const most = bySize.get(48) ?? [];
		return [
			...[...bySize].flatMap(([regions, answers]) => growthRows(regions, answers)),
			{ what: "exponent of growth, 1 to 48 regions", unit: "", aim: 1.05, samples: [exponent(bySize)] },
			{
				what: "3 regions in one process, ratio to bare resources",
				unit: "x",
				aim: 2.5,
				samples: floors.map(({ again = 0, floor = 1 }) => again / floor),
			},
			await againstCdk(folder, most),
		];
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function growthRows(regions: number, answers: readonly Answer[]): Measure[] {
	const what = `synth of ${regions} regions, ${answers[0]?.resources ?? 0} resources`;
	return [
		{ what, unit: "s", samples: answers.map(({ seconds }) => seconds) },
		{ what: `  resources per second`, unit: "1/s", samples: answers.map((each) => each.resources / each.seconds) },
		{ what: `  memory of the merging process`, unit: "MiB", samples: answers.map(({ memoryMib }) => memoryMib) },
	];
}

/** Slope of log time over log resources by least squares, of the medians. */
function exponent(bySize: ReadonlyMap<number, readonly Answer[]>): number {
	const points = [...bySize.values()].map((answers) => ({
		x: Math.log(answers[0]?.resources ?? 1),
		y: Math.log(median(answers.map(({ seconds }) => seconds))),
	}));
	const mean = (pick: (point: { x: number; y: number }) => number): number =>
		points.reduce((sum, point) => sum + pick(point), 0) / points.length;
	const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
	const along = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0);
	return along / points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
}

/** Whole processes: ours scaled to as many resources as the CDK is given. */
async function againstCdk(folder: string, ours: readonly Answer[]): Promise<Measure> {
	const what = `synth of ${compared} resources, ratio to the AWS CDK`;
	const npm = ["install", "--silent", "--no-save", "--prefix", folder, "aws-cdk-lib", "constructs"];
	await run("npm", npm, { cwd: folder });
	writeFileSync(join(folder, "app.js"), cdkApp);
	const cdk = async (): Promise<number> =>
		(await timed(() => run(process.execPath, ["app.js", String(compared)], { cwd: folder }))).seconds;
	const theirs = await repeated(ours.length, cdk);
	const scaled = ours.map(({ seconds, resources }) => (seconds * compared) / resources);
	return { what, unit: "x", aim: 1, samples: scaled.map((seconds, i) => seconds / (theirs[i] ?? 1)) };
}

async function once(file: string, flags: readonly string[]): Promise<Answer> {
	const args = ["--require", "tsx/cjs", join(__dirname, "synth-once.ts"), file, ...flags];
	const { stdout } = await run(process.execPath, args, { cwd: projectRoot, maxBuffer: 1 << 20 });
	return answer.parse(JSON.parse(stdout));
}

async function repeated<T>(runs: number, work: () => Promise<T>): Promise<T[]> {
	const results: T[] = [];
	for (let i = 0; i < runs; i++) {
		results.push(await work());
	}
	return results;
}

function median(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
