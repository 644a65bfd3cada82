import type { Watch } from "@kubernetes/client-node";

/** After how many milliseconds a watch that ended is begun again. */
const againMs = 1_000;

/**
 * A watch that goes on: the API server ends each after 30 to 60 minutes. Every beginning shows what is there already, so
 * that nothing is missed in between.
 */
export class SteadyWatch {
	private connection: Promise<AbortController> | undefined;
	private timer: NodeJS.Timeout | undefined;
	private isStopped = false;

	/** `path` is that of a kind, as `/api/v1/services`. */
	constructor(
		private readonly watch: Pick<Watch, "watch">,
		private readonly path: string,
		private readonly onEvent: () => void,
	) {}

	/** Begins to watch. */
	start(): void {
		const again = (): void => this.again();
		this.connection = this.watch.watch(this.path, {}, this.onEvent, again);
		// It rejects where the kubeconfig cannot be used; what the network does to it comes to `again` by itself.
		this.connection.catch(again);
	}

	/** Ends it and its connection; nothing is left that would keep the process. */
	stop(): void {
		this.isStopped = true;
		clearTimeout(this.timer);
		this.connection?.then((controller) => controller.abort()).catch(() => {});
	}

	private again(): void {
		if (!this.isStopped) {
			this.timer = setTimeout(() => this.start(), againMs);
			this.timer.unref();
		}
	}
}
