import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { lock } from "proper-lockfile";
import type { CustomKind } from "../../catalogue/kubernetes/custom-kind";
import type { ControlPlanePrograms } from "../../toolchain/control-plane/find";
import { ControlPlane } from "../control-plane/control-plane";
import { eraseKeys } from "../control-plane/etcd-keys";
import type { Guard } from "../control-plane/guard";
import { layoutOf } from "../control-plane/layout";
import { ClusterClient } from "./cluster-client";
import { defineKinds, definitionOf } from "./definition";

/** Counts up when what is prepared changes other than by its kinds. */
const form = 1;

/**
 * What the API server keeps of itself, its address range and its authority: each cluster has its own. Source: the keys
 * of an etcd behind kube-apiserver 1.36, listed 2026-11-21.
 */
const ownKeys = [
	"/registry/configmaps/kube-system/extension-apiserver-authentication",
	"/registry/endpointslices/default/kubernetes",
	"/registry/ipaddresses/",
	"/registry/leases/kube-system/apiserver-",
	"/registry/masterleases/",
	"/registry/ranges/",
	"/registry/servicecidrs/",
	"/registry/services/",
];

/** Where prepared data is kept and how it is made. */
export interface PreparedOptions {
	/** Folder that holds one folder for each set of kinds. */
	readonly store: string;
	readonly programs: ControlPlanePrograms;
	readonly guard: Guard;
}

/**
 * Data folder of an etcd in which the API server's own objects are and kinds are established, for new clusters to begin
 * with. Made once for each set of kinds; a cluster that begins with a copy is ready in half the time.
 */
export async function preparedEtcd(kinds: readonly CustomKind[], options: PreparedOptions): Promise<string> {
	const content = JSON.stringify([form, options.programs["kube-apiserver"], kinds.map(definitionOf)]);
	const digest = createHash("sha256").update(content).digest("hex").slice(0, 12);
	const folder = join(options.store, `prepared-${digest}`);
	if (!existsSync(folder)) {
		mkdirSync(options.store, { recursive: true });
		const release = await lock(options.store, {
			stale: 20_000,
			retries: { retries: 240, minTimeout: 250, maxTimeout: 500 },
		});
		try {
			if (!existsSync(folder)) {
				await prepare(folder, kinds, options);
			}
		} finally {
			await release();
		}
	}
	return folder;
}

async function prepare(target: string, kinds: readonly CustomKind[], options: PreparedOptions): Promise<void> {
	const scratch = mkdtempSync(join(options.store, "preparing-"));
	try {
		const plane = await ControlPlane.start({
			cluster: "prepared",
			folder: scratch,
			programs: options.programs,
			// Nobody uses these: what depends on them is erased below.
			settings: { services: "10.0.0.0/24", pods: "10.1.0.0/16", issuer: "https://prepared.invalid" },
			guard: options.guard,
			bare: true,
		});
		try {
			const client = new ClusterClient(plane.layout.kubeconfig("sandbox"));
			await defineKinds(client, kinds).finally(() => client.close());
			await plane.stopServing();
			await eraseKeys(plane.layout, plane.storage, ownKeys);
		} finally {
			await plane.stop();
		}
		renameSync(layoutOf(scratch).data, target);
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}
