import type { Value } from "../lib/values";
import { fail, undetermined } from "./judging";
import { type Reading, readBoolean, readText } from "./reading";
import type { Judgement } from "./rule";
import type { Tri } from "./tri";

/** A setting that a resource must have. */
export interface Setting {
	readonly property: string;
	/** Whether the resource has it; `maybe` while a value that decides is not known. */
	readonly holds: Tri;
	/** What is wrong where it does not hold, as a clause that can follow "whether". */
	readonly reason: string;
}

/** What is wrong with a table of settings, each missing one by itself. */
export function settingProblems(settings: readonly Setting[]): Judgement[] {
	return settings
		.filter((setting) => setting.holds !== "yes")
		.map(({ property, holds: found, reason }) =>
			found === "no" ? fail(reason, property) : undetermined(`it is not known yet whether ${reason}`, property),
		);
}

/** Whether a value is as wanted; `unsaid` is the cloud's own default. A value of another type never is. */
export function holds<T>(reading: Reading<T>, wanted: (value: T) => boolean, unsaid: Tri = "no"): Tri {
	switch (reading.kind) {
		case "known":
			return wanted(reading.value) ? "yes" : "no";
		case "unknown":
			return "maybe";
		case "absent":
			return unsaid;
		case "invalid":
			return "no";
	}
}

/** Whether a flag is on. */
export function isOn(root: Value | undefined, path: string, unsaid: Tri = "no"): Tri {
	return holds(readBoolean(root, path), (value) => value, unsaid);
}

/** Whether a flag is off. */
export function isOff(root: Value | undefined, path: string, unsaid: Tri = "no"): Tri {
	return holds(readBoolean(root, path), (value) => !value, unsaid);
}

/** Whether a text is one of the allowed ones, in any case, as the clouds compare them. */
export function isOneOf(root: Value | undefined, path: string, allowed: readonly string[], unsaid: Tri = "no"): Tri {
	const wanted = allowed.map((text) => text.toLowerCase());
	return holds(readText(root, path), (text) => wanted.includes(text.trim().toLowerCase()), unsaid);
}
