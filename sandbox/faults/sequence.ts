import { createHash } from "node:crypto";
import type { FaultSetting } from "./setting";

/** A call of the emulated cloud's API. */
export interface CloudCall {
	readonly operation: "create" | "read" | "update" | "delete";
	readonly urn: string;
}

/** What happens to one try of a call: it goes well, is throttled, or its connection is cut before or after the work. */
export type InjectedFault = "none" | "throttled" | "cut-before" | "cut-after";

/**
 * The fault of a try, the first being 1. It depends on the seed, the kind of call, the URN and the try alone, not on
 * time or order, so that a run can be repeated.
 */
export function faultAt({ throttle, reset, seed }: FaultSetting, call: CloudCall, tryNumber: number): InjectedFault {
	const point = fraction(seed, call, tryNumber, "fault");
	if (point < throttle) {
		return "throttled";
	}
	if (point < throttle + reset / 2) {
		return "cut-before";
	}
	return point < throttle + reset ? "cut-after" : "none";
}

/** The share of the longest wait that is waited after a try: 0 to below 1, as reproducible as the faults. */
export function jitterAt(seed: number, call: CloudCall, tryNumber: number): number {
	return fraction(seed, call, tryNumber, "jitter");
}

/** 48 bits of a digest as a number from 0 to below 1; evenly spread whatever the URN. */
function fraction(seed: number, { operation, urn }: CloudCall, tryNumber: number, purpose: string): number {
	const digest = createHash("sha256").update([seed, purpose, operation, tryNumber, urn].join("|")).digest();
	return digest.readUIntBE(0, 6) / 2 ** 48;
}
