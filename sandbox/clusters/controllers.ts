import { setTimeout as delay } from "node:timers/promises";
import { KubeConfig, Watch } from "@kubernetes/client-node";
import type { ClusterClient } from "./cluster-client";
import { type Duties, reconcile } from "./reconcile";
import { RepeatedWork } from "./repeated-work";
import { SteadyWatch } from "./steady-watch";

/** Kinds whose changes give the controllers something to do. */
const paths = ["/api/v1/services", "/api/v1/persistentvolumeclaims", "/api/v1/persistentvolumes"] as const;

/** How long a reconciliation may hold up the end, in milliseconds: an API server that hangs answers nothing. */
const endMs = 2_000;

const pace = { soonMs: 50, againMs: 1_000 };

/** What the controllers of a cluster work with. */
export interface ControllersOptions extends Duties {
	/** File of a kubeconfig that may watch Services, claims and volumes in every namespace. */
	readonly kubeconfig: string;
	readonly client: ClusterClient;
	/** Hears why a reconciliation failed; it is tried again all the same. */
	readonly complain?: (reason: string) => void;
}

/**
 * What a cloud's own controllers and disk drivers do for a cluster and no program of the control plane does: Services
 * get load balancers, claims get volumes. They live as long as the control plane runs.
 */
export class Controllers {
	private readonly work: RepeatedWork;
	private readonly watches: readonly SteadyWatch[];

	constructor({ kubeconfig, client, balancerAddress, complain }: ControllersOptions) {
		const config = new KubeConfig();
		config.loadFromFile(kubeconfig);
		const watch = new Watch(config);
		this.work = new RepeatedWork(() => reconcile(client, { balancerAddress }), {
			pace,
			...(complain === undefined ? {} : { complain }),
		});
		this.watches = paths.map((path) => new SteadyWatch(watch, path, () => this.work.ask()));
	}

	/** Begins to watch; what is there already is served soon. */
	start(): void {
		for (const watch of this.watches) {
			watch.start();
		}
	}

	/** Ends the watches, and waits for a reconciliation that runs, two seconds at most. */
	async stop(): Promise<void> {
		for (const watch of this.watches) {
			watch.stop();
		}
		await Promise.race([this.work.stop(), delay(endMs, undefined, { ref: false })]);
	}
}
