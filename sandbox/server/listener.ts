import { createServer, type Server as NetServer, type Socket } from "node:net";
import * as grpc from "@grpc/grpc-js";
import { ExitCode, UserError } from "../../lib/errors";
import { unlimited } from "../../toolchain/grpc-limits";
import type { SandboxPackage } from "../package";
import { providerService } from "./service";
import type { Sessions } from "./sessions";

/** One package's server on a loopback port; it knows when the engine's connections open and close. */
export interface Listener {
	readonly port: number;
	readonly connections: () => number;
	readonly close: () => void;
}

/**
 * Serves a package on 127.0.0.1. Port 0 takes a free one; a busy port is a `UserError`.
 * The socket is ours, not the gRPC library's, because only so can we see a connection end.
 */
export async function listen(pack: SandboxPackage, sessions: Sessions, port: number): Promise<Listener> {
	const rpc = new grpc.Server(unlimited);
	const { service, implementation } = providerService(pack, sessions);
	rpc.addService(service, implementation);
	const injector = rpc.createConnectionInjector(grpc.ServerCredentials.createInsecure());
	const open = new Set<Socket>();
	const server = createServer({ noDelay: true }, (socket) => {
		const peer = `${socket.remoteAddress}:${socket.remotePort}`;
		open.add(socket);
		socket.on("error", () => socket.destroy());
		socket.once("close", () => {
			open.delete(socket);
			sessions.end(peer);
		});
		injector.injectConnection(socket);
	});
	const bound = await bind(server, port, pack.name);
	return {
		port: bound,
		connections: () => open.size,
		close: () => {
			server.close();
			injector.destroy();
			rpc.forceShutdown();
			open.forEach((socket) => {
				socket.destroy();
			});
		},
	};
}

function bind(server: NetServer, port: number, name: string): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once("error", (error: NodeJS.ErrnoException) =>
			reject(error.code === "EADDRINUSE" ? busy(port, name) : error),
		);
		server.listen(port, "127.0.0.1", () => {
			const address = server.address();
			resolve(typeof address === "object" && address !== null ? address.port : port);
		});
	});
}

function busy(port: number, name: string): UserError {
	return new UserError(`Port ${port} of 127.0.0.1, which the sandbox wants for ${name}, is in use by another program`, {
		code: ExitCode.failed,
		remedy: "unset MERIDIAN_SANDBOX_PORT so that free ports are taken, or set it to the first of a free range",
	});
}
