import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { join } from "node:path";
import { ExitCode } from "../../lib/errors";
import { projectRoot } from "../../lib/folders";
import { runningSandbox } from "../../sandbox/client";
import { wantsRealClusters } from "../../sandbox/cluster-programs";
import { realCredentials } from "../../sandbox/credentials";
import { ensureCli, findCli } from "../../toolchain/cli";
import { ensureControlPlane } from "../../toolchain/control-plane/ensure";
import { findPrograms, namesOf } from "../../toolchain/control-plane/find";
import { kubernetesVersion, programGroups } from "../../toolchain/control-plane/programs";
import { canBuild, installedGo } from "../../toolchain/go-build";
import {
	compareVersions,
	controlPlaneGoVersion,
	goVersion,
	nodeVersion,
	pulumiVersion,
} from "../../toolchain/versions";
import type { Console } from "../console";

/** One thing that the platform needs. `mend` is the one command that puts it right. */
interface Diagnosis {
	readonly what: string;
	readonly state: "ok" | "note" | "missing";
	readonly detail: string;
	readonly mend?: string;
}

/** Disk that the builds and their modules take, in GiB. Measured on 2026-11-21. */
const buildDiskGib = 8;

/** Says what is there, what is missing, and the one command that mends it. Fails where something is missing. */
export async function doctor(
	options: { readonly json: boolean; readonly install: boolean },
	console: Console,
): Promise<ExitCode> {
	if (options.install) {
		await ensureCli(console.say);
		await ensureControlPlane(console.say);
	}
	const diagnoses = [
		node(),
		packages(),
		await cli(),
		await clusters(),
		await go(),
		await sandbox(),
		credentials(),
		await disk(),
	];
	const missing = diagnoses.filter((diagnosis) => diagnosis.state === "missing");
	if (options.json) {
		console.data(`${JSON.stringify({ schemaVersion: 1, diagnoses }, null, 2)}\n`);
	} else {
		const lines = diagnoses.flatMap(({ what, state, detail, mend }) => [
			`${marks[state]} ${what.padEnd(16)} ${detail}`,
			...(mend ? [`${" ".repeat(21)}to mend it: ${mend}`] : []),
		]);
		const verdict = missing.length === 0 ? "Everything is there." : `${missing.length} missing.`;
		console.data(`${[...lines, "", verdict].join("\n")}\n`);
	}
	return missing.length === 0 ? ExitCode.ok : ExitCode.failed;
}

const marks = { ok: "ok  ", note: "note", missing: "MISS" } as const;

function node(): Diagnosis {
	const fits = compareVersions(process.version, nodeVersion) >= 0;
	const detail = `${process.version}, ${nodeVersion} or later is needed`;
	return {
		what: "Node.js",
		state: fits ? "ok" : "missing",
		detail,
		...(fits ? {} : { mend: "install a newer Node.js" }),
	};
}

function packages(): Diagnosis {
	const installed = existsSync(join(projectRoot, "node_modules", "@pulumi", "pulumi"));
	return installed
		? { what: "npm packages", state: "ok", detail: "installed" }
		: { what: "npm packages", state: "missing", detail: "not installed", mend: "npm ci" };
}

async function cli(): Promise<Diagnosis> {
	const found = await findCli();
	if (found) {
		return { what: "Pulumi CLI", state: "ok", detail: `${found.version} from ${found.source}: ${found.command}` };
	}
	const buildable = canBuild(await installedGo());
	return {
		what: "Pulumi CLI",
		state: buildable ? "note" : "missing",
		detail: `none of ${pulumiVersion} or later on PATH or in the cache${buildable ? "; the first meridian up downloads or builds it" : ""}`,
		mend: buildable
			? "meridian doctor --install"
			: `install Go ${goVersion} or later, or Pulumi ${pulumiVersion} or later`,
	};
}

async function clusters(): Promise<Diagnosis> {
	const found = await findPrograms();
	const missing = programGroups.flatMap(namesOf).filter((name) => !found.some((each) => each.name === name));
	if (missing.length === 0) {
		const sources = [...new Set(found.map(({ source }) => source))].join(" and ");
		const detail = `Kubernetes ${kubernetesVersion.split(".").slice(0, 2).join(".")} for the sandbox from ${sources}`;
		return wantsRealClusters()
			? { what: "Control planes", state: "ok", detail }
			: { what: "Control planes", state: "note", detail: `${detail}; not used, as MERIDIAN_SANDBOX_CLUSTERS says` };
	}
	const buildable = canBuild(await installedGo(), controlPlaneGoVersion);
	const then = buildable ? "the first meridian up builds them" : "clusters of the sandbox are emulated";
	return {
		what: "Control planes",
		state: "note",
		detail: `${missing.join(", ")} not on PATH, in KUBEBUILDER_ASSETS or in the cache; ${then}`,
		mend: buildable ? "meridian doctor --install" : `install Go ${controlPlaneGoVersion} or later`,
	};
}

async function go(): Promise<Diagnosis> {
	const version = await installedGo();
	const detail = version === undefined ? "none" : version;
	return {
		what: "Go",
		state: canBuild(version) ? "ok" : "note",
		detail: `${detail}; only needed to build the CLI (${goVersion} or later) and control planes (${controlPlaneGoVersion} or later)`,
	};
}

async function sandbox(): Promise<Diagnosis> {
	const state = await runningSandbox();
	const ports = Object.entries(state?.ports ?? {}).map(([name, port]) => `${name} on 127.0.0.1:${port}`);
	return {
		what: "Sandbox",
		state: "ok",
		detail: state
			? `running, process ${state.pid}: ${ports.join(", ")}`
			: "not running; it starts when a command needs it",
	};
}

function credentials(): Diagnosis {
	const names = realCredentials(process.env);
	if (names.length === 0) {
		return { what: "Credentials", state: "ok", detail: "none that look real in the environment" };
	}
	return {
		what: "Credentials",
		state: "note",
		detail: `${names.join(", ")} look real; the sandbox refuses to run beside them`,
		mend: `unset ${names.join(" ")}`,
	};
}

async function disk(): Promise<Diagnosis> {
	const { bavail, bsize } = await statfs(projectRoot);
	const free = Math.floor((bavail * bsize) / 1024 ** 3);
	const fits = free >= buildDiskGib;
	return {
		what: "Disk",
		state: fits ? "ok" : "note",
		detail: `${free} GiB free; building the CLI and control planes takes ${buildDiskGib} GiB`,
	};
}
