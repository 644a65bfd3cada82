import * as gcp from "@pulumi/gcp";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { podsPerNode } from "../../catalogue/gcp/pods";
import type { GcpGpuPoolSpec, GcpRegionSpec } from "../../spec/schema/gcp-region";
import { type CellContext, physicalName } from "../cell-context";
import { GcpGpuPool } from "../compute/gcp-gpu-pool";
import { type GcpNodeArgs, nodeConfig } from "../compute/gcp-nodes";
import { GcpSystemPool } from "../compute/gcp-system-pool";
import { GcpWindows } from "../compute/gcp-windows";
import type { NodePool } from "../compute/node-pool";
import { GcpWorkloadIdentity } from "../identity/gcp";
import type { Keys } from "../keys/keys";
import { secondaryRanges } from "../network/gcp";
import type { GcpFabric } from "../network/gcp-fabric";
import type { Network } from "../network/network";
import type { Cluster, PoolRequest } from "./cluster";
import { bindAdministrators, namesGroups } from "./gcp-access";
import { declareNetworks } from "./gcp-fabric-objects";
import { nodeAccount } from "./gcp-nodes";
import { endpointAccess, hardening, maintenance } from "./gcp-settings";
import { kubeconfig } from "./kubeconfig";

export interface GcpClusterArgs {
	readonly context: CellContext;
	readonly region: GcpRegionSpec;
	readonly network: Network;
	readonly fabric: GcpFabric;
	readonly keys: Keys;
	/** The project's services, without which nothing can be made. */
	readonly servicesReady: readonly pulumi.Resource[];
}

/** A regional GKE cluster: private nodes and endpoint, encrypted secrets, workload identity, Dataplane V2. */
export class GcpCluster extends pulumi.ComponentResource implements Cluster<GcpGpuPoolSpec> {
	readonly name: pulumi.Output<string>;
	readonly provider: kubernetes.Provider;
	readonly oidcIssuer: pulumi.Output<string>;
	readonly identity: GcpWorkloadIdentity;
	private readonly nodeArgs: GcpNodeArgs;
	private readonly waitFor: pulumi.Resource[] = [];
	private windows: GcpWindows | undefined;

	constructor(
		private readonly logicalName: string,
		private readonly args: GcpClusterArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:cluster:GcpCluster", logicalName, {}, opts);
		const { context, keys, network, region, servicesReady } = args;
		const child = { parent: this };
		const nodes = nodeAccount(logicalName, context, { ...child, dependsOn: [...servicesReady] });
		const common = { serviceAccount: nodes.email, disksKey: keys.keyFor("disks") };
		const cluster = this.createCluster(common, [...nodes.ready, ...network.endpointsReady]);
		this.name = cluster.name;
		this.oidcIssuer = cluster.name.apply(
			(name) =>
				`https://container.googleapis.com/v1/projects/${context.account}/locations/${context.region}/clusters/${name}`,
		);
		this.identity = new GcpWorkloadIdentity(`${logicalName}-identity`, { context, cluster }, child);
		this.nodeArgs = {
			context,
			clusterId: cluster.id,
			...common,
			nodesWaitFor: [...nodes.ready, ...network.endpointsReady],
		};
		this.provider = this.createProvider(cluster);
		declareNetworks(`${logicalName}-fabric`, args.fabric.all(), { ...child, provider: this.provider });
		bindAdministrators(logicalName, region.cluster.administrators, { ...child, provider: this.provider });
		this.registerOutputs({ name: this.name, oidcIssuer: this.oidcIssuer });
	}

	addPool(request: PoolRequest<GcpGpuPoolSpec>): NodePool {
		const { fabric, region } = this.args;
		const child = { parent: this };
		if (request.kind === "gpu") {
			const { pool } = request;
			const interfaces = fabric.interfacesOf(pool);
			const made = new GcpGpuPool(`${this.logicalName}-${pool.name}`, { ...this.nodeArgs, pool, interfaces }, child);
			this.keepWindow(pool, made);
			return made;
		}
		const args = { ...this.nodeArgs, pool: request.pool, zones: region.zones };
		const pool = new GcpSystemPool(`${this.logicalName}-system`, args, child);
		this.waitFor.push(pool.ready);
		return pool;
	}

	/** Purchased capacity is there in its window only: jobs open its pool and empty it. */
	private keepWindow(pool: GcpGpuPoolSpec, { ready }: GcpGpuPool): void {
		const { capacity } = pool;
		if (capacity.kind === "calendar") {
			const { context, servicesReady } = this.args;
			this.windows ??= new GcpWindows(`${this.logicalName}-windows`, { context, servicesReady }, { parent: this });
			this.windows.add({ pool, nodePool: ready, starts: capacity.starts, ends: capacity.ends });
		}
	}

	/** The cloud itself moves pools between their bounds. */
	poolsComplete(): void {}

	ready = (): readonly pulumi.Resource[] => this.waitFor;

	/** GKE's metadata server with Dataplane V2. Source: GKE, "Workload Identity and network policies", 2026-11-21. */
	readonly credentialEndpoint = { cidr: "169.254.169.254/32", port: 80 } as const;

	private createCluster(
		nodes: Pick<GcpNodeArgs, "serviceAccount" | "disksKey">,
		waitFor: readonly pulumi.Resource[],
	): gcp.container.Cluster {
		const { context, keys, network, region } = this.args;
		const { relaxed } = context.spec.protection;
		const { administrators } = region.cluster;
		const [subnetwork] = network.subnetsFor("compute");
		return new gcp.container.Cluster(
			this.logicalName,
			{
				...hardening,
				...endpointAccess(region),
				name: physicalName(context, "cluster", 40),
				location: context.region,
				nodeLocations: region.zones,
				network: network.networkId,
				...(subnetwork ? { subnetwork } : {}),
				ipAllocationPolicy: {
					clusterSecondaryRangeName: secondaryRanges.pods,
					servicesSecondaryRangeName: secondaryRanges.services,
				},
				minMasterVersion: context.spec.kubernetesVersion,
				releaseChannel: { channel: "REGULAR" },
				maintenancePolicy: maintenance,
				workloadIdentityConfig: { workloadPool: `${context.account}.svc.id.goog` },
				databaseEncryption: { state: "ENCRYPTED", keyName: keys.keyFor("cluster") },
				defaultMaxPodsPerNode: podsPerNode.system.pods,
				...(namesGroups(administrators)
					? { authenticatorGroupsConfig: { securityGroup: `gke-security-groups@${context.spec.organization.domain}` } }
					: {}),
				// GKE makes a first pool in any case; it is taken away again, and never runs as the default account.
				removeDefaultNodePool: true,
				initialNodeCount: 1,
				nodeConfig: nodeConfig(nodes, region.systemPool.instanceType, region.systemPool.rootVolume),
				deletionProtection: !relaxed,
			},
			{ parent: this, dependsOn: [...waitFor], protect: !relaxed, ignoreChanges: ["nodeConfig"] },
		);
	}

	private createProvider(cluster: gcp.container.Cluster): kubernetes.Provider {
		const { target } = this.args.context.spec;
		const config = pulumi
			.all([cluster.name, cluster.endpoint, cluster.masterAuth.clusterCaCertificate])
			.apply(([name, address, certificateAuthority]) =>
				kubeconfig(
					{ name, endpoint: `https://${address}`, certificateAuthority },
					target === "sandbox"
						? { kind: "sandbox-certificate" }
						: {
								kind: "exec",
								protocol: "v1beta1",
								command: "gke-gcloud-auth-plugin",
								args: [],
								provideClusterInfo: true,
							},
				),
			);
		return new kubernetes.Provider(
			`${this.logicalName}-kubernetes`,
			{ kubeconfig: config, enableServerSideApply: true },
			{ parent: this },
		);
	}
}
