import type * as pulumi from "@pulumi/pulumi";
import { globalCell, regionCell } from "../lib/cells";
import { enabledRegions } from "../spec/cells";
import type { RegionSpec, Spec } from "../spec/schema";
import { tagAzureResources } from "./azure-tags";
import { accountOf, type CellContext } from "./cell-context";
import { type AzureSharedOutputs, type GlobalOutputs, readGlobalOutputs } from "./cell-outputs";
import { GlobalCell } from "./global-cell";
import { labelKubernetesObjects } from "./kubernetes/labels";
import { RegionCell } from "./region-cell";

/** What a stack exports, by cell. */
export interface PlatformOutputs {
	readonly [cell: string]: pulumi.Inputs;
}

/** Builds the given cells of the environment in this stack; cells that stand elsewhere are read from their stacks. */
export function buildPlatform(spec: Spec, cells: readonly string[]): PlatformOutputs {
	labelKubernetesObjects(spec);
	tagAzureResources(spec);
	const global = cells.includes(globalCell) ? new GlobalCell(globalCell, globalContext(spec)) : undefined;
	const regions = enabledRegions(spec).filter((region) => cells.includes(regionCell(region.cloud, region.region)));
	const shared = global ?? (regions.length > 0 ? readGlobalOutputs(spec) : undefined);
	const built = regions.map((region) => buildRegion(spec, region, shared));
	return Object.fromEntries([...(global ? [[globalCell, exported(global)] as const] : []), ...built]);
}

function exported(global: GlobalCell): pulumi.Inputs {
	const { auditBucketArn, dnsZoneId, flowRecordsArn, repositoryIds, transitGateways, gcp, azure } = global;
	return {
		auditBucketArn,
		dnsZoneId,
		repositoryIds,
		...(flowRecordsArn ? { flowRecordsArn } : {}),
		...(transitGateways ? { transitGateways } : {}),
		...(gcp ? { gcp: { auditBucket: gcp.auditBucket, ...(gcp.hubId ? { hubId: gcp.hubId } : {}) } } : {}),
		...(azure ? { azure: exportedAzure(azure) } : {}),
	};
}

function exportedAzure({ auditCustomerId, auditWorkspaceId, hubIds }: AzureSharedOutputs): pulumi.Inputs {
	return { auditWorkspaceId, ...(auditCustomerId ? { auditCustomerId } : {}), ...(hubIds ? { hubIds } : {}) };
}

function buildRegion(
	spec: Spec,
	region: RegionSpec,
	shared: GlobalOutputs | undefined,
): readonly [string, pulumi.Inputs] {
	if (shared === undefined) {
		throw new Error("a region cell needs the global cell's outputs");
	}
	const name = regionCell(region.cloud, region.region);
	const context = {
		cell: name,
		cloud: region.cloud,
		region: region.region,
		account: accountOf(spec, region.cloud),
		spec,
	};
	const cell = new RegionCell(name, { context, region, shared });
	return [name, { clusterName: cell.clusterName, artifactsUrl: cell.artifactsUrl }];
}

function globalContext(spec: Spec): CellContext {
	const { cloud, region } = spec.global;
	return { cell: globalCell, cloud, region, account: accountOf(spec, cloud), spec };
}
