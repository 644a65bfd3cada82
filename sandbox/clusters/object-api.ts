import {
	createConfiguration,
	HttpMethod,
	type KubeConfig,
	KubernetesObjectApi,
	ServerConfiguration,
} from "@kubernetes/client-node";
import { CloudError } from "../server/calls";
import type { Manifest, ObjectName } from "./manifest";
import { patiently } from "./patience";
import { SteadyConnections } from "./steady-connections";

/** Questions that a request carries besides its path. */
type Query = { readonly [name: string]: string };

/**
 * Objects of any kind as they are. The client's own methods send only the fields that its version knows and write names
 * in lower case, so that a misspelt field would be dropped before the API server could refuse it.
 */
export class ObjectApi extends KubernetesObjectApi {
	private readonly connections: SteadyConnections;

	constructor(config: KubeConfig) {
		const server = config.getCurrentCluster()?.server;
		if (server === undefined) {
			throw new Error("the kubeconfig names no cluster");
		}
		const connections = new SteadyConnections(config);
		super(
			createConfiguration({
				baseServer: new ServerConfiguration(server, {}),
				authMethods: { default: connections },
			}),
		);
		this.connections = connections;
	}

	/** Closes the connections to the API server. */
	close(): Promise<void> {
		return this.connections.close();
	}

	/** Sends an object, or a part of it, under its path; fields that its kind does not have are refused. */
	async send(
		method: HttpMethod.POST | HttpMethod.PATCH,
		manifest: Manifest,
		options: { readonly contentType: string; readonly query?: Query; readonly part?: "status" },
	): Promise<Manifest> {
		const whole = await this.pathOf(manifest.apiVersion, manifest.kind, {
			...(manifest.metadata.namespace === undefined ? {} : { namespace: manifest.metadata.namespace }),
			...(method === HttpMethod.PATCH ? { name: manifest.metadata.name } : {}),
		});
		const path = options.part === undefined ? whole : `${whole}/${options.part}`;
		const query = { fieldValidation: "Strict", ...options.query };
		return this.ask(method, path, { ...options, query, body: JSON.stringify(manifest) });
	}

	/** Reads one object. */
	async get({ apiVersion, kind, metadata }: ObjectName): Promise<Manifest> {
		return this.ask(HttpMethod.GET, await this.pathOf(apiVersion, kind, metadata));
	}

	/** Reads all objects of a kind, of one namespace where one is named. */
	async getAll(apiVersion: string, kind: string, namespace?: string): Promise<Manifest[]> {
		const path = await this.pathOf(apiVersion, kind, namespace === undefined ? {} : { namespace });
		const { items } = await this.ask(HttpMethod.GET, path);
		// Objects of a list do not repeat what they are.
		return Array.isArray(items) ? items.map((item) => ({ apiVersion, kind, ...item })) : [];
	}

	/** Deletes an object; what it owns goes after it. */
	async erase({ apiVersion, kind, metadata }: ObjectName): Promise<void> {
		const path = await this.pathOf(apiVersion, kind, metadata);
		await this.ask(HttpMethod.DELETE, path, { query: { propagationPolicy: "Background" } });
	}

	/** True where the API server serves a kind. */
	async serves(apiVersion: string, kind: string): Promise<boolean> {
		try {
			return (await this.resource(apiVersion, kind)) !== undefined;
		} catch {
			return false;
		}
	}

	private async pathOf(
		apiVersion: string,
		kind: string,
		place: { readonly name?: string; readonly namespace?: string },
	): Promise<string> {
		const resource = await patiently(() => this.resource(apiVersion, kind));
		if (resource === undefined) {
			throw new CloudError(
				`the cluster knows no kind ${kind} of ${apiVersion}: install what defines it first, and depend on it`,
			);
		}
		const everywhere = place.name === undefined && place.namespace === undefined;
		const within = resource.namespaced && !everywhere ? ["namespaces", place.namespace ?? "default"] : [];
		const name = place.name === undefined ? [] : [place.name];
		const steps = [...within, resource.name, ...name].map(encodeURIComponent);
		return [this.apiVersionPath(apiVersion), ...steps].join("/");
	}

	private async ask(
		method: HttpMethod,
		path: string,
		options: { readonly query?: Query; readonly contentType?: string; readonly body?: string } = {},
	): Promise<Manifest> {
		const context = this.configuration.baseServer.makeRequestContext(path, method);
		context.setHeaderParam("Accept", "application/json");
		for (const [name, value] of Object.entries(options.query ?? {})) {
			context.setQueryParam(name, value);
		}
		if (options.body !== undefined) {
			context.setHeaderParam("Content-Type", options.contentType ?? "application/json");
			context.setBody(options.body);
		}
		// As it is: the client's own types would drop what they do not know.
		return patiently(() => this.requestPromise<Manifest>(context, "any"));
	}
}
