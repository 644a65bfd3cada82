import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import type { AzureRegionSpec } from "../../spec/schema/azure-region";
import { auditGroup, clusterCategories, everyRecord, recordOf } from "../audit/azure";
import { logWorkspace } from "../audit/azure-workspace";
import { type AzurePlace, resourceGroup } from "../azure-place";
import { azureProvider } from "../azure-provider";
import { AzureSpoke } from "../backbone/azure-spoke";
import { type CellContext, physicalName } from "../cell-context";
import type { AzureSharedOutputs } from "../cell-outputs";
import { AzureCluster } from "../cluster/azure";
import { AzureLocalDisks } from "../cluster/azure-local-disks";
import { AzureKeys } from "../keys/azure";
import { retentionDays } from "../logs-retention";
import { AzureNetwork } from "../network/azure";
import { azureFlowLog, type FlowAnalytics } from "../network/azure-flow-log";
import { AzureStorage } from "../storage/azure";
import { addPools, type RegionParts, type RegionPartsArgs } from "./parts";

/** Azure's part of a region. */
export function azureRegionParts(name: string, args: RegionPartsArgs<AzureRegionSpec>): RegionParts {
	const { context, region, shared, parent } = args;
	if (shared.azure === undefined) {
		throw new Error("a cell of azure needs what the global cell made in the subscription");
	}
	const child = { parent, provider: azureProvider(name, context, parent) };
	const group = resourceGroup(`${name}-group`, { context, role: "cell" }, child);
	const place = { context, group };
	const network = new AzureNetwork(`${name}-network`, { ...place, region }, child);
	const { services } = network;
	const keys = new AzureKeys(`${name}-keys`, { ...place, services, purposes: ["disks", "storage"] }, child);
	const workspace = logWorkspace(`${name}-logs`, place, child);
	const store = { ...place, keys, purpose: "storage" } as const;
	const logs = new AzureStorage(
		`${name}-flow-logs`,
		// Flow logs are written again every minute: versions of them would be most of what is kept.
		{
			...store,
			role: "flowlogs",
			writers: "azure-services",
			history: { versions: false, blobDays: retentionDays(context) },
		},
		child,
	);
	const artifacts = new AzureStorage(
		`${name}-artifacts`,
		{ ...store, role: "artifacts", writers: "private-endpoint", history: { versions: true, versionDays: 30 } },
		child,
	);
	azureFlowLog(
		`${name}-flow-log`,
		{
			...place,
			network: network.virtualNetwork,
			storageId: logs.id,
			analytics: flowAnalytics(context, workspace, shared.azure),
		},
		child,
	);
	services.connect("artifacts", "blob", { target: artifacts.account });
	const disks = encryptionSet(`${name}-disks`, { ...place, keys }, child);
	const cluster = new AzureCluster(
		`${name}-cluster`,
		{ ...place, region, network, disks, workspaceId: workspace.id, featuresReady: shared.azure.ready },
		child,
	);
	addPools(cluster, region);
	if (region.cluster.localDisks === "striped") {
		new AzureLocalDisks(`${name}-local-disks`, { group, cluster }, child);
	}
	const to = { workspaceId: shared.azure.auditWorkspaceId };
	recordOf(`${name}-cluster-audit`, cluster.id, { to, categories: clusterCategories }, child);
	recordOf(`${name}-keys-audit`, keys.vault.id, { to, categories: auditGroup }, child);
	recordOf(`${name}-artifacts-audit`, artifacts.blobsId, { to, categories: auditGroup }, child);
	const { firewall } = network.wayOut;
	if (firewall !== undefined) {
		recordOf(
			`${name}-egress-audit`,
			firewall.id,
			{ to: { workspaceId: workspace.id }, categories: everyRecord },
			child,
		);
	}
	joinBackbone(name, { ...place, network, hubId: shared.azure.hubIds?.[region.region] }, child);
	return { network, cluster, artifacts };
}

/** Records of traffic go to the audit store with those of other cells where there are several stacks, else to the region's logs. */
function flowAnalytics(
	{ region, spec }: CellContext,
	workspace: azure.operationalinsights.Workspace,
	{ auditCustomerId, auditWorkspaceId }: AzureSharedOutputs,
): FlowAnalytics {
	return auditCustomerId === undefined
		? { id: workspace.id, customerId: workspace.customerId, region }
		: { id: auditWorkspaceId, customerId: auditCustomerId, region: spec.accounts.azure?.region ?? region };
}

function joinBackbone(
	name: string,
	args: AzurePlace & { readonly network: AzureNetwork; readonly hubId: pulumi.Output<string> | undefined },
	opts: pulumi.ComponentResourceOptions,
): void {
	const { context, group, hubId, network } = args;
	if (hubId !== undefined) {
		const { settled: after, virtualNetwork } = network;
		new AzureSpoke(`${name}-backbone`, { context, group, network: virtualNetwork, hubId, after }, opts);
	}
}

/** Every disk of the cluster's nodes and volumes takes its key from this set. */
function encryptionSet(
	name: string,
	{ context, group, keys }: AzurePlace & { readonly keys: AzureKeys },
	opts: pulumi.CustomResourceOptions,
): azure.compute.DiskEncryptionSet {
	const key = keys.vaultKey("disks");
	return new azure.compute.DiskEncryptionSet(
		name,
		{
			resourceGroupName: group.name,
			diskEncryptionSetName: physicalName(context, "disks", 80),
			encryptionType: "EncryptionAtRestWithCustomerKey",
			identity: { type: "UserAssigned", userAssignedIdentities: [keys.identity.id] },
			activeKey: { keyUrl: key.versionUrl, sourceVault: { id: key.vaultId } },
			rotationToLatestKeyVersionEnabled: true,
		},
		// Azure moves the set to each new version by itself; ours is the first.
		{ ...opts, dependsOn: [...keys.usable], ignoreChanges: ["activeKey.keyUrl"] },
	);
}
