import { type RunRequest, RunResponse } from "@pulumi/pulumi/proto/language_pb";
import { ended, startChild } from "./children";
import { childEnvironment, runtimeOptions, sdkEntry } from "./options";

/** The SDK's exit code for "the error is already on the screen". */
const alreadyLogged = 32;

/** Runs a Pulumi program to its end. Configuration and secrets travel in the environment, never in arguments. */
export async function runProgram(request: RunRequest, engine: string): Promise<RunResponse> {
	const info = request.getInfo();
	const directory = info?.getProgramDirectory() || request.getPwd();
	const options = runtimeOptions(info);
	const child = startChild(process.execPath, programArguments(request, engine, directory), {
		cwd: request.getPwd() || directory,
		env: childEnvironment({
			PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toObject(false))),
			PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
			PULUMI_NODEJS_TYPESCRIPT: String(options.typescript),
		}),
		stdio: ["ignore", "inherit", "inherit"],
	});
	return response(await ended(child));
}

function programArguments(request: RunRequest, engine: string, directory: string): string[] {
	const options = runtimeOptions(request.getInfo());
	const named: [string, string | undefined][] = [
		["monitor", request.getMonitorAddress()],
		["engine", engine],
		["organization", request.getOrganization()],
		["project", request.getProject()],
		["root-directory", request.getInfo()?.getRootDirectory()],
		["stack", request.getStack()],
		["pwd", request.getPwd()],
		["parallel", String(request.getParallel())],
	];
	return [
		...options.nodeArgs,
		sdkEntry(directory, "run"),
		...named.flatMap(([name, value]) => (value ? [`--${name}`, value] : [])),
		...(request.getDryrun() ? ["--dry-run"] : []),
		request.getInfo()?.getEntryPoint() || request.getProgram() || ".",
		...request.getArgsList(),
	];
}

function response(code: number): RunResponse {
	const answer = new RunResponse();
	if (code === alreadyLogged) {
		answer.setBail(true);
	} else if (code !== 0) {
		answer.setError(`the program exited with code ${code}`);
	}
	return answer;
}
