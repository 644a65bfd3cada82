import { setTimeout as delay } from "node:timers/promises";

/** How a provider repeats a call that failed for a passing reason. */
export interface RetryPolicy {
	/** Calls in all, the first included. */
	readonly tries: number;
	/** Longest wait after the first try, in milliseconds; it doubles with each try. */
	readonly firstWaitMs: number;
	/** Longest wait after any try, in milliseconds. */
	readonly largestWaitMs: number;
	/** From the first try on, in milliseconds; no wait goes beyond it. */
	readonly deadlineMs: number;
}

/** How much shorter the emulated waits are than the real ones, so that an update under faults stays bearable. */
const scale = 100;

/**
 * The AWS provider's policy, with waits divided by 100; the others differ little and follow the same pattern.
 * - 25 tries: the provider's `max_retries` (documentation of hashicorp/aws, seen 2026-11-21);
 * - first wait up to 1 s, doubled, full jitter: aws-sdk-go-v2, aws/retry/jitter_backoff.go, seen 2026-11-21;
 * - at most 300 s: the provider's own maximum (hashicorp/aws-sdk-go-base pull request 1011, 2024-04);
 * - 20 min: the usual time-out of a resource's operation (unverified).
 */
export const providerRetries: RetryPolicy = {
	tries: 25,
	firstWaitMs: 1_000 / scale,
	largestWaitMs: 300_000 / scale,
	deadlineMs: (20 * 60_000) / scale,
};

/** A failure that may pass: throttling, a connection that was cut. Anything else is not tried again. */
export class PassingFailure extends Error {}

/** The time, and waiting; a test brings its own. */
export interface Clock {
	now(): number;
	/** Resolves after `ms`, or rejects as soon as the signal says so. */
	wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** The machine's clock. */
export const realClock: Clock = {
	now: () => performance.now(),
	wait: (ms, signal) => delay(ms, undefined, { signal }),
};

/** What `retried` needs beyond the call. */
export interface RetryOptions {
	readonly policy: RetryPolicy;
	readonly clock: Clock;
	/** Ends the waiting: nobody asks any more. */
	readonly signal: AbortSignal;
	/** Share of the longest wait after a try, 0 to below 1. */
	readonly jitter: (tryNumber: number) => number;
}

/**
 * Makes a call, again after each `PassingFailure`, with exponential back-off and full jitter, until the tries or the
 * time are used up; the last failure is thrown then, with how often and how long it was tried.
 */
export async function retried<T>(call: (tryNumber: number) => T | Promise<T>, options: RetryOptions): Promise<T> {
	const { policy, clock, signal, jitter } = options;
	const begin = clock.now();
	for (let tryNumber = 1; ; tryNumber++) {
		signal.throwIfAborted();
		try {
			return await call(tryNumber);
		} catch (error) {
			if (!(error instanceof PassingFailure)) {
				throw error;
			}
			const waitMs = longestWait(policy, tryNumber) * jitter(tryNumber);
			const spentMs = clock.now() - begin;
			if (tryNumber >= policy.tries || spentMs + waitMs > policy.deadlineMs) {
				throw new Error(`${error.message}; gave up after ${tryNumber} tries in ${(spentMs / 1000).toFixed(1)} s`);
			}
			signal.throwIfAborted();
			await clock.wait(waitMs, signal);
		}
	}
}

/** The longest wait after a try, in milliseconds: doubled each time, up to the policy's largest. */
export function longestWait({ firstWaitMs, largestWaitMs }: RetryPolicy, tryNumber: number): number {
	return Math.min(firstWaitMs * 2 ** (tryNumber - 1), largestWaitMs);
}
