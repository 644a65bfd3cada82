import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { RegionSpec } from "../spec/schema";
import { awsProvider } from "./aws-provider";
import type { CellContext } from "./cell-context";
import type { GlobalOutputs } from "./cell-outputs";
import { AwsCluster } from "./cluster/aws";
import type { Cluster } from "./cluster/cluster";
import { AwsKeys } from "./keys/aws";
import { ClusterBootstrap, modelLoader } from "./kubernetes/bootstrap";
import { AwsNetwork } from "./network/aws";
import { AwsBucket } from "./storage/aws";
import type { Bucket } from "./storage/bucket";

export interface RegionCellArgs {
	readonly context: CellContext;
	readonly region: RegionSpec;
	readonly shared: GlobalOutputs;
}

/** What a cloud brings to a region: a cluster on its network under its keys, and a bucket for artifacts. */
interface RegionParts {
	readonly cluster: Cluster;
	readonly artifacts: Bucket;
}

/** One region of one cloud: network, keys, cluster with its pools, artifacts, and the cluster's own bootstrap. */
export class RegionCell extends pulumi.ComponentResource {
	readonly clusterName: pulumi.Output<string>;
	readonly artifactsUrl: pulumi.Output<string>;

	constructor(name: string, args: RegionCellArgs) {
		super("meridian:cell:RegionCell", name);
		const { region } = args;
		const { cluster, artifacts } = regionParts(name, args, this);
		cluster.addPool({ kind: "system", pool: region.systemPool });
		for (const pool of region.gpuPools) {
			cluster.addPool({ kind: "gpu", pool });
		}
		const loader = cluster.identity.bind(modelLoader);
		artifacts.grant("model-loader", loader.principal, "read");
		new ClusterBootstrap(
			`${name}-bootstrap`,
			{ credentialEndpoint: cluster.credentialEndpoint, workloadsReady: cluster.ready() },
			{ parent: this, provider: cluster.provider },
		);
		this.clusterName = cluster.name;
		this.artifactsUrl = artifacts.url;
		this.registerOutputs({ clusterName: this.clusterName, artifactsUrl: this.artifactsUrl });
	}
}

function regionParts(name: string, args: RegionCellArgs, parent: RegionCell): RegionParts {
	const { cloud } = args.context;
	switch (cloud) {
		case "aws":
			return awsParts(name, args, parent);
		case "gcp":
		case "azure":
			throw new Error(`the specification let a region of ${cloud} through, which this version does not build`);
	}
}

function awsParts(name: string, args: RegionCellArgs, parent: RegionCell): RegionParts {
	const { context, region, shared } = args;
	const child = { parent, provider: awsProvider(name, context, parent) };
	const keys = new AwsKeys(`${name}-keys`, { context, purposes: ["cluster", "disks", "logs", "storage"] }, child);
	new aws.ebs.EncryptionByDefault(`${name}-disk-encryption`, { enabled: true }, child);
	new aws.ebs.DefaultKmsKey(`${name}-disk-key`, { keyArn: keys.keyFor("disks") }, child);
	const network = new AwsNetwork(`${name}-network`, { context, region, keys }, child);
	const repositories = Object.values(shared.repositoryIds);
	const cluster = new AwsCluster(`${name}-cluster`, { context, region, network, keys, repositories }, child);
	const artifacts = new AwsBucket(
		`${name}-artifacts`,
		{ context, role: "artifacts", keyArn: keys.keyFor("storage"), oldVersionDays: 30 },
		child,
	);
	return { cluster, artifacts };
}
