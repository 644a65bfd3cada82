import { policyDocument, type Statement } from "../policy-document";
import type { KeyPurpose } from "./keys";

/** Where a key lives and whom it serves. */
export interface KeyPlace {
	readonly account: string;
	readonly region: string;
	/** Name of the account's audit trail, for the audit key. */
	readonly trail: string;
	/** True where records of traffic are delivered under the audit key. */
	readonly flowRecords: boolean;
}

const use = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"] as const;

/** The policy of a key: the account administers it, and the services of its purpose use it. */
export function keyPolicy(purpose: KeyPurpose, place: KeyPlace): string {
	const administer: Statement = {
		Sid: "AccountAdministers",
		Effect: "Allow",
		Principal: { AWS: `arn:aws:iam::${place.account}:root` },
		Action: "kms:*",
		Resource: "*",
	};
	return policyDocument(administer, ...serviceStatements(purpose, place));
}

function serviceStatements(purpose: KeyPurpose, place: KeyPlace): Statement[] {
	switch (purpose) {
		case "logs":
			return [logsMayUse(place)];
		case "disks":
			return autoscalingMayUse(place);
		case "audit":
			return [...trailMayUse(place), logsMayUse(place), ...(place.flowRecords ? [deliveryMayUse(place)] : [])];
		default:
			return [];
	}
}

/** Log groups of this account and region only. */
function logsMayUse({ account, region }: KeyPlace): Statement {
	return {
		Sid: "LogsUse",
		Effect: "Allow",
		Principal: { Service: `logs.${region}.amazonaws.com` },
		Action: use,
		Resource: "*",
		Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:*` } },
	};
}

/** Delivery of flow logs into a bucket under the key, for this account's networks in every region. */
function deliveryMayUse({ account }: KeyPlace): Statement {
	return {
		Sid: "DeliveryEncrypts",
		Effect: "Allow",
		Principal: { Service: "delivery.logs.amazonaws.com" },
		Action: use,
		Resource: "*",
		Condition: {
			StringEquals: { "aws:SourceAccount": account },
			ArnLike: { "aws:SourceArn": `arn:aws:logs:*:${account}:*` },
		},
	};
}

/**
 * Node groups launch through the autoscaling service's own role, which must use the disks' key and grant it to EC2.
 * The role may not exist before the first group, and a policy that names a missing principal is refused; so the
 * condition names it, bound to this account.
 */
function autoscalingMayUse({ account }: KeyPlace): Statement[] {
	const role = `arn:aws:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
	const bound = { StringEquals: { "kms:CallerAccount": account }, ArnEquals: { "aws:PrincipalArn": role } };
	return [
		{ Sid: "AutoScalingUses", Effect: "Allow", Principal: { AWS: "*" }, Action: use, Resource: "*", Condition: bound },
		{
			Sid: "AutoScalingGrants",
			Effect: "Allow",
			Principal: { AWS: "*" },
			Action: "kms:CreateGrant",
			Resource: "*",
			Condition: { ...bound, Bool: { "kms:GrantIsForAWSResource": "true" } },
		},
	];
}

/** With a bucket key CloudTrail must also decrypt, or it refuses to make the trail. */
function trailMayUse({ account, region, trail }: KeyPlace): Statement[] {
	const arn = `arn:aws:cloudtrail:${region}:${account}:trail/${trail}`;
	const service = { Service: "cloudtrail.amazonaws.com" };
	return [
		{
			Sid: "TrailEncrypts",
			Effect: "Allow",
			Principal: service,
			Action: ["kms:GenerateDataKey*", "kms:DescribeKey"],
			Resource: "*",
			Condition: { StringEquals: { "aws:SourceArn": arn } },
		},
		{ Sid: "TrailDecrypts", Effect: "Allow", Principal: service, Action: "kms:Decrypt", Resource: "*" },
	];
}
