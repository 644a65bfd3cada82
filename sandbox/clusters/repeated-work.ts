/** How soon work is done after it was asked for, and again after it failed, in milliseconds. */
export interface Pace {
	readonly soonMs: number;
	readonly againMs: number;
}

/** What a piece of work is repeated with. */
export interface RepeatedWorkOptions {
	readonly pace: Pace;
	/** Hears why the work failed, once for each reason in a row. */
	readonly complain?: (reason: string) => void;
}

/** One piece of work, done whenever it is asked for: soon, never twice at a time, and again where it failed. */
export class RepeatedWork {
	private timer: NodeJS.Timeout | undefined;
	private running: Promise<void> | undefined;
	private isAsked = false;
	private isStopped = false;
	private lastReason: string | undefined;

	constructor(
		private readonly work: () => Promise<void>,
		private readonly options: RepeatedWorkOptions,
	) {}

	/** Has the work done; requests that come close together count once, one during the work counts after it. */
	ask(): void {
		if (this.running === undefined) {
			this.later(this.options.pace.soonMs);
		} else {
			this.isAsked = true;
		}
	}

	/** Ends it: work that runs is waited for, nothing more begins. */
	async stop(): Promise<void> {
		this.isStopped = true;
		clearTimeout(this.timer);
		await this.running;
	}

	private later(ms: number): void {
		if (this.isStopped || this.timer !== undefined) {
			return;
		}
		this.timer = setTimeout(() => {
			this.timer = undefined;
			this.running = this.run();
		}, ms);
		// A process that has nothing else to do may end.
		this.timer.unref();
	}

	private async run(): Promise<void> {
		const { againMs, soonMs } = this.options.pace;
		this.isAsked = false;
		const reason = await outcome(this.work);
		this.running = undefined;
		if (reason !== undefined && reason !== this.lastReason && !this.isStopped) {
			this.options.complain?.(reason);
		}
		this.lastReason = reason;
		if (reason !== undefined) {
			this.later(againMs);
		} else if (this.isAsked) {
			this.later(soonMs);
		}
	}
}

/** Why work failed, or nothing where it did not. */
async function outcome(work: () => Promise<void>): Promise<string | undefined> {
	try {
		await work();
		return undefined;
	} catch (error) {
		return reasonOf(error);
	}
}

/** What was thrown, in words. */
export function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
