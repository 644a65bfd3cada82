import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AwsAudit } from "./audit/aws";
import { awsProvider } from "./aws-provider";
import type { CellContext } from "./cell-context";
import type { GlobalOutputs } from "./cell-outputs";
import { AwsKeys } from "./keys/aws";
import { AwsRegistry } from "./registry/aws";

/** What all other cells share: the audit trail, the DNS zone, the image repositories, the account's own settings. */
export class GlobalCell extends pulumi.ComponentResource implements GlobalOutputs {
	readonly auditBucketArn: pulumi.Output<string>;
	readonly dnsZoneId: pulumi.Output<string>;
	readonly repositoryIds: { readonly [repository: string]: pulumi.Output<string> };

	constructor(name: string, context: CellContext) {
		super("meridian:cell:GlobalCell", name);
		const { spec } = context;
		const child = { parent: this, provider: awsProvider(name, context, this) };
		new aws.s3.AccountPublicAccessBlock(
			`${name}-public-access`,
			{ blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
			child,
		);
		const keys = new AwsKeys(`${name}-keys`, { context, purposes: ["audit", "registry"] }, child);
		const audit = new AwsAudit(`${name}-audit`, { context, keys }, child);
		const registry = new AwsRegistry(
			`${name}-registry`,
			{ context, keys, repositories: spec.global.repositories },
			child,
		);
		const zone = new aws.route53.Zone(
			`${name}-zone`,
			{ name: spec.global.dnsZone, comment: `${spec.environment} platform`, forceDestroy: spec.protection.relaxed },
			{ ...child, protect: !spec.protection.relaxed },
		);
		this.auditBucketArn = audit.bucketArn;
		this.dnsZoneId = zone.zoneId;
		this.repositoryIds = registry.ids;
		this.registerOutputs({ auditBucketArn: this.auditBucketArn, dnsZoneId: this.dnsZoneId });
	}
}
