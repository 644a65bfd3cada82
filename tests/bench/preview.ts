import { spawn } from "node:child_process";
import { keepOnlyAws } from "../support/aws-only";
import { finished, ProjectCopy } from "../support/project-copy";
import { type Measure, timed } from "./measure";

/** The real engine's preview of one region, as the SDK comes and with its diagnostics switched off, in turn. */
export async function previewMeasures(runs: number): Promise<Measure[]> {
	const project = new ProjectCopy({ MERIDIAN_SANDBOX_CLUSTERS: "emulated" });
	try {
		keepOnlyAws(project);
		const { stdout } = await project.run(["sandbox", "env"]);
		const environment = Object.fromEntries(
			[...stdout.matchAll(/^export ([A-Z_]+)='(.*)'$/gm)].map((match) => [match[1] ?? "", match[2] ?? ""]),
		);
		const preview = async (extra: NodeJS.ProcessEnv): Promise<number> => {
			const env = { ...process.env, ...environment, ...extra };
			const args = ["preview", "-s", "dev", "--non-interactive"];
			const { seconds, result } = await timed(() =>
				finished(spawn("pulumi", args, { cwd: project.root, env, stdio: ["ignore", "pipe", "pipe"] })),
			);
			if (result.code !== 0) {
				throw new Error(`the preview failed:\n${result.stdout}`);
			}
			return seconds;
		};
		const [off, stock]: number[][] = [[], []];
		for (let i = 0; i < runs; i++) {
			off?.push(await preview({}));
			stock?.push(await preview({ MERIDIAN_SDK_DIAGNOSTICS: "1" }));
		}
		return [
			{ what: "preview of one region on the engine", unit: "s", samples: off ?? [] },
			{ what: "  with the SDK's own diagnostics", unit: "s", samples: stock ?? [] },
			{ what: "  ratio (aim: 3 or more)", unit: "x", samples: (stock ?? []).map((each, i) => each / (off?.[i] ?? 1)) },
		];
	} finally {
		await project.close();
	}
}
