/** One figure with its aim; a missed aim is reported, never a failure. */
export interface Measure {
	readonly what: string;
	readonly unit: "s" | "ms" | "MiB" | "1/s" | "x" | "";
	readonly aim?: number;
	readonly samples: number[];
}

/** Runs something and says how long it took. */
export async function timed<T>(run: () => Promise<T>): Promise<{ seconds: number; result: T }> {
	const begin = process.hrtime.bigint();
	const result = await run();
	return { seconds: Number(process.hrtime.bigint() - begin) / 1e9, result };
}
