import { clusterServiceQueries } from "../../../../requirements/queries/cluster-services";
import { withInput } from "../../../support/resources";
import { describeTopic } from "./asking";
import { cluster, inCluster, kubernetes, vpc } from "./estate";
import { aks, vnet } from "./estate-azure";
import { gke, gkePool, gkeSubnet, gkeSystemPool } from "./estate-gcp";

const [eks, google, azure] = [cluster(), gke(), aks()];

/** The provider of the cluster on EKS, and a release in it. */
function installed(chart: string) {
	return [kubernetes(eks), inCluster("kubernetes:helm.sh/v3:Release", "release", { chart }, eks)];
}

const scaled = [gkeSubnet(), google, gkeSystemPool(google), vnet(), azure];
const autoscaler = [vpc(), eks, ...installed("oci://charts.example/karpenter")];

describeTopic("cluster service queries", clusterServiceQueries, {
	"FR-K8S-2/node-autoscaler": {
		served: [...scaled, ...autoscaler],
		found: "3 of 3 clusters scale their nodes",
		broken: [...gkePool({ cluster: google }), withInput(azure, "agentPoolProfiles", []), ...autoscaler.slice(0, 2)],
		instead: "0 of 3 clusters scale their nodes",
	},
	"SV-REG-1/auto-scaling": {
		served: [...scaled, ...autoscaler],
		found: "1 of 1 clusters a region that scale their nodes",
		broken: [...scaled, vpc(), eks],
		instead: "0 to 1 of 1 clusters a region that scale their nodes",
	},
	"FR-OBS-1/prometheus": {
		served: [
			...[eks, ...installed("kube-prometheus-stack")],
			withInput(google, "monitoringConfig", { managedPrometheus: { enabled: true } }),
			withInput(azure, "azureMonitorProfile", { metrics: { enabled: true } }),
		],
		found: "3 of 3 clusters with Prometheus",
		broken: [eks, ...installed("grafana"), google, azure],
		instead: "0 of 3 clusters with Prometheus",
	},
	"OP-SEC-1/gatekeeper": {
		served: [eks, ...installed("gatekeeper"), withInput(azure, "addonProfiles", { azurepolicy: { enabled: true } })],
		found: "2 of 2 clusters with Gatekeeper",
		broken: [eks, ...installed("gatekeeper"), azure],
		instead: "1 of 2 clusters with Gatekeeper",
	},
});
