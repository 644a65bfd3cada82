import * as pulumi from "@pulumi/pulumi";
import { type Cloud, globalCell } from "../lib/cells";
import { enabledRegions } from "../spec/cells";
import type { Spec } from "../spec/schema";

/** Everything of the global cell that other cells may use: ids and references, no secrets. */
export interface GlobalOutputs {
	/** Store of the audit trail, which cells' own sinks write to. */
	readonly auditBucketArn: pulumi.Output<string>;
	/** ARN of the bucket for records of traffic; nothing where all cells are one stack. */
	readonly flowRecordsArn?: pulumi.Output<string>;
	readonly dnsZoneId: pulumi.Output<string>;
	/** ARNs of the image repositories, by name. */
	readonly repositoryIds: { readonly [repository: string]: pulumi.Output<string> };
	/** Where regions of AWS join the backbone, by region; nothing without a backbone. */
	readonly transitGateways?: { readonly [region: string]: TransitGatewayOutputs };
	/** What the project has once; nothing where no cell is on Google Cloud. */
	readonly gcp?: GcpSharedOutputs;
	/** What the subscription has once; nothing where no cell is on Azure. */
	readonly azure?: AzureSharedOutputs;
}

/** A region's transit gateway. */
export interface TransitGatewayOutputs {
	readonly id: pulumi.Output<string>;
	/** Its one route table, which every attachment is associated with and propagates to. */
	readonly routeTableId: pulumi.Output<string>;
}

export interface GcpSharedOutputs {
	/** Name of the audit bucket. */
	readonly auditBucket: pulumi.Output<string>;
	/** Id of the Network Connectivity Center hub; nothing without a backbone. */
	readonly hubId?: pulumi.Output<string>;
	/** What the project's resources wait for within one stack; across stacks the order of stacks does it. */
	readonly ready: readonly pulumi.Resource[];
}

export interface AzureSharedOutputs {
	/** Resource id of the workspace that audit records of all regions go to. */
	readonly auditWorkspaceId: pulumi.Output<string>;
	/** GUID of the same workspace; nothing with layout single, where records of traffic stay in their region. */
	readonly auditCustomerId?: pulumi.Output<string>;
	/** Resource ids of the virtual hubs, by region; nothing without a backbone. */
	readonly hubIds?: { readonly [region: string]: pulumi.Output<string> };
	/** What the subscription's resources wait for within one stack; across stacks the order of stacks does it. */
	readonly ready: readonly pulumi.Resource[];
}

/** True where the environment has a cell on the cloud. */
export function isUsed(spec: Spec, cloud: Cloud): boolean {
	return enabledRegions(spec).some((region) => region.cloud === cloud);
}

/** Reads the global cell's outputs from its own stack; unknown in a preview before that stack exists. */
export function readGlobalOutputs(spec: Spec): GlobalOutputs {
	const stack = `organization/${pulumi.getProject()}/${spec.environment}-${globalCell}`;
	const reference = new pulumi.StackReference(globalCell, { name: stack });
	const outputs = reference.requireOutput(globalCell);
	const text: ReadText = (...path) => outputs.apply((cell: unknown) => String(path.reduce(field, cell)));
	const repositories = spec.global.repositories.map((name) => [name, text("repositoryIds", name)]);
	return {
		auditBucketArn: text("auditBucketArn"),
		flowRecordsArn: text("flowRecordsArn"),
		dnsZoneId: text("dnsZoneId"),
		repositoryIds: Object.fromEntries(repositories),
		...backboneOutputs(spec, text),
		...(isUsed(spec, "gcp") ? { gcp: gcpOutputs(spec, text) } : {}),
		...(isUsed(spec, "azure") ? { azure: azureOutputs(spec, text) } : {}),
	};
}

/** Reads a text out of the outputs by its path. */
type ReadText = (...path: readonly string[]) => pulumi.Output<string>;

function backboneOutputs(spec: Spec, text: ReadText): Pick<GlobalOutputs, "transitGateways"> {
	if (!spec.network.backbone) {
		return {};
	}
	const transitGateways = regionsOn(spec, "aws").map((region) => {
		const at = (output: string): pulumi.Output<string> => text("transitGateways", region, output);
		return [region, { id: at("id"), routeTableId: at("routeTableId") }];
	});
	return { transitGateways: Object.fromEntries(transitGateways) };
}

function gcpOutputs(spec: Spec, text: ReadText): GcpSharedOutputs {
	const hub = spec.network.backbone ? { hubId: text("gcp", "hubId") } : {};
	return { auditBucket: text("gcp", "auditBucket"), ready: [], ...hub };
}

function azureOutputs(spec: Spec, text: ReadText): AzureSharedOutputs {
	const hubs = regionsOn(spec, "azure").map((region) => [region, text("azure", "hubIds", region)]);
	const joined = spec.network.backbone ? { hubIds: Object.fromEntries(hubs) } : {};
	const auditCustomerId = text("azure", "auditCustomerId");
	return { auditWorkspaceId: text("azure", "auditWorkspaceId"), auditCustomerId, ready: [], ...joined };
}

/** The regions of a cloud that the environment has cells in. */
export function regionsOn(spec: Spec, cloud: Cloud): string[] {
	return enabledRegions(spec).flatMap((region) => (region.cloud === cloud ? [region.region] : []));
}

function field(holder: unknown, name: string): unknown {
	return typeof holder === "object" && holder !== null ? Reflect.get(holder, name) : undefined;
}
