/** What became of one stack. */
export type StackRun<T> =
	| { readonly stack: string; readonly outcome: "done"; readonly value: T }
	| { readonly stack: string; readonly outcome: "failed"; readonly error: unknown }
	| { readonly stack: string; readonly outcome: "skipped"; readonly because: string };

/** How stacks are run. */
export interface RunSettings<T> {
	/** Stacks that run beside each other, 1 or more. */
	readonly atOnce: number;
	readonly run: (stack: string) => Promise<T>;
	/** True for an error after which no further stack begins: the person asked to stop. */
	readonly stops: (error: unknown) => boolean;
}

/**
 * Runs stacks wave by wave, those of a wave a few at a time. A stack's failure is its own: the others of its wave go on,
 * and the next waves, which need it, are skipped. Resolves with every stack in the order of the waves; never rejects.
 */
export async function runStacks<T>(
	waves: readonly (readonly string[])[],
	settings: RunSettings<T>,
): Promise<StackRun<T>[]> {
	const runs: StackRun<T>[] = [];
	for (const wave of waves) {
		const broken = runs.find((run) => run.outcome !== "done");
		if (broken === undefined) {
			runs.push(...(await runWave(wave, settings)));
		} else {
			const because = broken.outcome === "skipped" ? broken.because : `${broken.stack} failed`;
			runs.push(...wave.map((stack) => ({ stack, outcome: "skipped" as const, because })));
		}
	}
	return runs;
}

async function runWave<T>(wave: readonly string[], { atOnce, run, stops }: RunSettings<T>): Promise<StackRun<T>[]> {
	const runs: StackRun<T>[] = wave.map((stack) => ({ stack, outcome: "skipped", because: "the command was stopped" }));
	const waiting = [...wave.keys()];
	let isStopped = false;
	const lane = async (): Promise<void> => {
		for (let i = waiting.shift(); i !== undefined && !isStopped; i = waiting.shift()) {
			const stack = wave[i] ?? "";
			try {
				runs[i] = { stack, outcome: "done", value: await run(stack) };
			} catch (error) {
				runs[i] = { stack, outcome: "failed", error };
				isStopped = isStopped || stops(error);
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, wave.length) }, lane));
	return runs;
}
