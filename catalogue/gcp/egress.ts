import type { EgressGroup } from "../egress";

const DATE = "2026-11-28";

/**
 * What clusters on Google Cloud cannot do without beside Google's own services, which they reach at the network's private
 * endpoint: where the images of their charts come from, and the charts themselves. Firewall rules follow a name to at most
 * 32 addresses, which is enough for these (Cloud NGFW, "FQDN objects"). Not verified by a running cluster.
 */
export const gcpEgress: readonly EgressGroup[] = [
	{
		domains: ["quay.io", "cdn.quay.io", "cdn01.quay.io", "cdn02.quay.io", "cdn03.quay.io"],
		why: "images of Argo CD and KubeRay",
		source: "Red Hat, firewall changes for quay.io (names of its content network), general knowledge",
		date: DATE,
		verified: false,
	},
	{
		domains: ["ghcr.io", "pkg-containers.githubusercontent.com"],
		why: "images of Argo CD's single sign-on (dex)",
		source: "chart argo-cd, values dex.image.repository; GitHub Packages documentation, general knowledge",
		date: DATE,
		verified: false,
	},
	{
		domains: ["argoproj.github.io", "ray-project.github.io"],
		why: "charts that Argo CD reads",
		source: "catalogue/charts.ts",
		date: DATE,
		verified: false,
	},
	{
		domains: ["registry.k8s.io"],
		why: "images and chart of LeaderWorkerSet; blobs lie at pkg.dev, which the private endpoint answers for",
		source: "kubernetes/registry.k8s.io, README",
		date: DATE,
		verified: false,
	},
	{
		domains: ["github.com", "api.github.com", "codeload.github.com"],
		why: "repositories that Argo CD reads",
		source: "GitHub documentation, general knowledge",
		date: DATE,
		verified: false,
	},
];
