import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { GitOps } from "./gitops";
import { IsolatedNamespace } from "./namespace";

/** The service account that loads model weights, which the cloud's identity is bound to. */
export const modelLoader = { namespace: "serving", name: "model-loader" } as const;

/** Namespaces of the platform's workload groups; their policies let nothing but DNS through until a system adds more. */
const groups = ["serving", "data", "platform", "monitoring"] as const;

/** What every new cluster gets, on every cloud alike: namespaces, service accounts, priorities, Argo CD. */
export class ClusterBootstrap extends pulumi.ComponentResource {
	constructor(name: string, opts: pulumi.ComponentResourceOptions) {
		super("meridian:kubernetes:ClusterBootstrap", name, {}, opts);
		const child = { parent: this };
		const namespaces = new Map(
			groups.map((group) => [
				group,
				new IsolatedNamespace(`${name}-${group}`, { name: group, podSecurity: "restricted" }, child),
			]),
		);
		new kubernetes.core.v1.ServiceAccount(
			`${name}-model-loader`,
			{
				metadata: { name: modelLoader.name, namespace: namespaces.get(modelLoader.namespace)?.name ?? "" },
				automountServiceAccountToken: false,
			},
			child,
		);
		for (const [priority, value] of priorities) {
			new kubernetes.scheduling.v1.PriorityClass(
				`${name}-${priority}`,
				{ metadata: { name: priority }, value, description: `Platform priority ${value}` },
				child,
			);
		}
		new GitOps(`${name}-gitops`, child);
		this.registerOutputs({});
	}
}

/** Higher goes first; Kubernetes keeps values above 1,000,000,000 for itself. */
const priorities: readonly (readonly [string, number])[] = [
	["platform-critical", 900_000],
	["serving", 500_000],
	["data", 100_000],
];
