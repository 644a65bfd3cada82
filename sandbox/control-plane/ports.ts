import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { writeAtomic } from "../../lib/files";
import type { ControlPlanePorts } from "./arguments";

const names = ["apiserver", "etcd", "etcdPeer"] as const;

/**
 * Ports of 127.0.0.1 that nobody listens on: those of the last start, which are in the file, so that a kubeconfig stays
 * good, and others for those that are taken. All are held until the last is known, so that they differ.
 */
export async function choosePorts(file: string): Promise<ControlPlanePorts> {
	const last = recorded(file);
	const held = await Promise.all(names.map((name) => hold(last[name] ?? 0).catch(() => hold(0))));
	const [apiserver = 0, etcd = 0, etcdPeer = 0] = held.map(({ port }) => port);
	await Promise.all(held.map(({ release }) => release()));
	const ports = { apiserver, etcd, etcdPeer };
	writeAtomic(file, `${JSON.stringify(ports)}\n`);
	return ports;
}

function recorded(file: string): Partial<ControlPlanePorts> {
	const ports: Partial<ControlPlanePorts> = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
	return ports;
}

interface Held {
	readonly port: number;
	readonly release: () => Promise<void>;
}

function hold(wanted: number): Promise<Held> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once("error", reject);
		server.listen(wanted, "127.0.0.1", () => {
			const address = server.address();
			const port = typeof address === "object" && address !== null ? address.port : 0;
			resolve({ port, release: () => new Promise((done) => server.close(() => done())) });
		});
	});
}
