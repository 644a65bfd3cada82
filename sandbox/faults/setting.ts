import { broken, type Problem, refuseProblems } from "../../lib/errors";

/** What the emulated clouds' APIs do wrong, on purpose. */
export interface FaultSetting {
	/** Share of calls that are answered with throttling (429), 0 to 0.9. */
	readonly throttle: number;
	/** Share of calls whose connection is cut, half before and half after the cloud did the work, 0 to 0.9. */
	readonly reset: number;
	/** Chooses which calls; whole, 0 to 4294967295. */
	readonly seed: number;
}

/** The largest share of faulty calls; above it most calls would use up all their tries. */
export const largestShare = 0.9;

/** The largest seed: what fits into 32 bits. */
export const largestSeed = 2 ** 32 - 1;

/** The seed where none is named. */
export const defaultSeed = 1;

/** Throws a `UserError` that lists everything that is wrong with a setting. */
export function validateFaults(setting: FaultSetting): FaultSetting {
	refuseProblems(
		"The setting of faults",
		problemsOf(setting),
		"for example: npx meridian sandbox faults --throttle 0.3 --reset 0.1 --seed 7; --off ends all faults",
	);
	return setting;
}

function problemsOf({ throttle, reset, seed }: FaultSetting): Problem[] {
	return broken([
		shareRow("throttle", throttle),
		shareRow("reset", reset),
		{
			when: inRange(throttle) && inRange(reset) && rounded(throttle + reset) > largestShare,
			path: "throttle, reset",
			message: `must be at most ${largestShare} together, but ${throttle} and ${reset} were given; lower one of them`,
		},
		{
			when: throttle === 0 && reset === 0,
			path: "throttle, reset",
			message: "must not both be 0; give one of them, or --off where no fault is wanted",
		},
		{
			when: !Number.isInteger(seed) || seed < 0 || seed > largestSeed,
			path: "seed",
			message: `must be a whole number from 0 to ${largestSeed}, but ${seed} was given; give another, as 7`,
		},
	]);
}

function shareRow(path: string, share: number) {
	return {
		when: !inRange(share),
		path,
		message: `must be a share of calls from 0 to ${largestShare}, but ${share} was given; 0.3 means 30 % of calls`,
	};
}

function inRange(share: number): boolean {
	return share >= 0 && share <= largestShare;
}

/** Sums such as 0.3 + 0.6 miss their value by a rounding error. */
function rounded(share: number): number {
	return Number(share.toFixed(6));
}

/** The setting in words, for a person. */
export function describeFaults({ throttle, reset, seed }: FaultSetting): string {
	return `${percent(throttle)} of the emulated clouds' calls are throttled, ${percent(reset)} cut off, seed ${seed}`;
}

function percent(share: number): string {
	return `${rounded(share * 100)} %`;
}
