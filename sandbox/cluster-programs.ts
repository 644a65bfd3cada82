import { type ControlPlanePrograms, complete, findPrograms } from "../toolchain/control-plane/find";

/** Variable that chooses what the sandbox's clusters are; a machine with little memory may set `emulated`. */
const variable = "MERIDIAN_SANDBOX_CLUSTERS";

/** True where clusters are to be real control planes, which is so unless the user says otherwise. */
export function wantsRealClusters(environment: NodeJS.ProcessEnv = process.env): boolean {
	return environment[variable] !== "emulated";
}

/** The programs that clusters run with; nothing where they are not to be real, or a program is missing. */
export async function clusterPrograms(
	environment: NodeJS.ProcessEnv = process.env,
): Promise<ControlPlanePrograms | undefined> {
	return wantsRealClusters(environment) ? complete(await findPrograms(environment)) : undefined;
}
