import { isObject, type Properties, type Value } from "../../lib/values";
import { factsFor } from "../facts";
import { objectKey } from "../inventory/inventory";
import type { Fault, Scope, World } from "../model";
import type { SandboxPackage } from "../package";
import { kubernetesModels } from "./registry";

/** A cluster type of an emulated cloud. */
interface ClusterType {
	readonly type: string;
	/** Output that holds the API server's address, or its host. */
	readonly endpoint: string;
	/** What stands before and after that output in the server's address. */
	readonly before?: string;
	readonly after?: string;
}

const clusterTypes: readonly ClusterType[] = [
	{ type: "aws:eks/cluster:Cluster", endpoint: "endpoint" },
	{ type: "gcp:container/cluster:Cluster", endpoint: "endpoint", before: "https://" },
	{ type: "azure-native:containerservice:ManagedCluster", endpoint: "privateFQDN", before: "https://", after: ":443" },
	{ type: "azure-native:containerservice:ManagedCluster", endpoint: "fqdn", before: "https://", after: ":443" },
];

/** The emulated Kubernetes: a provider instance works in the cluster that its kubeconfig names. */
export const kubernetesPackage: SandboxPackage = {
	name: "kubernetes",
	version: factsFor("kubernetes").version,
	models: kubernetesModels,
	inCluster: true,
	scopeOf,
};

/** Whom a kubeconfig acts for (`as` of its user), or nothing where its user acts for itself. */
export function actingUser(config: Properties): string | undefined {
	const kubeconfig = parsed(config.kubeconfig);
	const user = kubeconfig && current(kubeconfig, "users", "user");
	return typeof user?.as === "string" ? user.as : undefined;
}

/** Finds the cluster by the server's address, as a client would; no cluster there is what a client would see too. */
function scopeOf(config: Properties, world: World): { scope: Scope } | { faults: Fault[] } {
	const kubeconfig = parsed(config.kubeconfig);
	if (kubeconfig === undefined) {
		return fault("must be the JSON text of a kubeconfig; the sandbox never reads the one of the machine");
	}
	const server = current(kubeconfig, "clusters", "cluster")?.server;
	const user = current(kubeconfig, "users", "user");
	if (typeof server !== "string" || user === undefined) {
		return fault("must name a server and a user in its current context");
	}
	if (!isObject(user.exec) && typeof user["client-certificate"] !== "string") {
		return fault(
			"gives its user neither an exec plugin nor a client certificate; the API server answers 401 Unauthorized",
		);
	}
	const cluster = clusterTypes.flatMap((type) => clustersAt(server, type, world))[0];
	if (cluster === undefined) {
		return fault(`names ${server}, where no cluster answers`);
	}
	return { scope: { account: objectKey(cluster), region: "global" } };
}

function clustersAt(server: string, { type, endpoint, before = "", after = "" }: ClusterType, world: World) {
	const framed = server.startsWith(before) && server.endsWith(after);
	return framed ? world.find([type], endpoint, server.slice(before.length, server.length - after.length)) : [];
}

function fault(reason: string): { faults: Fault[] } {
	return { faults: [{ property: "kubeconfig", reason }] };
}

function parsed(text: Value | undefined): Properties | undefined {
	if (typeof text !== "string") {
		return undefined;
	}
	try {
		const value: Value = JSON.parse(text);
		return isObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/** The cluster or user that the current context names. */
function current(
	kubeconfig: Properties,
	list: "clusters" | "users",
	field: "cluster" | "user",
): Properties | undefined {
	const context = entry(kubeconfig.contexts, kubeconfig["current-context"], "context");
	return entry(kubeconfig[list], context?.[field], field);
}

function entry(list: Value | undefined, name: Value | undefined, field: string): Properties | undefined {
	const found = Array.isArray(list) ? list.find((item) => isObject(item) && item.name === name) : undefined;
	const value = isObject(found) ? found[field] : undefined;
	return isObject(value) ? value : undefined;
}
