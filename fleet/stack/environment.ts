import { mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ExitCode, UserError } from "../../lib/errors";
import { homeFolder } from "../../lib/folders";
import { ensureSandbox, sandboxEnvironment } from "../../sandbox/client";
import type { Spec } from "../../spec/schema";
import type { PulumiCli } from "../../toolchain/cli";
import { tellGrants } from "./grants";

/** Variables that choose how state and secrets are encrypted. */
const passphraseVariables = ["PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"] as const;

/** The variables that the engine runs with: its language host, its state, and with target sandbox the emulated clouds. */
export async function engineEnvironment(spec: Spec, cli: PulumiCli): Promise<{ [name: string]: string }> {
	const base = { ...defined(process.env), ...baseVariables(cli), ...secretsVariables(spec) };
	if (spec.target === "cloud") {
		return base;
	}
	const sandbox = await ensureSandbox();
	tellGrants(spec);
	return { ...base, ...sandboxEnvironment(sandbox), PULUMI_HOME: made("pulumi") };
}

function baseVariables(cli: PulumiCli): { [name: string]: string } {
	return {
		PATH: `${cli.hostFolder}${delimiter}${process.env.PATH ?? ""}`,
		PULUMI_BACKEND_URL: backendUrl(),
		PULUMI_SKIP_UPDATE_CHECK: "true",
		// Saved plans are what keeps an update to what was checked.
		PULUMI_EXPERIMENTAL: "true",
	};
}

/** Where state is kept: what the user's variable says, else a folder of this checkout. */
export function backendUrl(): string {
	return process.env.PULUMI_BACKEND_URL || `file://${made("state")}`;
}

/** An environment that may be lost has an empty passphrase; all others need one, and it is never ours. */
function secretsVariables(spec: Spec): { [name: string]: string } {
	const given = passphraseVariables.filter((name) => process.env[name]);
	if (given.length > 0) {
		return {};
	}
	if (!spec.protection.relaxed) {
		throw new UserError(
			`Environment ${spec.environment} needs a passphrase for its state and secrets, and none is set`,
			{
				code: ExitCode.credentials,
				remedy: `set ${passphraseVariables.join(" or ")}; dev alone, whose protection is relaxed, does without`,
			},
		);
	}
	return { PULUMI_CONFIG_PASSPHRASE: "" };
}

function made(name: string): string {
	const folder = join(homeFolder(), name);
	mkdirSync(folder, { recursive: true });
	return folder;
}

function defined(environment: NodeJS.ProcessEnv): { [name: string]: string } {
	const entries = Object.entries(environment).flatMap(([name, value]) =>
		value === undefined ? [] : [[name, value] as const],
	);
	return Object.fromEntries(entries);
}
