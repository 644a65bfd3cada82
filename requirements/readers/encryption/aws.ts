import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { valuesAt } from "../../../lib/values";
import { flagAt, textAt } from "../../counting";
import { BUCKET, sidesOf } from "../aws-buckets";
import { hasKey, type KeyKind, type StoreReader } from "./stores";

const BUCKET_ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

/** Where a store names its key: the property, and the path to the key. */
const KEY_PLACES: { readonly [type: string]: { readonly property: string; readonly path: string } } = {
	"aws:cloudtrail/trail:Trail": { property: "kmsKeyId", path: "kmsKeyId" },
	"aws:cloudwatch/logGroup:LogGroup": { property: "kmsKeyId", path: "kmsKeyId" },
	"aws:dynamodb/table:Table": { property: "serverSideEncryption", path: "serverSideEncryption.kmsKeyArn" },
	"aws:ebs/volume:Volume": { property: "kmsKeyId", path: "kmsKeyId" },
	"aws:ecr/repository:Repository": { property: "encryptionConfigurations", path: "encryptionConfigurations[].kmsKey" },
	"aws:efs/fileSystem:FileSystem": { property: "kmsKeyId", path: "kmsKeyId" },
	"aws:eks/cluster:Cluster": { property: "encryptionConfig", path: "encryptionConfig.provider.keyArn" },
	"aws:elasticache/replicationGroup:ReplicationGroup": { property: "kmsKeyId", path: "kmsKeyId" },
	"aws:fsx/lustreFileSystem:LustreFileSystem": { property: "kmsKeyId", path: "kmsKeyId" },
	"aws:msk/cluster:Cluster": { property: "encryptionInfo", path: "encryptionInfo.encryptionAtRestKmsKeyArn" },
	"aws:rds/cluster:Cluster": { property: "kmsKeyId", path: "kmsKeyId" },
	"aws:rds/instance:Instance": { property: "kmsKeyId", path: "kmsKeyId" },
};

/** KMS encrypts data with symmetric keys only; aliases under `alias/aws/` are of keys that AWS manages. */
const KEYS: KeyKind = {
	type: "aws:kms/key:Key",
	fits: ({ inputs }) => (textAt(inputs, "customerMasterKeySpec") ?? "SYMMETRIC_DEFAULT") === "SYMMETRIC_DEFAULT",
	isOwn: (name) => !name.includes("alias/aws/"),
};

/** AWS's stores: buckets, disks of launch templates, and whatever names a KMS key itself. */
export const awsStores: StoreReader = { types: [BUCKET, TEMPLATE, ...Object.keys(KEY_PLACES)], isEncrypted };

function isEncrypted(graph: ResourceGraph, store: ResourceNode): boolean {
	switch (store.type) {
		case BUCKET:
			return sidesOf(graph, store, BUCKET_ENCRYPTION).some((side) => isBucketEncrypted(graph, side));
		case TEMPLATE:
			return areDisksEncrypted(graph, store);
		default: {
			const place = KEY_PLACES[store.type];
			return place !== undefined && hasKey(graph, store, { ...place, holder: store.inputs }, KEYS);
		}
	}
}

function isBucketEncrypted(graph: ResourceGraph, side: ResourceNode): boolean {
	return valuesAt(side.inputs, "rules[].applyServerSideEncryptionByDefault").some(
		({ value }) =>
			(textAt(value, "sseAlgorithm")?.startsWith("aws:kms") ?? false) &&
			hasKey(graph, side, { property: "rules", path: "kmsMasterKeyId", holder: value }, KEYS),
	);
}

function areDisksEncrypted(graph: ResourceGraph, template: ResourceNode): boolean {
	const property = "blockDeviceMappings";
	const disks = valuesAt(template.inputs, `${property}[].ebs`);
	return disks.every(
		({ value }) =>
			flagAt(value, "encrypted") === true &&
			hasKey(graph, template, { property, path: "kmsKeyId", holder: value }, KEYS),
	);
}
