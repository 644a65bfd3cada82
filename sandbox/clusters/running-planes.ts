import { statSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { ControlPlane, type ControlPlaneOptions } from "../control-plane/control-plane";
import { ClusterClient } from "./cluster-client";

/** Memory of a control plane, bytes; measured on 2026-11-21 and rounded up: docs/sandbox.md. */
const planeBytes = 1.2 * 1024 ** 3;

/** Share of the machine's memory that control planes may take together. */
const memoryShare = 0.6;

/** A control plane that nobody asks for stops after this many milliseconds (ten minutes). */
const idleMs = 10 * 60_000;

/** How often is looked whether a plane that starts is there, in milliseconds. */
const lookMs = 50;

/**
 * Planes a processor, and at the least: one with 128 nodes takes 8 to 15 % of a processor while nobody asks it anything,
 * because its nodes report that they live. Measured on 2026-11-28.
 */
const planesPerProcessor = 2;
const leastPlanes = 4;

/** How many planes a machine runs at once; those beyond are stopped and start again when they are asked for, in about 4 s. */
export function mostPlanes(memory: number, processors: number): number {
	const byMemory = Math.floor((memory * memoryShare) / planeBytes);
	return Math.max(1, Math.min(byMemory, Math.max(leastPlanes, processors * planesPerProcessor)));
}

/** A control plane that runs. */
export interface RunningPlane {
	readonly plane: ControlPlane;
	/** Speaks as the sandbox. */
	readonly client: ClusterClient;
	/** A client that acts for a user; the sandbox's own where none is named. */
	clientOf(user: string | undefined): ClusterClient;
}

/** What works on a plane as long as it runs. */
export interface Companion {
	stop(): Promise<void>;
}

/** Prepares a plane that was just started, and gives what works on it from then on. */
type Begin = (running: RunningPlane) => Promise<Companion>;

interface Entry extends RunningPlane {
	readonly clients: Clients;
	companion?: Companion;
	used: number;
}

/** The control planes that run now: as many at once as the memory takes, those that nobody uses stopped. */
export class RunningPlanes {
	private readonly entries = new Map<string, Entry>();
	private readonly starting = new Map<string, Promise<RunningPlane>>();
	private readonly most: number;
	/** How many planes have room and do not run yet. */
	private beginning = 0;

	/** `most` planes run at once; as many as the machine's memory and processors take unless said. */
	constructor(most = mostPlanes(totalmem(), availableParallelism())) {
		this.most = most;
	}

	/** The plane of a key, started where it does not run or one of its programs has ended. */
	async ensure(key: string, options: () => Promise<ControlPlaneOptions>, begin: Begin): Promise<RunningPlane> {
		const there = this.entries.get(key);
		if (there !== undefined && there.plane.complaint === undefined) {
			there.used = Date.now();
			return there;
		}
		const begun = this.starting.get(key) ?? this.start(key, options, begin).finally(() => this.starting.delete(key));
		this.starting.set(key, begun);
		return begun;
	}

	/** Keys of the planes that run. */
	keys(): string[] {
		return [...this.entries.keys()];
	}

	/** When a plane was last used, by the sandbox or by anybody who changed or read something; 0 where none runs. */
	lastUse(): number {
		return Math.max(0, ...[...this.entries.values()].map(lastUse));
	}

	/** Ends the plane of a key; what is in it stays. */
	async stop(key: string): Promise<void> {
		await this.starting.get(key)?.catch(() => {});
		await this.end(key);
	}

	/** Ends the planes that nobody has used for a while. */
	async stopIdle(now = Date.now()): Promise<void> {
		const idle = [...this.entries].filter(([, entry]) => now - lastUse(entry) > idleMs);
		await Promise.all(idle.map(([key]) => this.stop(key)));
	}

	/** Ends every plane. */
	async close(): Promise<void> {
		await Promise.allSettled(this.starting.values());
		await Promise.all(this.keys().map((key) => this.stop(key)));
	}

	private async start(key: string, options: () => Promise<ControlPlaneOptions>, begin: Begin): Promise<RunningPlane> {
		await this.end(key);
		await this.makeRoom();
		try {
			const entry = await this.begun(await ControlPlane.start(await options()), begin);
			this.entries.set(key, entry);
			return entry;
		} finally {
			this.beginning -= 1;
		}
	}

	/** A plane that runs, prepared; it is ended again where that fails. */
	private async begun(plane: ControlPlane, begin: Begin): Promise<Entry> {
		const clients = new Clients(plane.layout.kubeconfig("sandbox"));
		const clientOf = (user: string | undefined): ClusterClient => clients.of(user);
		const entry: Entry = { plane, client: clients.of(undefined), clientOf, clients, used: Date.now() };
		try {
			entry.companion = await begin(entry);
			return entry;
		} catch (error) {
			await clients.close();
			await plane.stop();
			throw error;
		}
	}

	private async end(key: string): Promise<void> {
		const entry = this.entries.get(key);
		this.entries.delete(key);
		await entry?.companion?.stop();
		await entry?.clients.close();
		await entry?.plane.stop();
	}

	/**
	 * Takes room for one more plane. Where it would take too much memory, the one that was used longest ago is stopped, or
	 * one that just starts is waited for.
	 */
	private async makeRoom(): Promise<void> {
		while (this.entries.size + this.beginning >= this.most) {
			const [oldest] = [...this.entries].sort(([, a], [, b]) => lastUse(a) - lastUse(b));
			await (oldest === undefined ? delay(lookMs) : this.end(oldest[0]));
		}
		this.beginning += 1;
	}
}

/** The clients of one control plane, one for each user that is acted for. */
class Clients {
	private readonly made = new Map<string, ClusterClient>();

	constructor(private readonly kubeconfig: string) {}

	of(user: string | undefined): ClusterClient {
		const there = this.made.get(user ?? "") ?? new ClusterClient(this.kubeconfig, user);
		this.made.set(user ?? "", there);
		return there;
	}

	async close(): Promise<void> {
		await Promise.all([...this.made.values()].map((client) => client.close()));
	}
}

/** The audit log grows with every request but those of the programs themselves. */
function lastUse({ plane, used }: Entry): number {
	const { mtimeMs = 0 } = statSync(plane.layout.auditLog, { throwIfNoEntry: false }) ?? {};
	return Math.max(used, mtimeMs);
}
