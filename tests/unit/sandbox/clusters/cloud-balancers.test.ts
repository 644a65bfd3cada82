import assert from "node:assert/strict";
import { eksBalancerAddress } from "../../../../sandbox/aws/eks-balancers";
import { aksBalancerAddress } from "../../../../sandbox/azure/aks-balancers";
import { gkeBalancerAddress } from "../../../../sandbox/gcp/gke-balancers";
import { estate as azureEstate } from "../azure/estate";
import { estate as awsEstate } from "../estate";
import { estate as gcpEstate } from "../gcp/estate";

describe("load balancers of EKS", () => {
	const cluster = awsEstate().of("cluster");

	it("are named by the Service and by the cluster's region", () => {
		const address = eksBalancerAddress(cluster, "kube-system", "ingress-nginx-controller");
		assert.ok("hostname" in address);
		assert.match(address.hostname, /^k8s-kubesyst-ingressn-[0-9a-f]{10}-[0-9a-f]{16}\.elb\.us-east-1\.amazonaws\.com$/);
		assert.deepEqual(eksBalancerAddress(cluster, "kube-system", "ingress-nginx-controller"), address);
	});

	it("differ by Service and by cluster", () => {
		const addresses = [
			eksBalancerAddress(cluster, "web", "frontend-a"),
			eksBalancerAddress(cluster, "web", "frontend-b"),
			eksBalancerAddress({ ...cluster, id: "other" }, "web", "frontend-a"),
		];
		assert.equal(new Set(addresses.map((address) => JSON.stringify(address))).size, 3);
	});
});

for (const [cloud, addressOf, cluster] of [
	["GKE", gkeBalancerAddress, gcpEstate().of("cluster")],
	["AKS", aksBalancerAddress, azureEstate().of("cluster")],
] as const) {
	describe(`load balancers of ${cloud}`, () => {
		it("have an address that nobody owns, always the same", () => {
			const address = addressOf(cluster, "web", "front");
			assert.ok("ip" in address);
			assert.match(address.ip, /^203\.0\.113\.\d+$/);
			assert.deepEqual(addressOf(cluster, "web", "front"), address);
			const others = ["a", "b", "c"].map((name) => JSON.stringify(addressOf(cluster, "web", name)));
			assert.ok(new Set(others).size > 1);
		});
	});
}
