import type { Properties } from "../../lib/values";
import { type BalancerAddress, balancerStatus, waitingServices } from "./balancers";
import type { ClusterClient } from "./cluster-client";
import { plain } from "./manifest";
import { reasonOf } from "./repeated-work";
import { zoneFor } from "./volume-zone";
import { claimsToServe, classOf, releasedVolumes, volumeFor } from "./volumes";

const fieldManager = "meridian-sandbox";

/** What the controllers ask of an API server. */
export type Objects = Pick<ClusterClient, "apply" | "applyStatus" | "list" | "remove">;

/** What a cloud decides of the work of its controllers. */
export interface Duties {
	/** The address of the load balancer of a Service; the same whenever it is asked for. */
	readonly balancerAddress: (namespace: string, name: string) => BalancerAddress;
}

/**
 * Gives every Service and claim of a cluster what it waits for, and removes volumes that nobody has any more. What can
 * be done is done; throws afterwards with all that failed.
 */
export async function reconcile(client: Objects, { balancerAddress }: Duties): Promise<void> {
	await all([serveServices(client, balancerAddress), serveClaims(client)]);
}

async function serveServices(client: Objects, address: Duties["balancerAddress"]): Promise<void> {
	const waiting = waitingServices(await list(client, "v1", "Service"), address);
	await all(waiting.map((service) => client.applyStatus(balancerStatus(service), fieldManager)));
}

async function serveClaims(client: Objects): Promise<void> {
	const [claims, volumes, classes] = await Promise.all([
		list(client, "v1", "PersistentVolumeClaim"),
		list(client, "v1", "PersistentVolume"),
		list(client, "storage.k8s.io/v1", "StorageClass"),
	]);
	const waiting = claimsToServe(claims, classes, volumes);
	const nodes = waiting.length > 0 ? await list(client, "v1", "Node") : [];
	const made = waiting.map((claim) => {
		const storageClass = classOf(claim, classes) ?? {};
		const volume = volumeFor(claim, storageClass, zoneFor(claim, storageClass, nodes));
		return client.apply(volume, { fieldManager, force: true });
	});
	await all([...made, ...releasedVolumes(volumes).map((name) => client.remove(name))]);
}

async function list(client: Objects, apiVersion: string, kind: string): Promise<Properties[]> {
	return (await client.list(apiVersion, kind)).map(plain);
}

/** Waits for every call, so that one that fails keeps no other from being done. */
async function all(calls: readonly Promise<unknown>[]): Promise<void> {
	const failed = (await Promise.allSettled(calls)).flatMap((result) =>
		result.status === "rejected" ? [result.reason] : [],
	);
	if (failed.length > 0) {
		throw new AggregateError(failed, failed.map(reasonOf).join("; "));
	}
}
