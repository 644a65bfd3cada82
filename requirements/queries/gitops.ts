import type { ResourceGraph, ResourceNode } from "../../lib/graph";
import type { ItemAnswer, QueryRegistry } from "../row";
import { atLeast, countedEach } from "./answers";
import { distinct, printed, textAt, urnsOf } from "./counting";
import { CLUSTERS, clustersBehind } from "./places";

const RELEASE = "kubernetes:helm.sh/v3:Release";
const APPLICATION = "kubernetes:argoproj.io/v1alpha1:Application";
/** Argo CD's chart, by name in a repository or at the end of a registry's address. */
const ARGO_CD = /(^|\/)argo-cd$/;

/** Kubernetes, Helm, Argo CD (TR-AUTO-1, OP-GIT-1, XX-IAC-1) and the components that stand for modules. */
export const gitopsQueries: QueryRegistry = {
	"TR-AUTO-1/kubernetes": (graph) => {
		const clusters = graph.ofType(...CLUSTERS);
		return atLeast(clusters, clusters.length, { wanted: 1, unit: "Kubernetes clusters" });
	},
	"TR-AUTO-1/helm": helm,
	"TR-AUTO-1/gitops": (graph) => {
		const applications = graph.ofType(APPLICATION);
		return atLeast(applications, applications.length, { wanted: 1, unit: "Argo CD applications" });
	},
	"TR-AUTO-1/argo-cd": argoCd,
	"OP-GIT-1/argo-cd": argoCd,
	"XX-IAC-1/helm": helm,
	"XX-IAC-1/terraform-modules": modules,
};

function helm(graph: ResourceGraph): ItemAnswer {
	const releases = graph.ofType(RELEASE);
	return atLeast(releases, releases.length, { wanted: 1, unit: "Helm releases" });
}

/** One Argo CD in each cluster. */
function argoCd(graph: ResourceGraph): ItemAnswer {
	const releases = graph.ofType(RELEASE).filter(isArgoCd);
	const counts = graph.ofType(...CLUSTERS).map(({ urn }) => {
		return releases.filter((release) => clustersBehind(graph, release).some((cluster) => cluster.urn === urn)).length;
	});
	return countedEach(releases, counts, { wanted: 1, unit: "Argo CD a cluster" });
}

function isArgoCd({ inputs }: ResourceNode): boolean {
	return ARGO_CD.test(textAt(inputs, "chart") ?? "");
}

/** Components of the program, each used as a module: the named substitute of shared Terraform modules. */
function modules(graph: ResourceGraph): ItemAnswer {
	const components = graph.nodes.filter(({ custom, type }) => !custom && type.startsWith("meridian:"));
	const kinds = distinct(components.map(({ type }) => type)).length;
	return {
		found: `${printed(kinds)} kinds of components, used ${printed(components.length)} times`,
		works: components.length > 0,
		resources: urnsOf(components),
	};
}
