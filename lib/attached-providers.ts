/** True where the engine is told to use a running server for a provider package instead of a plugin. */
export function sandboxAttached(name: string, environment: NodeJS.ProcessEnv): boolean {
	const attached = (environment.PULUMI_DEBUG_PROVIDERS ?? "").split(",").map((entry) => entry.split(":")[0]);
	return attached.includes(name);
}
