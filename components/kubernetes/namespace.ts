import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

/** How strictly Kubernetes admits pods; source: Kubernetes Pod Security Standards. */
export type PodSecurity = "restricted" | "baseline";

export interface IsolatedNamespaceArgs {
	readonly name: string;
	readonly podSecurity: PodSecurity;
	/** Traffic that is let through; everything else is refused both ways. */
	readonly allow?: readonly AllowedTraffic[];
}

/** One network policy's worth of traffic. */
export interface AllowedTraffic {
	/** Part of the policy's name, as `dns`. */
	readonly name: string;
	/** Pods that it holds for; all of the namespace where none are named. */
	readonly pods?: { readonly [label: string]: string };
	readonly ingress?: kubernetes.types.input.networking.v1.NetworkPolicyIngressRule[];
	readonly egress?: kubernetes.types.input.networking.v1.NetworkPolicyEgressRule[];
}

/** A namespace with pod security, a policy that refuses all traffic, and policies for what is let through. */
export class IsolatedNamespace extends pulumi.ComponentResource {
	readonly name: pulumi.Output<string>;

	constructor(name: string, args: IsolatedNamespaceArgs, opts: pulumi.ComponentResourceOptions) {
		super("meridian:kubernetes:IsolatedNamespace", name, {}, opts);
		const namespace = new kubernetes.core.v1.Namespace(
			name,
			{
				metadata: {
					name: args.name,
					labels: {
						"pod-security.kubernetes.io/enforce": args.podSecurity,
						"pod-security.kubernetes.io/audit": "restricted",
						"pod-security.kubernetes.io/warn": "restricted",
					},
				},
			},
			{ parent: this },
		);
		this.name = namespace.metadata.name;
		this.policy(`${name}-default-deny`, "default-deny", ["Ingress", "Egress"], {});
		for (const traffic of [dns, ...(args.allow ?? [])]) {
			const types = [...(traffic.ingress ? ["Ingress"] : []), ...(traffic.egress ? ["Egress"] : [])];
			this.policy(`${name}-allow-${traffic.name}`, `allow-${traffic.name}`, types, traffic);
		}
		this.registerOutputs({ name: this.name });
	}

	private policy(logicalName: string, name: string, policyTypes: string[], rules: Omit<AllowedTraffic, "name">): void {
		new kubernetes.networking.v1.NetworkPolicy(
			logicalName,
			{
				metadata: { name, namespace: this.name },
				spec: {
					podSelector: rules.pods ? { matchLabels: { ...rules.pods } } : {},
					policyTypes,
					...(rules.ingress ? { ingress: rules.ingress } : {}),
					...(rules.egress ? { egress: rules.egress } : {}),
				},
			},
			{ parent: this },
		);
	}
}

/** Every pod may ask the cluster's DNS. */
const dns: AllowedTraffic = {
	name: "dns",
	egress: [
		{
			to: [
				{
					namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
					podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
				},
			],
			ports: [
				{ protocol: "UDP", port: 53 },
				{ protocol: "TCP", port: 53 },
			],
		},
	],
};
