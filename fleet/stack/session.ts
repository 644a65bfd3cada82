import { dirname } from "node:path";
import { projectName } from "../../blueprint/run-program";
import type { EnvironmentFile } from "../../spec/load";
import { ensureCli, type PulumiCli } from "../../toolchain/cli";
import type { Console } from "../console";
import type { Interrupt } from "../interrupt";
import { prepareClusters } from "./cluster-programs";
import { waitForEngine } from "./engine-lock";
import { engineEnvironment } from "./environment";
import { beginOperation, endOperation, type StackPlace } from "./operation-record";
import type { Operation, OperationResult } from "./protocol";
import { type OperationListener, StackProcess } from "./stack-process";
import { mendStateFile } from "./state-file";
import { prepareWorkFolder } from "./work-folder";

/** An opened stack of an environment. */
export interface StackSession extends StackPlace {
	run(operation: Operation, listener?: OperationListener): Promise<OperationResult>;
	close(): Promise<void>;
}

/** What opening a stack takes. */
export interface SessionOptions {
	readonly environment: EnvironmentFile;
	readonly console: Console;
	readonly interrupt: Interrupt;
	/**
	 * Given where this command may change the stack (it holds the command lock): an engine that still works on it is
	 * waited for that many seconds, and a state that was cut off is mended. Left out, the stack is only read.
	 */
	readonly waitSeconds?: number;
}

/** Opens a stack: the CLI (built where there is none), its state, with target sandbox the emulated clouds, a worker. */
export async function openStack(stack: string, options: SessionOptions): Promise<StackSession> {
	const { environment, console, interrupt, waitSeconds } = options;
	const cli = await ensureCli(console.say);
	if (environment.spec.target === "sandbox") {
		await prepareClusters(console);
	}
	const variables = await engineEnvironment(environment.spec, cli);
	const place = { stack, backend: variables.PULUMI_BACKEND_URL ?? "" };
	if (waitSeconds !== undefined) {
		await waitForEngine(projectName, place, { console, interrupt, waitSeconds });
		mendStateFile(projectName, stack, place.backend, console);
	}
	const workFolder = prepareWorkFolder(stack, environment.file, process.env);
	const worker = await StackProcess.open({ stack, workFolder, cliRoot: cliRoot(cli), environment: variables });
	const recorded = environment.spec.target === "sandbox";
	return {
		...place,
		run: async (operation, listener) => {
			const changes = recorded && (operation.kind === "up" || operation.kind === "destroy");
			if (changes) {
				beginOperation(place);
			}
			const result = await interrupt.during(worker, () => worker.run(operation, listener));
			if (changes) {
				endOperation(place);
			}
			return result;
		},
		close: () => worker.close(),
	};
}

function cliRoot(cli: PulumiCli): string | undefined {
	return cli.source === "PATH" ? undefined : dirname(dirname(cli.command));
}
