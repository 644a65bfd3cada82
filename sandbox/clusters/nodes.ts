import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { kubernetesVersion } from "../../toolchain/control-plane/programs";
import type { SimulatedNode } from "../nodes/node";
import type { ClusterClient } from "./cluster-client";
import type { Manifest } from "./manifest";

/** How long nodes may take to become ready, in milliseconds. */
const readyMs = 30_000;

/** Annotation that holds a digest of what the pool decides of a node: the API server writes amounts in its own way. */
const formAnnotation = "meridian.dev/form";

/** The node as the API server takes it from a kubelet that registers. */
export function nodeManifest(node: SimulatedNode): Manifest {
	const { name, labels, taints, capacity, allocatable, providerId } = node;
	return {
		apiVersion: "v1",
		kind: "Node",
		metadata: {
			name,
			labels: { ...labels },
			annotations: { "meridian.dev/simulated": "true", [formAnnotation]: formOf(node) },
		},
		spec: { providerID: providerId, ...(taints.length > 0 ? { taints: [...taints] } : {}) },
		status: { capacity: { ...capacity }, allocatable: { ...allocatable }, nodeInfo: nodeInfo(node) },
	};
}

function formOf(node: SimulatedNode): string {
	return createHash("sha256").update(JSON.stringify(node)).digest("hex").slice(0, 16);
}

/** What `kubectl get nodes` shows of a machine; the fields are all required. */
function nodeInfo({ labels, providerId }: SimulatedNode): object {
	return {
		architecture: labels["kubernetes.io/arch"] ?? "amd64",
		bootID: "",
		containerRuntimeVersion: "simulated://",
		kernelVersion: "",
		kubeProxyVersion: "",
		kubeletVersion: `v${kubernetesVersion}`,
		machineID: "",
		operatingSystem: "linux",
		osImage: "simulated by kwok",
		systemUUID: providerId,
	};
}

/** What a cluster lacks of its nodes, what it has too many, and what changed so that a node must be made anew. */
export interface NodeChanges {
	readonly create: readonly SimulatedNode[];
	readonly remove: readonly string[];
}

/** Compares the nodes that a cluster should have with those that it has. */
export function nodeChanges(wanted: readonly SimulatedNode[], there: readonly Manifest[]): NodeChanges {
	const present = new Map(there.map((node) => [node.metadata.name, node]));
	const stays = (node: SimulatedNode): boolean =>
		present.get(node.name)?.metadata.annotations?.[formAnnotation] === formOf(node);
	const kept = new Set(wanted.filter(stays).map(({ name }) => name));
	return {
		create: wanted.filter(({ name }) => !kept.has(name)),
		remove: [...present.keys()].filter((name) => !kept.has(name)),
	};
}

function field(manifest: Manifest, outer: string, inner: string): unknown {
	const bag = manifest[outer];
	return typeof bag === "object" && bag !== null ? Reflect.get(bag, inner) : undefined;
}

/** Gives a cluster the nodes that it should have, and waits until they are ready. */
export async function syncNodes(client: ClusterClient, wanted: readonly SimulatedNode[]): Promise<void> {
	const { create, remove } = nodeChanges(wanted, await client.list("v1", "Node"));
	for (const name of remove) {
		await empty(client, name);
		await client.remove({ apiVersion: "v1", kind: "Node", metadata: { name } });
	}
	await Promise.all(create.map((node) => client.create(nodeManifest(node), { fieldManager: "meridian-sandbox" })));
	if (create.length > 0) {
		await ready(client, new Set(create.map(({ name }) => name)));
	}
}

/** A machine that goes takes its pods along; their controllers make new ones elsewhere. */
async function empty(client: ClusterClient, node: string): Promise<void> {
	const pods = (await client.list("v1", "Pod")).filter((pod) => field(pod, "spec", "nodeName") === node);
	await Promise.all(
		pods.map(({ metadata }) =>
			client.remove({
				apiVersion: "v1",
				kind: "Pod",
				metadata: { name: metadata.name, namespace: metadata.namespace ?? "default" },
			}),
		),
	);
}

async function ready(client: ClusterClient, names: ReadonlySet<string>): Promise<void> {
	const end = Date.now() + readyMs;
	for (;;) {
		const waiting = (await client.list("v1", "Node")).filter((node) => names.has(node.metadata.name) && !isReady(node));
		if (waiting.length === 0) {
			return;
		}
		if (Date.now() > end) {
			const some = waiting.slice(0, 3).map((node) => node.metadata.name);
			throw new Error(`${waiting.length} nodes are not ready within ${readyMs / 1000} s: ${some.join(", ")}`);
		}
		await delay(100);
	}
}

/** True where the node's kubelet, which kwok stands for, says that it is ready. */
export function isReady(node: Manifest): boolean {
	const conditions = field(node, "status", "conditions");
	return (
		Array.isArray(conditions) &&
		conditions.some((condition) => condition?.type === "Ready" && condition?.status === "True")
	);
}
