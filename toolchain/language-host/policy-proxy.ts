import type { ChildProcess } from "node:child_process";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { AnalyzerStackConfigureRequest, AnalyzerStackConfigureResponse } from "@pulumi/pulumi/proto/analyzer_pb";
import { unlimited } from "../grpc-limits";

type RawCall = grpc.ServerUnaryCall<Buffer, Buffer>;
type RawReply = grpc.sendUnaryData<Buffer>;

const raw = (bytes: Buffer): Buffer => bytes;
const configureStack = "/pulumirpc.Analyzer/ConfigureStack";
const handshake = "/pulumirpc.Analyzer/Handshake";

/**
 * Stands where the engine expects the policy pack until the stack's configuration is known, because the pack reads it
 * from its environment at start. From then on every call is passed through as bytes.
 */
export class PolicyProxy {
	/** Resolves with the stack's configuration, or with nothing where the engine calls something else first. */
	readonly configuration: Promise<AnalyzerStackConfigureRequest | undefined>;
	private readonly server = new grpc.Server(unlimited);
	private settle: (request: AnalyzerStackConfigureRequest | undefined) => void = () => {};
	private readonly pack: Promise<grpc.Client>;
	private connect: (client: grpc.Client) => void = () => {};
	private refuse: (reason: Error) => void = () => {};

	constructor() {
		this.configuration = new Promise((resolve) => {
			this.settle = resolve;
		});
		this.pack = new Promise((resolve, reject) => {
			this.connect = resolve;
			this.refuse = reject;
		});
		this.pack.catch(() => {});
		this.server.addService(rawService(), this.handlers());
	}

	/** Starts to listen on a free loopback port and returns it. */
	listen(): Promise<number> {
		return new Promise((resolve, reject) => {
			this.server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
				error ? reject(error) : resolve(port),
			);
		});
	}

	/** Passes calls on to the pack, whose port is the first line that it prints. */
	attach(port: number): void {
		this.connect(new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), unlimited));
	}

	/** Ends every waiting call with the reason: the pack never came up. */
	fail(reason: string): void {
		this.refuse(new Error(reason));
	}

	close(): void {
		this.server.forceShutdown();
		this.pack.then((client) => client.close()).catch(() => {});
	}

	private handlers(): grpc.UntypedServiceImplementation {
		const implementation: { [name: string]: grpc.handleUnaryCall<Buffer, Buffer> } = {};
		for (const [name, method] of Object.entries(AnalyzerService)) {
			implementation[name] = (call, reply) => this.answer(method.path, call, reply);
		}
		return implementation;
	}

	private answer(path: string, call: RawCall, reply: RawReply): void {
		if (path === handshake) {
			reply({ code: grpc.status.UNIMPLEMENTED, details: "the pack is not started yet" });
			return;
		}
		if (path === configureStack) {
			this.settle(AnalyzerStackConfigureRequest.deserializeBinary(call.request));
			reply(null, Buffer.from(new AnalyzerStackConfigureResponse().serializeBinary()));
			return;
		}
		this.settle(undefined);
		this.pack
			.then((client) => client.makeUnaryRequest(path, raw, raw, call.request, call.metadata, passOn(reply)))
			.catch((error: Error) => reply({ code: grpc.status.UNAVAILABLE, details: error.message }));
	}
}

function passOn(reply: RawReply): (error: grpc.ServiceError | null, answer?: Buffer) => void {
	return (error, answer) =>
		error ? reply({ code: error.code, details: error.details, metadata: error.metadata }) : reply(null, answer ?? null);
}

/** The analyzer's methods with messages left as bytes. */
function rawService(): grpc.ServiceDefinition {
	const methods = Object.entries(AnalyzerService).map(([name, { path, requestStream, responseStream }]) => [
		name,
		{
			path,
			requestStream,
			responseStream,
			requestSerialize: raw,
			requestDeserialize: raw,
			responseSerialize: raw,
			responseDeserialize: raw,
		},
	]);
	return Object.fromEntries(methods);
}

/** Resolves with the port, the first line of digits: a pack may print while it loads. Rejects where it ends before. */
export function portOf(child: ChildProcess): Promise<number> {
	return new Promise((resolve, reject) => {
		let text = "";
		child.stdout?.on("data", (chunk: Buffer) => {
			text += chunk.toString("utf8");
			const line = /^(\d+)\r?\n/m.exec(text);
			if (line) {
				resolve(Number(line[1]));
			}
		});
		child.once("close", (code) => reject(new Error(`the policy pack exited with code ${code} before it was ready`)));
		child.once("error", reject);
	});
}
