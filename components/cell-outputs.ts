import * as pulumi from "@pulumi/pulumi";
import { type Cloud, globalCell } from "../lib/cells";
import { enabledRegions } from "../spec/cells";
import type { Spec } from "../spec/schema";

/** Everything of the global cell that other cells may use: ids and references, no secrets. */
export interface GlobalOutputs {
	/** Store of the audit trail, which cells' own sinks write to. */
	readonly auditBucketArn: pulumi.Output<string>;
	readonly dnsZoneId: pulumi.Output<string>;
	/** ARNs of the image repositories, by name. */
	readonly repositoryIds: { readonly [repository: string]: pulumi.Output<string> };
	/** What the project has once; nothing where no cell is on Google Cloud. */
	readonly gcp?: GcpSharedOutputs;
	/** What the subscription has once; nothing where no cell is on Azure. */
	readonly azure?: AzureSharedOutputs;
}

export interface GcpSharedOutputs {
	/** Name of the audit bucket. */
	readonly auditBucket: pulumi.Output<string>;
	/** What the project's resources wait for within one stack; across stacks the order of stacks does it. */
	readonly ready: readonly pulumi.Resource[];
}

export interface AzureSharedOutputs {
	/** Resource id of the workspace that audit records of all regions go to. */
	readonly auditWorkspaceId: pulumi.Output<string>;
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
	const text = (...path: readonly string[]): pulumi.Output<string> =>
		outputs.apply((cell: unknown) => String(path.reduce(field, cell)));
	const repositories = spec.global.repositories.map((name) => [name, text("repositoryIds", name)]);
	return {
		auditBucketArn: text("auditBucketArn"),
		dnsZoneId: text("dnsZoneId"),
		repositoryIds: Object.fromEntries(repositories),
		...(isUsed(spec, "gcp") ? { gcp: { auditBucket: text("gcp", "auditBucket"), ready: [] } } : {}),
		...(isUsed(spec, "azure") ? { azure: { auditWorkspaceId: text("azure", "auditWorkspaceId"), ready: [] } } : {}),
	};
}

function field(holder: unknown, name: string): unknown {
	return typeof holder === "object" && holder !== null ? Reflect.get(holder, name) : undefined;
}
