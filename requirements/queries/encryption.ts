import type { ResourceGraph, ResourceNode } from "../../lib/graph";
import { type Value, valuesAt } from "../../lib/values";
import type { QueryRegistry } from "../row";
import { everyOne } from "./answers";
import { BUCKET, sidesOf } from "./buckets";
import { flagAt, textAt } from "./counting";

const KEY = "aws:kms/key:Key";
const BUCKET_ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

/** Where a store names its key: the property, and the path to the key inside it. */
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

/** FR-SEC-1's encryption at rest: every store names a symmetric key of the customer, which is AES-256. */
export const encryptionQueries: QueryRegistry = {
	"FR-SEC-1/encryption": (graph) => {
		const stores = graph.ofType(BUCKET, TEMPLATE, ...Object.keys(KEY_PLACES));
		return everyOne(stores, (store) => isEncrypted(graph, store), "stores under a customer key (AES-256)");
	},
};

/** True where everything that the store writes lies under a customer's symmetric key. */
export function isEncrypted(graph: ResourceGraph, store: ResourceNode): boolean {
	switch (store.type) {
		case BUCKET:
			return sidesOf(graph, store, BUCKET_ENCRYPTION).some((side) => isBucketEncrypted(graph, side));
		case TEMPLATE:
			return areDisksEncrypted(graph, store);
		default: {
			const place = KEY_PLACES[store.type];
			return place !== undefined && hasKey(graph, store, { ...place, holder: store.inputs });
		}
	}
}

function isBucketEncrypted(graph: ResourceGraph, side: ResourceNode): boolean {
	return valuesAt(side.inputs, "rules[].applyServerSideEncryptionByDefault").some(
		({ value }) =>
			(textAt(value, "sseAlgorithm")?.startsWith("aws:kms") ?? false) &&
			hasKey(graph, side, { property: "rules", path: "kmsMasterKeyId", holder: value }),
	);
}

function areDisksEncrypted(graph: ResourceGraph, template: ResourceNode): boolean {
	const property = "blockDeviceMappings";
	const disks = valuesAt(template.inputs, `${property}[].ebs`);
	return disks.every(
		({ value }) =>
			flagAt(value, "encrypted") === true && hasKey(graph, template, { property, path: "kmsKeyId", holder: value }),
	);
}

/** A key named in full that AWS does not manage, or one of the program's that the property was computed from. */
function hasKey(
	graph: ResourceGraph,
	node: ResourceNode,
	place: { readonly property: string; readonly path: string; readonly holder: Value },
): boolean {
	if (valuesAt(place.holder, place.path).length === 0) {
		return false;
	}
	const named = textAt(place.holder, place.path);
	const sources = graph.sourcesOf(node, place.property, KEY);
	return named === undefined ? sources.length > 0 && sources.every(isSymmetric) : !named.includes("alias/aws/");
}

function isSymmetric({ inputs }: ResourceNode): boolean {
	return (textAt(inputs, "customerMasterKeySpec") ?? "SYMMETRIC_DEFAULT") === "SYMMETRIC_DEFAULT";
}
