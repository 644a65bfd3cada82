import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { globalCell } from "../lib/cells";
import type { Spec } from "../spec/schema";
import { AwsAudit } from "./audit/aws";
import { flowRecordStore } from "./audit/aws-flow-records";
import { awsProvider } from "./aws-provider";
import { AwsBackbone } from "./backbone/aws";
import { accountOf, type CellContext } from "./cell-context";
import {
	type AzureSharedOutputs,
	type GcpSharedOutputs,
	type GlobalOutputs,
	isUsed,
	type TransitGatewayOutputs,
} from "./cell-outputs";
import { AzureShared } from "./global/azure";
import { GcpShared } from "./global/gcp";
import { AwsKeys } from "./keys/aws";
import { AwsRegistry } from "./registry/aws";

/** What all other cells share: audit trails, the DNS zone, image repositories, what each account has once. */
export class GlobalCell extends pulumi.ComponentResource implements GlobalOutputs {
	readonly auditBucketArn: pulumi.Output<string>;
	readonly flowRecordsArn?: pulumi.Output<string>;
	readonly dnsZoneId: pulumi.Output<string>;
	readonly repositoryIds: { readonly [repository: string]: pulumi.Output<string> };
	readonly transitGateways?: { readonly [region: string]: TransitGatewayOutputs };
	readonly gcp?: GcpSharedOutputs;
	readonly azure?: AzureSharedOutputs;

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
		if (spec.layout === "cells") {
			this.flowRecordsArn = flowRecordStore(`${name}-flow-records`, { context, keys }, child).arn;
		}
		this.dnsZoneId = zone.zoneId;
		this.repositoryIds = registry.ids;
		const gcp = isUsed(spec, "gcp")
			? new GcpShared(`${name}-gcp`, contextOn("gcp", spec), { parent: this })
			: undefined;
		const azure = isUsed(spec, "azure")
			? new AzureShared(`${name}-azure`, contextOn("azure", spec), { parent: this })
			: undefined;
		if (spec.network.backbone) {
			const backbone = new AwsBackbone(`${name}-backbone`, { context, keys }, child);
			this.transitGateways = backbone.transitGateways;
			joinClouds(backbone, { gcp: gcp?.backbone, azure: azure?.backbone });
		}
		if (gcp) {
			this.gcp = gcp;
		}
		if (azure) {
			this.azure = azure;
		}
		this.registerOutputs({ auditBucketArn: this.auditBucketArn, dnsZoneId: this.dnsZoneId });
	}
}

/** The other clouds' far ends of the links, each of which is one cloud's own. */
interface FarEnds {
	readonly gcp: GcpShared["backbone"];
	readonly azure: AzureShared["backbone"];
}

/** Encrypted links between AWS's hub and the other clouds' gateways; AWS makes its half first. */
function joinClouds(aws: AwsBackbone, { gcp, azure }: FarEnds): void {
	if (gcp) {
		gcp.connect(aws.link("gcp", gcp.peer));
	}
	if (azure) {
		azure.connect(aws.link("azure", azure.peer));
	}
}

/** Where the global cell stands in the account of another cloud. */
function contextOn(cloud: "gcp" | "azure", spec: Spec): CellContext {
	const account = spec.accounts[cloud];
	if (account === undefined) {
		throw new Error(`the specification let cells of ${cloud} through without an account`);
	}
	return { cell: globalCell, cloud, region: account.region, account: accountOf(spec, cloud), spec };
}
