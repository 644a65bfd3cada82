import type { Argv } from "yargs";
import type { Console } from "../console";
import { commands } from "../lazy-commands";
import { type Done, environment } from "./shared";

/** Verbs of the emulated clouds. */
export function addSandbox(line: Argv, console: Console, done: Done): void {
	line.command("sandbox <command>", "the emulated clouds", (y) =>
		y
			.command(
				"ls",
				"list what exists",
				(z) =>
					z.option("retained", { type: "boolean", default: false, describe: "what the cloud keeps after deletion" }),
				async (argv) =>
					done(await commands.sandbox.list({ json: argv.json === true, retained: argv.retained }, console)),
			)
			.command("status", "say whether it runs, what exists and which faults are set", {}, async (argv) =>
				done(await commands.sandboxFaults.status({ json: argv.json === true }, console)),
			)
			.command(
				"pods <environment>",
				"what runs where in the environment's clusters, what is pending and why",
				(z) => z.positional("environment", environment),
				async (argv) =>
					done(
						await commands.sandboxClusters.pods({ environment: argv.environment, json: argv.json === true }, console),
					),
			)
			.command(
				"kubeconfig <cluster>",
				"start a cluster and print a kubeconfig for kubectl",
				(z) => z.positional("cluster", { type: "string", demandOption: true, describe: "name, or a cell's id" }),
				async (argv) => done(await commands.sandboxClusters.kubeconfig(argv.cluster, console)),
			)
			.command(
				"faults",
				"throttle calls and cut connections; without options: show what is set",
				(z) =>
					z
						.option("throttle", { type: "number", describe: "share of calls answered with 429, 0 to 0.9" })
						.option("reset", { type: "number", describe: "share of calls whose connection is cut, 0 to 0.9" })
						.option("seed", { type: "number", describe: "chooses which calls; whole, 1 unless said" })
						.option("off", { type: "boolean", default: false, describe: "end all faults" }),
				async ({ throttle, reset, seed, off, json }) =>
					done(await commands.sandboxFaults.faults({ throttle, reset, seed, off, json: json === true }, console)),
			)
			.command("reset", "empty the clouds and forget their stacks", {}, async (argv) =>
				done(await commands.sandbox.reset({ lockTimeout: Number(argv["lock-timeout"]) }, console)),
			)
			.command("stop", "end the sandbox's process; what exists is kept", {}, async () =>
				done(await commands.sandbox.stop(console)),
			)
			.command(
				"env [environment]",
				'shell lines for plain pulumi: eval "$(meridian sandbox env)"',
				(z) => z.positional("environment", { type: "string", default: "dev", describe: "environment, as dev" }),
				async (argv) => {
					const lockTimeout = Number(argv["lock-timeout"]);
					done(await commands.sandbox.environment(argv.environment, { lockTimeout }, console));
				},
			)
			.demandCommand(1, ""),
	);
}
