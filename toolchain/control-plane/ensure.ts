import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { lock } from "proper-lockfile";
import { buildPrograms, canBuild, installedGo } from "../go-build";
import { record } from "../receipt";
import { controlPlaneGoVersion } from "../versions";
import { type ControlPlanePrograms, complete, type FoundProgram, findPrograms, namesOf, storeFolder } from "./find";
import { type ProgramGroup, programGroups } from "./programs";

/**
 * The programs of a control plane: found on PATH, in the folder that KUBEBUILDER_ASSETS names or in the user's cache,
 * else built once from their Go modules (6 to 8 minutes on two cores). `say` gets the lines that a person should see.
 * Nothing where they are missing and there is no Go to build them.
 */
export async function ensureControlPlane(
	say: (line: string) => void,
	environment: NodeJS.ProcessEnv = process.env,
): Promise<ControlPlanePrograms | undefined> {
	const found = complete(await findPrograms(environment));
	if (found !== undefined || !canBuild(await installedGo(environment), controlPlaneGoVersion)) {
		return found;
	}
	const store = storeFolder(environment);
	mkdirSync(store, { recursive: true });
	const release = await lock(store, { stale: 20_000, retries: { retries: 900, minTimeout: 1_000, maxTimeout: 1_000 } });
	try {
		for (const group of programGroups) {
			await build(group, await findPrograms(environment), { store, say, environment });
		}
		sweep(store);
		return complete(await findPrograms(environment));
	} finally {
		await release();
	}
}

/** Removes what an interrupted build left; nobody builds while the store is locked. */
function sweep(store: string): void {
	for (const name of readdirSync(store).filter((each) => each.startsWith("building-"))) {
		rmSync(join(store, name), { recursive: true, force: true });
	}
}

async function build(
	group: ProgramGroup,
	found: readonly FoundProgram[],
	{ store, say, environment }: { store: string; say: (line: string) => void; environment: NodeJS.ProcessEnv },
): Promise<void> {
	const missing = namesOf(group).filter((name) => !found.some((each) => each.name === name));
	if (missing.length === 0) {
		return;
	}
	say(`Building ${group.what} for the sandbox's clusters, once for this user: ${missing.join(", ")} ...`);
	await buildPrograms(store, group, say, { ...environment, CGO_ENABLED: "0" });
	for (const name of namesOf(group)) {
		record(join(store, name), group.version, "build");
	}
}
