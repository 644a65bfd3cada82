import * as grpc from "@grpc/grpc-js";
import { unlimited } from "../grpc-limits";
import { killChildren } from "./children";
import { languageRuntime } from "./service";

/** How often the host looks whether the engine that started it is still there, in milliseconds. */
const watchMs = 2_000;

/** Entry of `pulumi-language-nodejs`: the engine's address is the last argument, the first line printed is our port. */
function main(engine: string): void {
	const server = new grpc.Server(unlimited);
	const { service, implementation } = languageRuntime(engine);
	server.addService(service, implementation);
	server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
		if (error) {
			process.stderr.write(`pulumi-language-nodejs: ${error.message}\n`);
			process.exitCode = 1;
			return;
		}
		process.stdout.write(`${port}\n`);
	});
	// The engine ends its plugins with SIGINT and waits five seconds for those that stay.
	for (const signal of ["SIGINT", "SIGTERM"] as const) {
		process.on(signal, () => {
			killChildren();
			server.forceShutdown();
		});
	}
	endWithParent(server);
}

/** An engine that was killed leaves its language host to init; the host then ends its programs and itself. */
function endWithParent(server: grpc.Server): void {
	const parent = process.ppid;
	setInterval(() => {
		if (process.ppid !== parent) {
			killChildren();
			server.forceShutdown();
			process.exitCode = 1;
		}
	}, watchMs).unref();
}

main(process.argv.at(-1) ?? "");
