import { gitopsQueries } from "../../../../requirements/queries/gitops";
import { resource, withInput } from "../../../support/resources";
import { describeTopic } from "./asking";
import { cluster, inCluster, kubernetes } from "./estate";

const main = cluster();
const provider = kubernetes(main);
const release = inCluster("kubernetes:helm.sh/v3:Release", "gitops", { chart: "argo-cd", name: "argocd" }, main);
const application = inCluster("kubernetes:argoproj.io/v1alpha1:Application", "platform", {}, main);
const component = { ...resource("meridian:cell:RegionCell", "cell", {}), custom: false };

const argoCd = {
	served: [main, provider, release],
	found: "1 of 1 Argo CD a cluster",
	broken: [main, provider, withInput(release, "chart", "flux")],
	instead: "0 of 1 Argo CD a cluster",
};
const helm = { served: [release], found: "1 Helm release", broken: [application], instead: "0 Helm releases" };

describeTopic("GitOps queries", gitopsQueries, {
	"TR-AUTO-1/kubernetes": {
		served: [main],
		found: "1 Kubernetes cluster",
		broken: [release],
		instead: "0 Kubernetes clusters",
	},
	"TR-AUTO-1/helm": helm,
	"XX-IAC-1/helm": helm,
	"TR-AUTO-1/gitops": {
		served: [application],
		found: "1 Argo CD application",
		broken: [release],
		instead: "0 Argo CD applications",
	},
	"TR-AUTO-1/argo-cd": argoCd,
	"OP-GIT-1/argo-cd": {
		...argoCd,
		broken: [main, provider, release, cluster("us-west-2")],
		instead: "0 to 1 of 1 Argo CD a cluster",
	},
	"XX-IAC-1/terraform-modules": {
		served: [component, { ...component, urn: `${component.urn}-2` }],
		found: "1 kinds of components, used 2 times",
		broken: [{ ...component, custom: true }],
		instead: "0 kinds of components, used 0 times",
	},
});
