import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** The project's root: the folder of package.json and Pulumi.yaml. */
export const projectRoot = resolve(__dirname, "..");

/**
 * Where what is built once for the user is kept: `$MERIDIAN_CACHE`, else `meridian` in the user's cache folder.
 */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
	const base = environment.XDG_CACHE_HOME || join(homedir(), ".cache");
	return environment.MERIDIAN_CACHE || join(base, "meridian");
}

/** Where this checkout keeps its state, sandbox inventory and logs: `$MERIDIAN_HOME`, else `.meridian` in the root. */
export function homeFolder(environment: NodeJS.ProcessEnv = process.env): string {
	return resolve(environment.MERIDIAN_HOME || join(projectRoot, ".meridian"));
}
