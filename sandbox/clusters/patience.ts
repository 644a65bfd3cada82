import { setTimeout as delay } from "node:timers/promises";
import { ApiException } from "@kubernetes/client-node";

/** How long an API server that is busy is asked again, in milliseconds; Kubernetes' own clients do so too. */
const patienceMs = 20_000;
const waitMs = 200;

/** Answers that pass: too many requests, also while a kind's storage starts, and what is not served yet. */
const passing = [429, 503];

/** Asks an API server, and again while it says that it is busy. Throws its last answer where that does not end. */
export async function patiently<T>(call: () => Promise<T>): Promise<T> {
	const end = Date.now() + patienceMs;
	for (;;) {
		try {
			return await call();
		} catch (error) {
			const isBusy = error instanceof ApiException && passing.includes(error.code);
			if (!isBusy || Date.now() > end) {
				throw error;
			}
			await delay(waitMs);
		}
	}
}
