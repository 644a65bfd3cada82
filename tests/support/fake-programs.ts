import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes a program of a test's own, a shell script. Gives its path. */
export function writeScript(folder: string, name: string, script: string): string {
	const file = join(folder, name);
	mkdirSync(folder, { recursive: true });
	writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
	return file;
}

/** Versions that the fake programs of a control plane print. */
export interface FakeVersions {
	readonly kubernetes: string;
	readonly etcd: string;
	readonly kwok: string;
}

/** Writes programs that print a version as those of a control plane do (checked 2026-11-21) and do nothing else. */
export function writeControlPlane(folder: string, { kubernetes, etcd, kwok }: FakeVersions): void {
	for (const name of ["kube-apiserver", "kube-controller-manager", "kube-scheduler"]) {
		writeScript(folder, name, `echo Kubernetes v${kubernetes}`);
	}
	writeScript(folder, "etcd", `echo etcd Version: ${etcd}\necho Go Version: go1.26.8`);
	writeScript(folder, "kwok", `echo 'kwok version v${kwok} go1.26.8 (linux/amd64)'`);
}
