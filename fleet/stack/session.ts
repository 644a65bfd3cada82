import { dirname } from "node:path";
import { projectName } from "../../blueprint/run-program";
import type { EnvironmentFile } from "../../spec/load";
import { ensureCli, type PulumiCli } from "../../toolchain/cli";
import type { Console } from "../console";
import type { Interrupt } from "../interrupt";
import { engineEnvironment } from "./environment";
import type { Operation, OperationResult } from "./protocol";
import { type OperationListener, StackProcess } from "./stack-process";
import { mendStateFile } from "./state-file";
import { prepareWorkFolder } from "./work-folder";

/** An opened stack of an environment. */
export interface StackSession {
	readonly stack: string;
	run(operation: Operation, listener?: OperationListener): Promise<OperationResult>;
	close(): Promise<void>;
}

/** What opening a stack takes. */
export interface SessionOptions {
	readonly environment: EnvironmentFile;
	readonly console: Console;
	readonly interrupt: Interrupt;
}

/** Opens a stack: the CLI (built where there is none), its state, with target sandbox the emulated clouds, a worker. */
export async function openStack(stack: string, options: SessionOptions): Promise<StackSession> {
	const { environment, console, interrupt } = options;
	const cli = await ensureCli(console.say);
	const variables = await engineEnvironment(environment.spec, cli);
	mendStateFile(projectName, stack, variables.PULUMI_BACKEND_URL ?? "", console);
	const workFolder = prepareWorkFolder(stack, environment.file, process.env);
	const worker = await StackProcess.open({ stack, workFolder, cliRoot: cliRoot(cli), environment: variables });
	return {
		stack,
		run: (operation, listener) => interrupt.during(worker, () => worker.run(operation, listener)),
		close: () => worker.close(),
	};
}

function cliRoot(cli: PulumiCli): string | undefined {
	return cli.source === "PATH" ? undefined : dirname(dirname(cli.command));
}
