import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { request } from "node:https";
import { setTimeout as delay } from "node:timers/promises";
import type { ControlPlanePrograms } from "../../toolchain/control-plane/find";
import type { ProgramName } from "../../toolchain/control-plane/programs";
import { argumentsOf, type ControlPlanePorts, type ControlPlaneSettings } from "./arguments";
import { eraseKeys } from "./etcd-keys";
import { ensureKeys, writeKubeconfigs, writeSettings } from "./files";
import type { Guard } from "./guard";
import { type Layout, layoutOf } from "./layout";
import { endLeftovers, recordProcesses } from "./leftovers";
import { choosePorts } from "./ports";
import { ProgramProcess } from "./program-process";

/** How long a control plane may take until its API server answers, in milliseconds. */
const startMs = 60_000;

/** Tries with new ports where another process took one in between. */
const tries = 3;

/** What a control plane is started from. */
export interface ControlPlaneOptions {
	/** Name of the cluster, as its kubeconfig has it. */
	readonly cluster: string;
	/** Folder of its own; what is in it stays when it stops. */
	readonly folder: string;
	readonly programs: ControlPlanePrograms;
	readonly settings: ControlPlaneSettings;
	readonly guard: Guard;
	/** Data folder of an etcd to begin with, instead of an empty one. */
	readonly template?: string;
	/** True for etcd and the API server alone: objects are kept and nothing follows from them. */
	readonly bare?: boolean;
}

/** A Kubernetes control plane with simulated nodes, on 127.0.0.1. */
export class ControlPlane {
	readonly layout: Layout;
	private ports: ControlPlanePorts | undefined;
	private processes: ProgramProcess[] = [];
	private failure: string | undefined;

	private constructor(private readonly options: ControlPlaneOptions) {
		this.layout = layoutOf(options.folder);
	}

	/** Starts it; the API server is ready when this resolves. Throws with the failed program's own words. */
	static async start(options: ControlPlaneOptions): Promise<ControlPlane> {
		const plane = new ControlPlane(options);
		await plane.prepare();
		for (let attempt = 1; ; attempt++) {
			try {
				await plane.startPrograms();
				return plane;
			} catch (error) {
				await plane.stop();
				const taken = error instanceof Error && /address already in use/.test(error.message);
				if (!taken || attempt === tries) {
					throw error;
				}
			}
		}
	}

	/** The API server's port on 127.0.0.1; 0 while it does not run. */
	get port(): number {
		return this.ports?.apiserver ?? 0;
	}

	/** Why it does not work any more, or nothing while it runs. */
	get complaint(): string | undefined {
		return this.failure;
	}

	/** Address of its etcd. */
	get storage(): string {
		return `https://127.0.0.1:${this.ports?.etcd ?? 0}`;
	}

	/** Ids of its processes. */
	get pids(): number[] {
		return this.processes.filter(({ isRunning }) => isRunning).map(({ pid }) => pid);
	}

	/** Ends every program but etcd. */
	async stopServing(): Promise<void> {
		const [, ...others] = this.processes;
		await Promise.all(others.map((process) => process.stop()));
	}

	/** Ends its processes; its data stays. The API server goes first, etcd last. */
	async stop(): Promise<void> {
		await this.stopServing();
		await this.processes[0]?.stop();
		for (const { pid } of this.processes) {
			this.options.guard.forget(pid);
		}
		this.processes = [];
		recordProcesses(this.layout, []);
	}

	private async prepare(): Promise<void> {
		const { cluster, folder, template } = this.options;
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		await endLeftovers(this.layout);
		await ensureKeys(this.layout, cluster);
		writeSettings(this.layout);
		if (template !== undefined && !existsSync(this.layout.data)) {
			const copy = `${this.layout.data}.copy`;
			rmSync(copy, { recursive: true, force: true });
			cpSync(template, copy, { recursive: true });
			renameSync(copy, this.layout.data);
		}
	}

	private async startPrograms(): Promise<void> {
		this.failure = undefined;
		this.ports = await choosePorts(this.layout.ports);
		writeKubeconfigs(this.layout, this.options.cluster, this.ports.apiserver);
		this.run("etcd");
		this.run("kube-apiserver");
		await this.answers();
		if (this.options.bare) {
			return;
		}
		// kwok leaves nodes alone, and their pods, until the lease of the kwok before it has run out.
		await eraseKeys(this.layout, this.storage, ["/registry/leases/kube-node-lease/"]);
		this.run("kube-controller-manager");
		this.run("kube-scheduler");
		this.run("kwok");
	}

	private run(name: ProgramName): void {
		const { guard, programs, settings } = this.options;
		const { layout, ports } = this;
		if (ports === undefined) {
			throw new Error("a program needs its ports");
		}
		const process = new ProgramProcess({
			name,
			command: programs[name],
			args: argumentsOf(name, layout, { ports, settings }),
			logFile: layout.log(name),
			onEnd: (ended) => this.noteEnd(ended),
		});
		guard.watch(process.pid);
		this.processes.push(process);
		recordProcesses(layout, this.pids);
	}

	private noteEnd(ended: ProgramProcess): void {
		this.failure ??= `${ended.name} of cluster ${this.options.cluster} has ended: ${ended.complaint()}`;
		if (ended.name === "etcd") {
			// Without etcd each request waits for half a minute, and the API server does not end when it is asked to.
			this.processes.find(({ name }) => name === "kube-apiserver")?.kill();
		}
	}

	/** Waits until the API server is ready; throws as soon as a program has ended. */
	private async answers(): Promise<void> {
		const end = Date.now() + startMs;
		while (!(await this.isReady())) {
			if (this.failure !== undefined) {
				throw new Error(this.failure);
			}
			if (Date.now() > end) {
				const last = this.processes.at(-1)?.complaint() ?? "";
				throw new Error(`cluster ${this.options.cluster} does not answer within ${startMs / 1000} s: ${last}`);
			}
			await delay(50);
		}
	}

	private async isReady(): Promise<boolean> {
		const [ca, cert, key] = await Promise.all(
			[this.layout.authority, this.layout.certificate("sandbox"), this.layout.key("sandbox")].map((file) =>
				readFile(file),
			),
		);
		return new Promise((resolve) => {
			const call = request(
				`https://127.0.0.1:${this.port}/readyz`,
				{ ca, cert, key, agent: false, timeout: 2_000 },
				(response) => {
					response.resume();
					resolve(response.statusCode === 200);
				},
			);
			call.once("error", () => resolve(false));
			call.once("timeout", () => call.destroy());
			call.end();
		});
	}
}
