import type { ChildProcess } from "node:child_process";
import type * as grpc from "@grpc/grpc-js";
import type { AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { type RunPluginRequest, RunPluginResponse } from "@pulumi/pulumi/proto/language_pb";
import { ended, exitOf, startChild } from "./children";
import { runtimeOptions, sdkEntry } from "./options";
import { PolicyProxy, portOf } from "./policy-proxy";

type PluginCall = grpc.ServerWritableStream<RunPluginRequest, RunPluginResponse>;

/** Runs a plugin that is written in Node: a policy pack (`analyzer`) or any other kind; streams what it prints. */
export async function runPlugin(call: PluginCall): Promise<void> {
	const code =
		call.request.getKind() === "analyzer"
			? await runPolicyPack(call)
			: await ended(startPlugin(call, "run-plugin", {}));
	call.write(exitCode(code));
	call.end();
}

async function runPolicyPack(call: PluginCall): Promise<number> {
	const proxy = new PolicyProxy();
	const port = await proxy.listen();
	call.write(output("stdout", Buffer.from(`${port}\n`)));
	const cancelled = new Promise<undefined>((resolve) => call.once("cancelled", () => resolve(undefined)));
	const configuration = await Promise.race([proxy.configuration, cancelled]);
	if (call.cancelled) {
		// The engine has given up before it needed the pack; one that is started now would outlive it.
		proxy.close();
		return exitOf("SIGTERM");
	}
	const child = startPlugin(call, "run-policy-pack", packEnvironment(configuration));
	const end = ended(child);
	try {
		proxy.attach(await portOf(child));
	} catch (error) {
		proxy.fail(error instanceof Error ? error.message : String(error));
	}
	const code = await end;
	proxy.fail(`the policy pack exited with code ${code}`);
	proxy.close();
	return code;
}

/** The stack's configuration as the environment variables that the SDK's runtime reads. */
function packEnvironment(request: AnalyzerStackConfigureRequest | undefined): { [name: string]: string } {
	if (request === undefined) {
		return {};
	}
	return {
		PULUMI_NODEJS_ORGANIZATION: request.getOrganization(),
		PULUMI_NODEJS_PROJECT: request.getProject(),
		PULUMI_NODEJS_STACK: request.getStack(),
		PULUMI_NODEJS_DRY_RUN: String(request.getDryRun()),
		PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toObject(false))),
		PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigSecretKeysList()),
	};
}

function startPlugin(
	call: PluginCall,
	entry: "run-plugin" | "run-policy-pack",
	extra: { readonly [name: string]: string },
): ChildProcess {
	const { request } = call;
	const directory = request.getInfo()?.getProgramDirectory() || request.getProgram();
	const { nodeArgs, typescript } = runtimeOptions(request.getInfo());
	const isPack = entry === "run-policy-pack";
	const args = request.getArgsList();
	const child = startChild(
		process.execPath,
		[...nodeArgs, sdkEntry(directory, entry), ...(isPack ? [...args, directory] : [directory, ...args])],
		{
			// Policy packs have always run in their own folder, other plugins in the one that the engine names.
			cwd: isPack ? directory : request.getPwd(),
			env: { ...parseEnvironment(request.getEnvList()), PULUMI_NODEJS_TYPESCRIPT: String(typescript), ...extra },
			stdio: ["ignore", "pipe", "pipe"],
		},
	);
	if (!isPack) {
		child.stdout?.on("data", (chunk: Buffer) => call.write(output("stdout", chunk)));
	}
	child.stderr?.on("data", (chunk: Buffer) => call.write(output("stderr", chunk)));
	call.once("cancelled", () => child.kill("SIGTERM"));
	return child;
}

function parseEnvironment(entries: readonly string[]): NodeJS.ProcessEnv {
	const pairs = entries.map((entry) => {
		const at = entry.indexOf("=");
		return [entry.slice(0, at), entry.slice(at + 1)];
	});
	return pairs.length === 0 ? process.env : Object.fromEntries(pairs);
}

function output(stream: "stdout" | "stderr", bytes: Buffer): RunPluginResponse {
	const response = new RunPluginResponse();
	if (stream === "stdout") {
		response.setStdout(bytes);
	} else {
		response.setStderr(bytes);
	}
	return response;
}

function exitCode(code: number): RunPluginResponse {
	const response = new RunPluginResponse();
	response.setExitcode(code);
	return response;
}
