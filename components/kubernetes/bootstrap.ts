import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { RFC1918 } from "../../lib/cidr";
import { GitOps } from "./gitops";
import { type AllowedTraffic, IsolatedNamespace } from "./namespace";

/** The service account that loads model weights, which the cloud's identity is bound to. */
export const modelLoader = { namespace: "serving", name: "model-loader" } as const;

/** Namespaces of the platform's workload groups; their policies let nothing but DNS through until a system adds more. */
const groups = ["serving", "data", "platform", "monitoring"] as const;

export interface ClusterBootstrapArgs {
	/** Where the cluster's agent hands pods their cloud credentials; nothing where they come by token. */
	readonly credentialEndpoint: { readonly cidr: string; readonly port: number } | undefined;
	/** Ranges of the network at which the cloud's own services answer, the object store among them. */
	readonly privateServices: readonly string[];
	/** What the model loader's service account carries so that the cloud knows it. */
	readonly loaderAnnotations: { readonly [key: string]: pulumi.Output<string> };
	/** The cloud's own cache of Docker's official images; undefined where it has none. */
	readonly imageCache: string | undefined;
	/** Nodes and add-ons without which no pod starts. */
	readonly workloadsReady: readonly pulumi.Resource[];
}

/** What every new cluster gets, on every cloud alike: namespaces, service accounts, priorities, Argo CD. */
export class ClusterBootstrap extends pulumi.ComponentResource {
	constructor(name: string, args: ClusterBootstrapArgs, opts: pulumi.ComponentResourceOptions) {
		super("meridian:kubernetes:ClusterBootstrap", name, {}, opts);
		const child = { parent: this };
		const namespaces = new Map(
			groups.map((group) => [
				group,
				new IsolatedNamespace(
					`${name}-${group}`,
					{ name: group, podSecurity: "restricted", allow: group === modelLoader.namespace ? loading(args) : [] },
					child,
				),
			]),
		);
		new kubernetes.core.v1.ServiceAccount(
			`${name}-model-loader`,
			{
				metadata: {
					name: modelLoader.name,
					namespace: namespaces.get(modelLoader.namespace)?.name ?? "",
					...(Object.keys(args.loaderAnnotations).length > 0 ? { annotations: args.loaderAnnotations } : {}),
				},
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
		new GitOps(`${name}-gitops`, { waitFor: args.workloadsReady, imageCache: args.imageCache }, child);
		this.registerOutputs({});
	}
}

/** Higher goes first; Kubernetes keeps values above 1,000,000,000 for itself. */
const priorities: readonly (readonly [string, number])[] = [
	["platform-critical", 900_000],
	["serving", 500_000],
	["data", 100_000],
];

/** Pods that load model weights reach their credentials and the object store, and nothing else inside any network. */
function loading({ credentialEndpoint, privateServices }: ClusterBootstrapArgs): AllowedTraffic[] {
	const pods = { "meridian.dev/role": modelLoader.name };
	const https = [{ protocol: "TCP", port: 443 }];
	const credentials: AllowedTraffic[] =
		credentialEndpoint === undefined
			? []
			: [
					{
						name: "credentials",
						pods,
						egress: [
							{
								to: [{ ipBlock: { cidr: credentialEndpoint.cidr } }],
								ports: [{ protocol: "TCP", port: credentialEndpoint.port }],
							},
						],
					},
				];
	const store = [
		{ ipBlock: { cidr: "0.0.0.0/0", except: [...privateRanges] } },
		...privateServices.map((cidr) => ({ ipBlock: { cidr } })),
	];
	return [...credentials, { name: "object-store", pods, egress: [{ to: store, ports: https }] }];
}

/** Private and link-local addresses; the cloud's own services are reached at public ones or at those named beside. */
const privateRanges = [...RFC1918, "169.254.0.0/16"] as const;
