import { ExitCode, UserError } from "../lib/errors";

/** Variables that hold credentials of a real cloud, and how a real value looks; without a pattern any value counts. */
const credentialVariables: readonly { readonly name: string; readonly looksReal?: RegExp }[] = [
	{ name: "AWS_ACCESS_KEY_ID", looksReal: /^(AKIA|ASIA)[A-Z0-9]{16}$/ },
	{ name: "AWS_SECRET_ACCESS_KEY", looksReal: /^[A-Za-z0-9/+=]{40}$/ },
	{ name: "AWS_SESSION_TOKEN" },
	{ name: "AWS_WEB_IDENTITY_TOKEN_FILE" },
	{ name: "GOOGLE_APPLICATION_CREDENTIALS" },
	{ name: "GOOGLE_CREDENTIALS" },
	{ name: "GOOGLE_OAUTH_ACCESS_TOKEN" },
	{ name: "ARM_CLIENT_SECRET" },
	{ name: "ARM_CLIENT_CERTIFICATE_PATH" },
	{ name: "AZURE_CLIENT_SECRET" },
	{ name: "AZURE_CLIENT_CERTIFICATE_PATH" },
];

/** The names of the variables that hold credentials which look real. Values are never returned. */
export function realCredentials(environment: NodeJS.ProcessEnv): string[] {
	return credentialVariables
		.filter(({ name, looksReal }) => {
			const value = environment[name];
			return value !== undefined && value !== "" && (looksReal === undefined || looksReal.test(value));
		})
		.map(({ name }) => name);
}

/** Throws where the environment could let something reach a real account while the sandbox is meant. */
export function refuseRealCredentials(environment: NodeJS.ProcessEnv = process.env): void {
	const names = realCredentials(environment);
	if (names.length > 0) {
		throw new UserError(
			`The environment holds credentials that look real: ${names.join(", ")}; the sandbox refuses to run beside them`,
			{
				code: ExitCode.credentials,
				remedy: `run the command without them: env ${names.map((name) => `-u ${name}`).join(" ")} <command>`,
			},
		);
	}
}
