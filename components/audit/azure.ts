import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";

/** Where a resource's records go. */
interface Destination {
	readonly workspaceId?: pulumi.Input<string>;
	readonly storageAccountId?: pulumi.Input<string>;
}

/** Sends what a resource records of who did what to a workspace or a store. */
export function recordOf(
	name: string,
	resourceUri: pulumi.Input<string>,
	args: { readonly to: Destination; readonly categories: Categories },
	opts: pulumi.CustomResourceOptions,
): azure.monitor.DiagnosticSetting {
	const logs = args.categories.map((category) => ({ ...category, enabled: true }));
	return new azure.monitor.DiagnosticSetting(name, { name: "audit", resourceUri, ...args.to, logs }, opts);
}

/** Single categories, or groups of them that Azure keeps complete. */
type Categories = readonly ({ readonly category: string } | { readonly categoryGroup: string })[];

/** Everything that Azure counts as audit of the resource's kind. */
export const auditGroup: Categories = [{ categoryGroup: "audit" }];

/** Everything that a resource records: what a firewall let through and refused is no audit to Azure. */
export const everyRecord: Categories = [{ categoryGroup: "allLogs" }];

/** What an AKS control plane records. Source: Microsoft Learn, "AKS resource logs", read 2026-11-21. */
export const clusterCategories: Categories = [
	"kube-apiserver",
	"kube-audit",
	"kube-controller-manager",
	"kube-scheduler",
	"cluster-autoscaler",
	"cloud-controller-manager",
	"guard",
].map((category) => ({ category }));

/** What a subscription's activity log records. Source: Microsoft Learn, "Activity log", read 2026-11-21. */
export const activityCategories: Categories = [
	"Administrative",
	"Security",
	"ServiceHealth",
	"Alert",
	"Recommendation",
	"Policy",
	"Autoscale",
	"ResourceHealth",
].map((category) => ({ category }));
