import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { AwsGpuPoolSpec, AwsRegionSpec } from "../../spec/schema/aws-region";
import { type CellContext, physicalName } from "../cell-context";
import { AwsGpuPool } from "../compute/aws-gpu-pool";
import type { AwsNodeArgs } from "../compute/aws-nodes";
import { poolBounds, scalingGroupOf } from "../compute/aws-pool-bounds";
import { AwsSystemPool } from "../compute/aws-system-pool";
import type { NodePool } from "../compute/node-pool";
import { AwsWorkloadIdentity } from "../identity/aws";
import type { Keys } from "../keys/keys";
import { retentionDays } from "../logs-retention";
import type { Network } from "../network/network";
import { operatorAccess } from "./aws-access";
import { nodeAddons, workloadAddons } from "./aws-addons";
import { AwsNodeAutoscaler, type ScaledGroup } from "./aws-autoscaler";
import { bindDrivers } from "./aws-drivers";
import { clusterRole, nodeRole } from "./aws-roles";
import type { Cluster, PoolRequest } from "./cluster";
import { kubeconfig } from "./kubeconfig";

export interface AwsClusterArgs {
	readonly context: CellContext;
	readonly region: AwsRegionSpec;
	readonly network: Network;
	readonly keys: Keys;
	/** ARNs of the repositories that nodes may pull from. */
	readonly repositories: readonly pulumi.Input<string>[];
}

/** An EKS cluster: private endpoint, audit logs, encrypted secrets, pinned add-ons, pod identity. */
export class AwsCluster extends pulumi.ComponentResource implements Cluster<AwsGpuPoolSpec> {
	readonly name: pulumi.Output<string>;
	readonly provider: kubernetes.Provider;
	readonly oidcIssuer: pulumi.Output<string>;
	readonly identity: AwsWorkloadIdentity;
	private readonly nodeArgs: AwsNodeArgs;
	private readonly workloadsWaitFor: readonly pulumi.Resource[];
	private readonly waitFor: pulumi.Resource[] = [];
	private readonly scaled: ScaledGroup[] = [];

	constructor(
		private readonly logicalName: string,
		private readonly args: AwsClusterArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:cluster:AwsCluster", logicalName, {}, opts);
		const { context, keys, network, region, repositories } = args;
		const child = { parent: this };
		const cluster = this.createCluster();
		this.name = cluster.name;
		this.oidcIssuer = issuerOf(cluster);
		const addons = nodeAddons(logicalName, { clusterName: cluster.name, spec: context.spec }, child);
		this.identity = new AwsWorkloadIdentity(
			`${logicalName}-identity`,
			{ context, clusterName: cluster.name, agent: requireAddon(addons, "eks-pod-identity-agent") },
			child,
		);
		const drivers = bindDrivers(logicalName, this.identity, keys.keyFor("disks"), child);
		this.workloadsWaitFor = drivers.disks;
		const nodes = nodeRole(logicalName, context, repositories, child);
		this.nodeArgs = {
			context,
			clusterName: cluster.name,
			clusterSecurityGroupId: cluster.vpcConfig.clusterSecurityGroupId,
			nodeRole: nodes.role,
			disksKey: keys.keyFor("disks"),
			nodesWaitFor: [...nodes.permissions, ...network.endpointsReady, ...addons.values(), drivers.network],
		};
		const access = operatorAccess(logicalName, { cluster, ...region.cluster }, child);
		this.provider = this.createProvider(cluster, access);
		this.registerOutputs({ name: this.name, oidcIssuer: this.oidcIssuer });
	}

	addPool(request: PoolRequest<AwsGpuPoolSpec>): NodePool {
		const pool = this.createPool(request);
		const { min, max } = movableBounds(request);
		if (min !== max) {
			this.scaled.push({ name: scalingGroupOf(pool.ready), min, max });
		}
		if (request.kind === "system") {
			const opts = { parent: this, dependsOn: [pool.ready, ...this.workloadsWaitFor] };
			const place = { clusterName: this.name, spec: this.args.context.spec };
			this.waitFor.push(pool.ready, ...workloadAddons(this.logicalName, place, opts));
		}
		return pool;
	}

	/** Bounds alone move nothing on EKS. */
	poolsComplete(): void {
		if (this.scaled.length > 0) {
			new AwsNodeAutoscaler(
				`${this.logicalName}-autoscaler`,
				{
					context: this.args.context,
					clusterName: this.name,
					identity: this.identity,
					kubernetesProvider: this.provider,
					groups: this.scaled,
					waitFor: this.waitFor,
				},
				{ parent: this },
			);
		}
	}

	ready = (): readonly pulumi.Resource[] => this.waitFor;

	/** Where the pod identity agent hands out credentials. Source: EKS user guide, "EKS Pod Identity Agent". */
	readonly credentialEndpoint = { cidr: "169.254.170.23/32", port: 80 } as const;

	private createPool(request: PoolRequest<AwsGpuPoolSpec>): AwsSystemPool | AwsGpuPool {
		const { network } = this.args;
		const child = { parent: this };
		if (request.kind === "system") {
			const subnetIds = network.subnetsFor("compute");
			return new AwsSystemPool(
				`${this.logicalName}-system`,
				{ ...this.nodeArgs, pool: request.pool, subnetIds },
				child,
			);
		}
		const { pool } = request;
		const [subnetId] = network.subnetsFor("compute", pool.zone);
		if (subnetId === undefined) {
			throw new Error(`the network has no compute subnet in ${pool.zone}`);
		}
		const vpcId = network.networkId;
		return new AwsGpuPool(`${this.logicalName}-${pool.name}`, { ...this.nodeArgs, pool, subnetId, vpcId }, child);
	}

	private createCluster(): aws.eks.Cluster {
		const { context, keys, network, region } = this.args;
		const { access, administrators, allowedAddresses, serviceAddresses } = region.cluster;
		const name = physicalName(context, "cluster", 100);
		const { role, permissions } = clusterRole(this.logicalName, context, { parent: this });
		// Made before the cluster: EKS would create it without key and retention.
		const logs = new aws.cloudwatch.LogGroup(
			`${this.logicalName}-logs`,
			{ name: `/aws/eks/${name}/cluster`, retentionInDays: retentionDays(context), kmsKeyId: keys.keyFor("logs") },
			{ parent: this },
		);
		const listed = access === "allow-list";
		const relaxed = context.spec.protection.relaxed;
		return new aws.eks.Cluster(
			this.logicalName,
			{
				name,
				version: context.spec.kubernetesVersion,
				roleArn: role.arn,
				bootstrapSelfManagedAddons: false,
				accessConfig: {
					authenticationMode: "API",
					bootstrapClusterCreatorAdminPermissions: administrators.length === 0,
				},
				vpcConfig: {
					subnetIds: network.subnetsFor("control"),
					endpointPrivateAccess: true,
					endpointPublicAccess: listed,
					...(listed ? { publicAccessCidrs: allowedAddresses } : {}),
				},
				kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: serviceAddresses },
				encryptionConfig: { provider: { keyArn: keys.keyFor("cluster") }, resources: ["secrets"] },
				enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
				upgradePolicy: { supportType: "STANDARD" },
				zonalShiftConfig: { enabled: true },
				deletionProtection: !relaxed,
			},
			{ parent: this, dependsOn: [...permissions, logs], protect: !relaxed },
		);
	}

	private createProvider(cluster: aws.eks.Cluster, access: pulumi.Resource[]): kubernetes.Provider {
		const { context } = this.args;
		const config = pulumi
			.all([cluster.name, cluster.endpoint, cluster.certificateAuthority.data])
			.apply(([name, endpoint, certificateAuthority]) =>
				kubeconfig(
					{ name, endpoint, certificateAuthority },
					context.spec.target === "sandbox"
						? { kind: "sandbox-certificate" }
						: { kind: "exec", protocol: "v1", command: "aws", args: tokenArgs(name, context.region) },
				),
			);
		return new kubernetes.Provider(
			`${this.logicalName}-kubernetes`,
			{ kubeconfig: config, enableServerSideApply: true },
			{ parent: this, dependsOn: access },
		);
	}
}

/** The bounds that an autoscaler moves a pool between; equal where its size is fixed or goes by a window. */
function movableBounds({ kind, pool }: PoolRequest<AwsGpuPoolSpec>): { readonly min: number; readonly max: number } {
	if (kind === "system") {
		return pool;
	}
	return pool.capacity.kind === "capacity-block" ? { min: pool.nodes, max: pool.nodes } : poolBounds(pool);
}

function tokenArgs(cluster: string, region: string): string[] {
	return ["eks", "get-token", "--cluster-name", cluster, "--region", region, "--output", "json"];
}

function issuerOf(cluster: aws.eks.Cluster): pulumi.Output<string> {
	return cluster.identities.apply((identities) => identities[0]?.oidcs?.[0]?.issuer ?? "");
}

function requireAddon(addons: ReadonlyMap<string, aws.eks.Addon>, name: string): aws.eks.Addon {
	const addon = addons.get(name);
	if (addon === undefined) {
		throw new Error(`the cluster has no add-on ${name}`);
	}
	return addon;
}
