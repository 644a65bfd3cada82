import { createHash } from "node:crypto";
import { UserError } from "../../lib/errors";

/** What is killed; with `faults` the clouds throttle and cut connections, and in three of four cases one is killed too. */
export const kinds = ["command", "engine", "sandbox", "faults"] as const;

export type Kind = (typeof kinds)[number];

const victims = ["none", "command", "engine", "sandbox"] as const;

/** The one process that a case kills. */
export type Victim = (typeof victims)[number];

/** What `fraction` is a part of: a clean `up`, the part of it that makes objects, or nothing where nothing is killed. */
export type Phase = "whole" | "apply" | "none";

/** One case; its id alone is enough to repeat it. */
export interface ChaosCase {
	readonly kind: Kind;
	readonly victim: Victim;
	readonly phase: Phase;
	/** Where in the phase the kill falls, 0 to below 1. */
	readonly fraction: number;
	/** Seed of the faults, for kind `faults`. */
	readonly seed: number;
}

/** The seeded cases of a kind: half of them anywhere in a clean `up`, half where it makes objects; under faults all there. */
export function casesOf(kind: Kind, points: number, seed: number): ChaosCase[] {
	return Array.from({ length: points }, (_, i) => {
		const fraction = Number((number(kind, i, seed, "moment") / 2 ** 32).toFixed(3));
		if (kind !== "faults") {
			return { kind, victim: kind, phase: i % 2 === 0 ? "whole" : "apply", fraction, seed: 0 };
		}
		const victim = (["none", "engine", "sandbox", "command"] as const)[i % 4] ?? "none";
		const faults = { kind, victim, seed: number(kind, i, seed, "faults") };
		return victim === "none" ? { ...faults, phase: "none", fraction: 0 } : { ...faults, phase: "apply", fraction };
	});
}

function number(kind: Kind, index: number, seed: number, purpose: string): number {
	return createHash("sha256").update(`${seed}|${kind}|${index}|${purpose}`).digest().readUInt32BE(0);
}

/** A case as text, such as `engine:engine:apply:0.637:0`. */
export function caseId({ kind, victim, phase, fraction, seed }: ChaosCase): string {
	return [kind, victim, phase, fraction, seed].join(":");
}

/** Reads what `caseId` wrote. */
export function parseCase(text: string): ChaosCase {
	const [kindText, victimText, phaseText, fractionText, seedText = "0"] = text.split(":");
	const kind = kinds.find((each) => each === kindText);
	const victim = victims.find((each) => each === victimText);
	const phase = (["whole", "apply", "none"] as const).find((each) => each === phaseText);
	const fraction = Number(fractionText);
	const seed = Number(seedText);
	if (!kind || !victim || !phase || !(fraction >= 0 && fraction <= 1) || !Number.isInteger(seed)) {
		throw new UserError(
			`--case must be KIND:VICTIM:PHASE:FRACTION:SEED, as engine:engine:apply:0.637:0, but ${text} was given`,
			{ remedy: "take the id from the report of a run" },
		);
	}
	return { kind, victim, phase, fraction, seed };
}
