import type { EgressGroup, ImagePlace } from "../egress";

const date = "2026-11-28";

/**
 * What an EKS cluster of the platform calls beyond the private endpoints of its network (components/network/
 * aws-endpoints.ts). Services that have an endpoint there are not here.
 */
export function awsEgress(region: string, images: ImagePlace): readonly EgressGroup[] {
	return [
		{
			domains: [`autoscaling.${region}.amazonaws.com`],
			why: "node autoscalers move the node groups; private where the network has an endpoint for it",
			source: 'Amazon EKS user guide, "Private cluster requirements" (endpoints of common services)',
			date,
			verified: true,
		},
		{
			domains: [
				`api.ecr.${images.region}.amazonaws.com`,
				`${images.account}.dkr.ecr.${images.region}.amazonaws.com`,
				`prod-${images.region}-starport-layer-bucket.s3.${images.region}.amazonaws.com`,
			],
			why: "the platform's own images, which the global cell keeps, from other regions",
			source: 'Amazon ECR user guide, "Amazon ECR interface VPC endpoints" (layers lie in S3)',
			date,
			verified: true,
		},
		{
			domains: ["argoproj.github.io", "quay.io", ".quay.io", "ghcr.io", "pkg-containers.githubusercontent.com"],
			why: "the chart of Argo CD and its images",
			source: "catalogue/charts.ts (repository); registries from general knowledge",
			date,
			verified: false,
		},
		{
			domains: ["public.ecr.aws", "ecr-public.aws.com", ".cloudfront.net"],
			why: "public images of AWS and of Redis, whose layers are served by CloudFront",
			source: "general knowledge",
			date,
			verified: false,
		},
		{
			domains: [
				"registry.k8s.io",
				".pkg.dev",
				"ray-project.github.io",
				"github.com",
				"release-assets.githubusercontent.com",
				"objects.githubusercontent.com",
			],
			why: "operators of LeaderWorkerSet and Ray: images of Artifact Registry, charts that are releases of GitHub",
			source: "catalogue/charts.ts (repositories); the registry's backends from general knowledge",
			date,
			verified: false,
		},
		{
			domains: ["nvcr.io", ".nvcr.io", "helm.ngc.nvidia.com"],
			why: "NVIDIA's device plugin and exporters",
			source: "general knowledge",
			date,
			verified: false,
		},
	];
}
