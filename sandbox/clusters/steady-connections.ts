import { Agent, type RequestOptions } from "node:https";
import type { KubeConfig, RequestContext, SecurityAuthentication } from "@kubernetes/client-node";

/** How a client proves who it is, on connections that it keeps: one by one they would cost 15 ms a request. */
export class SteadyConnections implements SecurityAuthentication {
	private options: Promise<RequestOptions> | undefined;

	constructor(private readonly config: KubeConfig) {}

	getName(): string {
		return "kubeconfig";
	}

	async applySecurityAuthentication(context: RequestContext): Promise<void> {
		this.options ??= this.connect();
		const { agent, headers } = await this.options;
		if (agent instanceof Agent) {
			context.setAgent(agent);
		}
		// Whom the kubeconfig acts for.
		for (const [name, value] of Object.entries(headers ?? {})) {
			context.setHeaderParam(name, String(value));
		}
	}

	/** Closes the connections. */
	async close(): Promise<void> {
		const { agent } = (await this.options) ?? {};
		if (agent instanceof Agent) {
			agent.destroy();
		}
	}

	private async connect(): Promise<RequestOptions> {
		const options: RequestOptions = {};
		await this.config.applyToHTTPSOptions(options);
		const { agent } = options;
		return { ...options, agent: new Agent({ ...(agent instanceof Agent ? agent.options : {}), keepAlive: true }) };
	}
}
