import { delimiter, join } from "node:path";
import { cacheFolder } from "../../lib/folders";
import { isExecutable, onPath, runCommand } from "../command";
import { forget, isIntact, isOlderThanItsReceipt, readReceipt } from "../receipt";
import { compareVersions } from "../versions";
import { kubernetesVersion, type ProgramGroup, type ProgramName, programGroups } from "./programs";

/** A program of a control plane that is ready to run. */
export interface FoundProgram {
	readonly name: ProgramName;
	/** Full path of the executable. */
	readonly command: string;
	readonly version: string;
	readonly source: "PATH" | "cache";
}

/** All programs of a control plane, by name. */
export type ControlPlanePrograms = { readonly [name in ProgramName]: string };

/** Names of a group's programs. */
export function namesOf(group: ProgramGroup): ProgramName[] {
	return allNames.filter((name) => group.programs[name] !== undefined);
}

const allNames: readonly ProgramName[] = [
	"kube-apiserver",
	"kube-controller-manager",
	"kube-scheduler",
	"etcd",
	"kwok",
];

/** The programs that are ready now, without building anything: those on PATH, then those in the user's cache. */
export async function findPrograms(environment: NodeJS.ProcessEnv = process.env): Promise<FoundProgram[]> {
	const found = programGroups.flatMap((group) =>
		namesOf(group).map(async (name) => (await elsewhere(group, name, environment)) ?? cached(group, name, environment)),
	);
	return (await Promise.all(found)).filter((program) => program !== undefined);
}

/** The commands of a complete control plane, or nothing where a program is missing. */
export function complete(found: readonly FoundProgram[]): ControlPlanePrograms | undefined {
	const command = (name: ProgramName): string | undefined => found.find((each) => each.name === name)?.command;
	const [apiserver, manager, scheduler] = [
		command("kube-apiserver"),
		command("kube-controller-manager"),
		command("kube-scheduler"),
	];
	const [etcd, kwok] = [command("etcd"), command("kwok")];
	if (!apiserver || !manager || !scheduler || !etcd || !kwok) {
		return undefined;
	}
	return {
		"kube-apiserver": apiserver,
		"kube-controller-manager": manager,
		"kube-scheduler": scheduler,
		etcd,
		kwok,
	};
}

/** Folder of the user's cache that holds the programs. */
export function storeFolder(environment: NodeJS.ProcessEnv = process.env): string {
	return join(cacheFolder(environment), "control-plane", kubernetesVersion);
}

/** A program that the user has: in the folder that envtest uses, or on PATH, of a version that fits. */
async function elsewhere(
	group: ProgramGroup,
	name: ProgramName,
	environment: NodeJS.ProcessEnv,
): Promise<FoundProgram | undefined> {
	const folders = [environment.KUBEBUILDER_ASSETS, environment.PATH].filter((each) => each !== undefined);
	const command = onPath(name, folders.join(delimiter));
	const version = command === undefined ? undefined : await versionOf(command, group);
	return command && version && fits(group, version) ? { name, command, version, source: "PATH" } : undefined;
}

/** True where a program of another version can stand for the pinned one. */
export function fits({ version, fits: rule }: Pick<ProgramGroup, "version" | "fits">, other: string): boolean {
	const sameMinor = minorOf(version) === minorOf(other);
	return rule === "minor" ? sameMinor : compareVersions(other, version) >= 0;
}

function minorOf(version: string): string {
	return version.split(".").slice(0, 2).join(".");
}

/** The program that was built here, where it is what was recorded. */
function cached(group: ProgramGroup, name: ProgramName, environment: NodeJS.ProcessEnv): FoundProgram | undefined {
	const command = join(storeFolder(environment), name);
	const receipt = readReceipt(command);
	if (receipt === undefined || receipt.version !== group.version || !isExecutable(command)) {
		return undefined;
	}
	if (!isOlderThanItsReceipt(command) && !isIntact(command)) {
		forget(command);
		return undefined;
	}
	return { name, command, version: receipt.version, source: "cache" };
}

async function versionOf(command: string, group: ProgramGroup): Promise<string | undefined> {
	try {
		const { code, stdout } = await runCommand(command, ["--version"], { timeoutMs: 30_000 });
		return code === 0 ? group.printed.exec(stdout)?.[1] : undefined;
	} catch {
		return undefined;
	}
}
