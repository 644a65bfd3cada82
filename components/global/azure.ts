import * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import { inDays } from "../../lib/units";
import { hubRanges } from "../../spec/hub-ranges";
import { activityCategories, auditGroup, recordOf } from "../audit/azure";
import { logWorkspace } from "../audit/azure-workspace";
import { resourceGroup } from "../azure-place";
import { azureProvider } from "../azure-provider";
import { AzureBackbone } from "../backbone/azure";
import type { CellContext } from "../cell-context";
import type { AzureSharedOutputs } from "../cell-outputs";
import { AzureKeys } from "../keys/azure";
import { AzurePrivateServices } from "../network/azure-private-services";
import { closedSubnet, virtualNetwork } from "../network/azure-virtual-network";
import { AzureStorage } from "../storage/azure";

/** Features that a subscription has only once it asks: nodes that encrypt their hosts, and pools on InfiniBand. */
const features = [
	{ namespace: "Microsoft.Compute", feature: "EncryptionAtHost" },
	{ namespace: "Microsoft.ContainerService", feature: "AKSInfinibandSupport" },
] as const;

/** What a subscription has once for all its cells: the store of its activity log, the workspace of audit records. */
export class AzureShared extends pulumi.ComponentResource implements AzureSharedOutputs {
	readonly auditWorkspaceId: pulumi.Output<string>;
	readonly auditCustomerId?: pulumi.Output<string>;
	readonly hubIds?: { readonly [region: string]: pulumi.Output<string> };
	/** What joins the regions; links to other clouds end there. Nothing without a backbone. */
	readonly backbone?: AzureBackbone;
	/** Resources of the subscription wait for these. */
	readonly ready: readonly pulumi.Resource[];

	constructor(name: string, context: CellContext, opts: pulumi.ComponentResourceOptions) {
		super("meridian:global:AzureShared", name, {}, opts);
		const child = { parent: this, provider: azureProvider(name, context, this) };
		this.ready = features.map(
			({ namespace, feature }) =>
				new azure.features.SubscriptionFeatureRegistration(
					`${name}-${feature}`,
					{ providerNamespace: namespace, featureName: feature, properties: {} },
					child,
				),
		);
		const group = resourceGroup(`${name}-group`, { context, role: "shared" }, child);
		const place = { context, group };
		const range = context.spec.accounts.azure?.addresses ?? "";
		const network = virtualNetwork(name, { ...place, range }, child);
		const subnet = closedSubnet(
			name,
			{ ...place, network, key: "endpoints", range, settings: { privateEndpointNetworkPolicies: "Enabled" } },
			child,
		);
		const services = new AzurePrivateServices(
			`${name}-services`,
			{ ...place, network, subnet, kinds: ["vault"] },
			child,
		);
		const keys = new AzureKeys(`${name}-keys`, { ...place, services, purposes: ["audit"] }, child);
		const workspace = logWorkspace(`${name}-audit-logs`, place, child);
		const { relaxed, auditLock } = context.spec.protection;
		const lockDays = Math.ceil(inDays(auditLock));
		const store = new AzureStorage(
			`${name}-audit`,
			{
				...place,
				role: "audit",
				keys,
				purpose: "audit",
				writers: "azure-services",
				history: { versions: true, versionDays: lockDays, blobDays: lockDays },
				...(relaxed ? {} : { lockDays }),
			},
			child,
		);
		recordOf(
			`${name}-activity`,
			`/subscriptions/${context.account}`,
			{ to: { workspaceId: workspace.id, storageAccountId: store.id }, categories: activityCategories },
			child,
		);
		recordOf(`${name}-keys-audit`, keys.vault.id, { to: { workspaceId: workspace.id }, categories: auditGroup }, child);
		recordOf(
			`${name}-audit-blobs`,
			store.blobsId,
			{ to: { workspaceId: workspace.id }, categories: auditGroup },
			child,
		);
		this.auditWorkspaceId = workspace.id;
		if (context.spec.layout === "cells") {
			this.auditCustomerId = workspace.customerId;
		}
		if (context.spec.network.backbone) {
			const hubs = hubRanges(context.spec);
			this.backbone = new AzureBackbone(`${name}-backbone`, { ...place, hubs }, child);
			this.hubIds = this.backbone.hubIds;
		}
		this.registerOutputs({ auditWorkspaceId: this.auditWorkspaceId });
	}
}
