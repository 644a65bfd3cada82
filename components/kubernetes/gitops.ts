import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { chart, requestValues } from "../../catalogue/charts";
import { type AllowedTraffic, IsolatedNamespace } from "./namespace";

const namespaceName = "argocd";

/** Within the namespace, and out to the API server and to repositories; never to the metadata address. */
const traffic: readonly AllowedTraffic[] = [
	{ name: "itself", ingress: [{ from: [{ podSelector: {} }] }], egress: [{ to: [{ podSelector: {} }] }] },
	{
		name: "https",
		egress: [
			{
				to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.169.254/32"] } }],
				ports: [{ protocol: "TCP", port: 443 }],
			},
		],
	},
];

/** Argo CD, which keeps everything else in the cluster as it stands in Git. */
export class GitOps extends pulumi.ComponentResource {
	constructor(
		name: string,
		args: {
			readonly waitFor: readonly pulumi.Resource[];
			/** Where Redis comes from, a cache of Docker's official images; undefined for the chart's own registry. */
			readonly imageCache: string | undefined;
		},
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:kubernetes:GitOps", name, {}, opts);
		const namespace = new IsolatedNamespace(
			`${name}-namespace`,
			{ name: namespaceName, podSecurity: "restricted", allow: traffic },
			{ parent: this },
		);
		const argo = chart("argo-cd");
		new kubernetes.helm.v3.Release(
			name,
			{
				name: "argocd",
				namespace: namespace.name,
				chart: argo.name,
				version: argo.version,
				repositoryOpts: { repo: argo.repository },
				atomic: true,
				timeout: 600,
				values: values(args.imageCache),
			},
			// The release waits for its pods: without nodes and DNS it would time out, and be rolled back.
			{ parent: this, dependsOn: [...args.waitFor] },
		);
		this.registerOutputs({});
	}
}

/** Two of what decides whether the platform follows Git; requests from the catalogue for everything that runs. */
function values(imageCache: string | undefined): object {
	const { controller, server, repoServer, applicationSet, notifications, redis } = requestValues("argo-cd");
	return {
		// The chart's own policies would open the server to every namespace; ours let in only the namespace itself.
		global: { networkPolicy: { create: false } },
		configs: { params: { "server.insecure": false }, cm: { "exec.enabled": false, "admin.enabled": false } },
		controller: { replicas: 2, ...controller },
		server: { replicas: 2, ...server },
		repoServer: { replicas: 2, ...repoServer },
		applicationSet: { replicas: 2, ...applicationSet },
		notifications,
		redis: { ...redis, ...(imageCache ? { image: { repository: `${imageCache}/redis` } } : {}) },
		dex: { enabled: false },
	};
}
