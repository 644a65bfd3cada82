import { closest, distance } from "fastest-levenshtein";
import type { Argv } from "yargs";
import { UserError } from "../lib/errors";
import { environments } from "../spec/load";
import { addDeployment } from "./arguments/deployment";
import { addInspection } from "./arguments/inspection";
import { addSandbox } from "./arguments/sandbox";
import type { Done } from "./arguments/shared";
import type { Console } from "./console";

const sandboxVerbs = ["ls", "status", "pods", "kubeconfig", "faults", "reset", "stop", "env"];

const commandNames = ["up", "plan", "destroy", "outputs", "check", "synth", "trace", "sandbox", "doctor", "completion"];

/** The command line: verbs, options, help with examples, completion. Commands are loaded when they run. */
export function buildCommandLine(parser: Argv, given: readonly string[], console: Console, done: Done): Argv {
	const line = parser
		.scriptName("meridian")
		.usage("$0 <command>\n\nOne specification to running frontier-AI infrastructure.")
		.option("json", { type: "boolean", default: false, describe: "one JSON document on standard output" })
		.option("lock-timeout", { type: "number", default: 600, describe: "seconds to wait for another command" })
		.strict()
		.demandCommand(1, "")
		.help()
		.version()
		.alias("h", "help")
		.wrap(100)
		.completion("completion", "print the completion script for your shell", (current, argv) =>
			completions(argv._.slice(1).map(String)).filter((word) => word.startsWith(current)),
		)
		.example("$0 up dev", "deploy environment dev")
		.example("$0 plan dev --json", "what would change, for a program")
		.example("$0 trace dev --all", "which requirement is served by what")
		.epilogue(
			"Exit codes: 0 ok, 1 failed, 2 usage, 3 credentials, 5 policy denied, 6 not found, 7 changes, 8 cancelled, 10 locked; all in README.md",
		)
		.exitProcess(false)
		.fail((message, error) => {
			throw error ?? usageError(message, given);
		});
	addDeployment(line, console, done);
	addInspection(line, console, done);
	addSandbox(line, console, done);
	return line;
}

/** What may stand at the last of the words that were typed after the program's name. */
export function completions(typed: readonly string[]): string[] {
	if (typed.length <= 1) {
		return commandNames;
	}
	const isSandbox = typed[0] === "sandbox";
	const known = isSandbox ? sandboxVerbs : typed[0] === "doctor" ? [] : environments();
	return typed.length === 2 ? known : [];
}

/** `given` are the words before any option. */
function usageError(message: string | null, given: readonly string[]): UserError {
	const [verb] = given;
	const remedy = "see: npx meridian --help";
	if (verb === undefined) {
		return new UserError("Which command?", { remedy });
	}
	if (!commandNames.includes(verb)) {
		const near = closest(verb, commandNames);
		const hint = distance(verb, near) <= 2 ? `; did you mean ${near}?` : "";
		return new UserError(`There is no command ${verb}${hint}`, { remedy });
	}
	return new UserError(message || `Which ${verb} command?`, { remedy: `see: npx meridian ${verb} --help` });
}
