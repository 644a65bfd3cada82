import type { EgressGroup } from "../egress";

const AKS = {
	source: "Microsoft Learn, Outbound network and FQDN rules for AKS clusters",
	date: "2026-11-28",
	verified: true,
};

/** The tag under which Azure keeps the domains that AKS itself needs. Source: Microsoft Learn, "Azure Firewall FQDN tags overview", 2026-11-28. */
export const aksDomainTag = "AzureKubernetesService";

/**
 * Public addresses of a firewall before a cluster: each gives 2,496 ports to a destination and machine. Source: Microsoft
 * Learn, "Limit network traffic with Azure Firewall in AKS" (at least 20 in production), read 2026-11-28.
 */
export const firewallAddresses = 20;

/** What every cluster of the platform calls beside the domains of the tag; `region` is the cluster's. */
export function egressGroups(
	region: string,
	images: { readonly account: string; readonly region: string },
): readonly EgressGroup[] {
	return [
		{ ...AKS, domains: ["snapshot.ubuntu.com"], why: "security patches of nodes, as snapshots" },
		{
			...AKS,
			domains: ["nvidia.github.io", "us.download.nvidia.com", "download.docker.com"],
			why: "the driver of GPU nodes, where AKS installs it",
		},
		{
			...AKS,
			domains: [
				"dc.services.visualstudio.com",
				".ods.opinsights.azure.com",
				".oms.opinsights.azure.com",
				".monitoring.azure.com",
				`${region}.ingest.monitor.azure.com`,
				`${region}.handler.control.monitor.azure.com`,
				"global.handler.control.monitor.azure.com",
				".cloud.defender.microsoft.com",
			],
			why: "logs and metrics, and what Defender reports",
		},
		{
			...AKS,
			domains: [`${region}.dp.kubernetesconfiguration.azure.com`],
			why: "extensions that Azure installs in the cluster",
		},
		{
			...AKS,
			domains: ["data.policy.core.windows.net", "store.policy.core.windows.net"],
			why: "policies that Azure Policy puts into the cluster",
		},
		{
			domains: [
				`${images.account}.dkr.ecr.${images.region}.amazonaws.com`,
				`prod-${images.region}-starport-layer-bucket.s3.${images.region}.amazonaws.com`,
			],
			why: "the platform's own images, which the global cell keeps",
			source: "AWS, Amazon ECR interface VPC endpoints (image layers in S3)",
			date: "2026-11-28",
			verified: true,
		},
		{
			domains: [
				"argoproj.github.io",
				"ray-project.github.io",
				"quay.io",
				".quay.io",
				"ghcr.io",
				"pkg-containers.githubusercontent.com",
				"public.ecr.aws",
				"ecr-public.aws.com",
				"github.com",
				"release-assets.githubusercontent.com",
				"objects.githubusercontent.com",
				".cloudfront.net",
				"registry.k8s.io",
				".pkg.dev",
				"nvcr.io",
				".nvcr.io",
				"developer.download.nvidia.com",
				"helm.ngc.nvidia.com",
			],
			why: "charts of catalogue/charts.ts and the images that they and the GPU Operator name",
			source: "catalogue/charts.ts; where each registry keeps its layers: general knowledge",
			date: "2026-11-28",
			verified: false,
		},
	];
}

/** Security patches of nodes, which Ubuntu serves without TLS and signs. */
export const patches: EgressGroup = {
	...AKS,
	domains: ["security.ubuntu.com", "azure.archive.ubuntu.com", "archive.ubuntu.com", "changelogs.ubuntu.com"],
	why: "security patches of nodes, and headers of the kernel that the GPU Operator's driver is compiled with",
};
