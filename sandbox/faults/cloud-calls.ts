import { unreachable } from "../../lib/errors";
import { type Clock, PassingFailure, providerRetries, type RetryPolicy, realClock, retried } from "./retry";
import { type CloudCall, faultAt, jitterAt } from "./sequence";
import type { FaultSetting } from "./setting";

/** How each cloud's API says that there were too many calls; all with status 429. */
const throttlingTexts: { readonly [pack: string]: string } = {
	aws: "ThrottlingException: Rate exceeded",
	gcp: "Error 429: Quota exceeded for quota metric 'Requests', rateLimitExceeded",
	"azure-native": "429 TooManyRequests: the request was throttled",
	kubernetes: "429 TooManyRequests: the server has received too many requests",
};

/** What `CloudCalls` needs. */
export interface CloudCallOptions {
	/** Name of the emulated package. */
	readonly pack: string;
	/** The faults that are set now, if any. */
	readonly faults: () => FaultSetting | undefined;
	readonly policy?: RetryPolicy;
	readonly clock?: Clock;
}

/**
 * The way from one provider instance to its emulated cloud, with the faults that are set: the cloud throttles and cuts
 * connections, the provider tries again as the real ones do.
 */
export class CloudCalls {
	private readonly closing = new AbortController();

	constructor(private readonly options: CloudCallOptions) {}

	/**
	 * Has the cloud do a call's work, and gives its answer. Each call has a client token of its own: the cloud does the
	 * work once and answers every further try as it answered the first, so that a lost reply never makes a second object.
	 */
	async run<T>(call: CloudCall, work: () => T | Promise<T>): Promise<T> {
		const { faults, policy = providerRetries, clock = realClock } = this.options;
		const first = faults();
		if (first === undefined) {
			return work();
		}
		const answer = once(async () => work());
		return retried((tryNumber) => this.attempt(call, tryNumber, answer), {
			policy,
			clock,
			signal: this.closing.signal,
			jitter: (tryNumber) => jitterAt(first.seed, call, tryNumber),
		});
	}

	/** Ends every call that waits for its next try: the engine has gone, and nothing may be done after that. */
	cancel(): void {
		this.closing.abort(new Error("the engine has closed its connection"));
	}

	private async attempt<T>(call: CloudCall, tryNumber: number, answer: () => Promise<T>): Promise<T> {
		const setting = this.options.faults();
		const fault = setting === undefined ? "none" : faultAt(setting, call, tryNumber);
		switch (fault) {
			case "none":
				return answer();
			case "throttled":
				throw new PassingFailure(throttlingTexts[this.options.pack] ?? "429 Too Many Requests");
			case "cut-before":
				throw new PassingFailure("read: connection reset by peer");
			case "cut-after":
				await answer();
				throw new PassingFailure("read: connection reset by peer");
			default:
				return unreachable(fault);
		}
	}
}

/** Does the work at the first call and repeats its answer; a refusal is no answer and is worked out again. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
	let done: Promise<T> | undefined;
	return () => {
		done ??= work().catch((error: unknown) => {
			done = undefined;
			throw error;
		});
		return done;
	};
}
