import { ApiException, HttpMethod, KubeConfig } from "@kubernetes/client-node";
import { CloudError } from "../server/calls";
import type { Manifest, ObjectName } from "./manifest";
import { ObjectApi } from "./object-api";

/** How an object is applied. */
export interface ApplyOptions {
	/** Who owns the fields that are set; two owners of one field are a conflict. */
	readonly fieldManager: string;
	/** True to have the API server judge it without keeping it. */
	readonly dryRun?: boolean;
	/** True to take fields from other owners. */
	readonly force?: boolean;
}

/** Talks to a cluster's API server as its administrator. */
export class ClusterClient {
	private readonly api: ObjectApi;

	/** `user` is whom it acts for, as `kubectl --as` does; as itself unless said. */
	constructor(kubeconfigFile: string, user?: string) {
		const config = new KubeConfig();
		config.loadFromFile(kubeconfigFile);
		if (user !== undefined) {
			config.users = config.users.map((each) => ({ ...each, impersonateUser: user }));
		}
		this.api = new ObjectApi(config);
	}

	/** Closes its connections. */
	close(): Promise<void> {
		return this.api.close();
	}

	/** Server-side apply: makes the object or changes the fields that are given; gives it as it then is. */
	async apply(manifest: Manifest, { force, ...options }: ApplyOptions): Promise<Manifest> {
		const query = { ...asked(options), ...(force ? { force: "true" } : {}) };
		const contentType = "application/apply-patch+yaml";
		return answered(() => this.api.send(HttpMethod.PATCH, manifest, { contentType, query }));
	}

	/**
	 * Makes the object as it is given, its status too where the kind takes one from whoever registers it. Refused where
	 * it exists.
	 */
	async create(manifest: Manifest, options: Omit<ApplyOptions, "force">): Promise<Manifest> {
		const query = asked(options);
		return answered(() => this.api.send(HttpMethod.POST, manifest, { contentType: "application/json", query }));
	}

	/** Sets fields of an object's status, as its kind's controller does. Refused where there is no such object. */
	async applyStatus(manifest: Manifest, fieldManager: string): Promise<Manifest> {
		const query = { fieldManager, force: "true" };
		const contentType = "application/apply-patch+yaml";
		return answered(() => this.api.send(HttpMethod.PATCH, manifest, { contentType, query, part: "status" }));
	}

	/** True where objects of a kind can be made now. */
	serves(apiVersion: string, kind: string): Promise<boolean> {
		return this.api.serves(apiVersion, kind);
	}

	/** The object, or nothing where there is none. */
	async read(name: ObjectName): Promise<Manifest | undefined> {
		return foundOrNothing(() => this.api.get(name));
	}

	/** All objects of a kind, of one namespace where one is named. */
	async list(apiVersion: string, kind: string, namespace?: string): Promise<Manifest[]> {
		return answered(() => this.api.getAll(apiVersion, kind, namespace));
	}

	/** Deletes the object and what it owns; nothing happens where there is none. */
	async remove(name: ObjectName): Promise<void> {
		await foundOrNothing(() => this.api.erase(name));
	}
}

function asked({ fieldManager, dryRun }: Omit<ApplyOptions, "force">): { readonly [name: string]: string } {
	return { fieldManager, ...(dryRun ? { dryRun: "All" } : {}) };
}

async function foundOrNothing<T>(call: () => Promise<T>): Promise<T | undefined> {
	try {
		return await call();
	} catch (error) {
		if (error instanceof ApiException && error.code === 404) {
			return undefined;
		}
		throw refusal(error);
	}
}

async function answered<T>(call: () => Promise<T>): Promise<T> {
	try {
		return await call();
	} catch (error) {
		throw refusal(error);
	}
}

/** The API server's own words. */
function refusal(error: unknown): unknown {
	if (!(error instanceof ApiException)) {
		return isLostConnection(error)
			? new CloudError("the cluster's API server does not answer: its control plane has ended; run the command again")
			: error;
	}
	const status: unknown = typeof error.body === "string" ? parsed(error.body) : error.body;
	const message = typeof status === "object" && status !== null ? Reflect.get(status, "message") : undefined;
	return new CloudError(typeof message === "string" ? message : `the API server answers ${error.code}: ${error.body}`);
}

function isLostConnection(error: unknown): boolean {
	const code = typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
	return ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ERR_STREAM_PREMATURE_CLOSE"].includes(String(code));
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
