import * as aws from "@pulumi/aws";
import type { AwsRegionSpec } from "../../spec/schema/aws-region";
import { awsProvider } from "../aws-provider";
import { AwsCluster } from "../cluster/aws";
import { AwsKeys } from "../keys/aws";
import { AwsNetwork } from "../network/aws";
import { AwsBucket } from "../storage/aws";
import { addPools, type RegionParts, type RegionPartsArgs } from "./parts";

/** AWS's part of a region. */
export function awsRegionParts(name: string, args: RegionPartsArgs<AwsRegionSpec>): RegionParts {
	const { context, region, shared, parent } = args;
	const child = { parent, provider: awsProvider(name, context, parent) };
	const keys = new AwsKeys(`${name}-keys`, { context, purposes: ["cluster", "disks", "logs", "storage"] }, child);
	new aws.ebs.EncryptionByDefault(`${name}-disk-encryption`, { enabled: true }, child);
	new aws.ebs.DefaultKmsKey(`${name}-disk-key`, { keyArn: keys.keyFor("disks") }, child);
	const transitGateway = shared.transitGateways?.[context.region];
	const { flowRecordsArn } = shared;
	const joined = { ...(transitGateway ? { transitGateway } : {}), ...(flowRecordsArn ? { flowRecordsArn } : {}) };
	const network = new AwsNetwork(`${name}-network`, { context, region, keys, ...joined }, child);
	const repositories = Object.values(shared.repositoryIds);
	const cluster = new AwsCluster(`${name}-cluster`, { context, region, network, keys, repositories }, child);
	const artifacts = new AwsBucket(
		`${name}-artifacts`,
		{ context, role: "artifacts", keyArn: keys.keyFor("storage"), oldVersionDays: 30 },
		child,
	);
	addPools(cluster, region);
	return { network, cluster, artifacts };
}
