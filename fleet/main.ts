import yargs from "yargs";
import { ExitCode, UserError } from "../lib/errors";
import { formatError } from "../lib/format-error";
import { buildCommandLine } from "./command-line";
import { type Console, openConsole } from "./console";

/** Runs one command and ends the process with its exit code; the only place that does. */
async function main(args: readonly string[]): Promise<void> {
	const console = openConsole();
	process.exitCode = await run(args, console);
	// Sockets of the engine's libraries may linger; what was to be written is written.
	process.stdout.write("", () => process.exit());
}

async function run(args: readonly string[], console: Console): Promise<number> {
	let code: ExitCode = ExitCode.ok;
	const words = args.filter((arg) => !arg.startsWith("-"));
	const line = buildCommandLine(yargs([...args]), words, console, (result) => {
		code = result;
	});
	try {
		await line.parseAsync();
		return code;
	} catch (error) {
		return explain(error, console);
	}
}

function explain(error: unknown, console: Console): ExitCode {
	if (error instanceof UserError) {
		console.say(formatError(error));
		return error.code;
	}
	console.say("This is a bug of Meridian's; please report it with these lines:");
	console.say(error instanceof Error ? (error.stack ?? error.message) : String(error));
	return ExitCode.bug;
}

void main(process.argv.slice(2));
