import type { ResourceGraph } from "../../lib/graph";
import { distinct, printed, urnsOf } from "../counting";
import type { ItemAnswer, QueryRegistry } from "../row";
import { atLeast, countedEach } from "./answers";
import { CLUSTERS } from "./places";
import { RELEASE, releasesIn } from "./releases";

const APPLICATION = "kubernetes:argoproj.io/v1alpha1:Application";

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
	const releases = graph.ofType(...CLUSTERS).map((cluster) => releasesIn(graph, cluster, "argo-cd"));
	const counts = releases.map(({ length }) => length);
	return countedEach(releases.flat(), counts, { wanted: 1, unit: "Argo CD a cluster" });
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
