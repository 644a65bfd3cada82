import type { EgressGroup } from "../egress";

const DATE = "2026-11-28";

/**
 * What clusters on Google Cloud cannot do without beside Google's own services, which they reach at the network's private
 * endpoint: where the images of their charts come from, and the charts themselves. Redis comes from Google's own cache
 * (`imageCaches`), since the chart's registry needs a wildcard. Firewall rules follow a name to at most
 * 32 addresses, which is enough for these (Cloud NGFW, "FQDN objects"). Not verified by a running cluster.
 */
export const gcpEgress: readonly EgressGroup[] = [
	{
		domains: [
			"quay.io",
			"cdn.quay.io",
			"cdn01.quay.io",
			"cdn02.quay.io",
			"cdn03.quay.io",
			"cdn04.quay.io",
			"cdn05.quay.io",
			"cdn06.quay.io",
		],
		why: "images of Argo CD and KubeRay",
		source: "Red Hat, firewall changes for quay.io of 2025-04-01 (names of its content network)",
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
		domains: ["release-assets.githubusercontent.com", "objects.githubusercontent.com"],
		why: "archives of charts that publish through GitHub releases, which answers with a redirect to these",
		source: "issues of public projects on the redirect (packit/ai-workflows#634); argoproj/argo-helm#801",
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
