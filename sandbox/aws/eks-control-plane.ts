import { object, text, texts } from "../check/inputs";
import type { ClusterKind } from "../clusters/cluster-kind";
import type { SandboxObject, World } from "../model";
import { eksBalancerAddress } from "./eks-balancers";
import { eksNodes } from "./eks-nodes";
import { eksStorageClasses } from "./eks-storage-classes";
import { eksSystemPods } from "./eks-system-pods";

/** EKS clusters as the sandbox runs them. */
export const eksClusters: ClusterKind = {
	type: "aws:eks/cluster:Cluster",
	poolTypes: ["aws:eks/nodeGroup:NodeGroup", "aws:eks/addon:Addon"],
	kinds: [],
	name: ({ outputs }) => text(outputs, "name") ?? "",
	settings: (cluster, world) => ({
		services: text(cluster.outputs, "kubernetesNetworkConfig.serviceIpv4Cidr") ?? "172.20.0.0/16",
		pods: podRange(cluster, world),
		issuer: text(issuerOf(cluster), "issuer") ?? "https://kubernetes.default.svc",
	}),
	nodes: eksNodes,
	storageClasses: eksStorageClasses,
	systemPods: eksSystemPods,
	balancerAddress: eksBalancerAddress,
	withAuthority: (outputs, data) => ({ ...outputs, certificateAuthority: { data } }),
};

function issuerOf({ outputs }: SandboxObject) {
	const [identity] = Array.isArray(outputs.identities) ? outputs.identities : [];
	const oidcs = object({ identity: identity ?? null }, "identity").oidcs;
	return Array.isArray(oidcs) ? oidcs[0] : undefined;
}

/** Pods of EKS take addresses of the VPC. */
function podRange({ outputs }: SandboxObject, world: World): string {
	const [subnet] = texts(outputs, "vpcConfig.subnetIds").flatMap((id) =>
		world.find(["aws:ec2/subnet:Subnet"], "id", id),
	);
	const [vpc] = world.find(["aws:ec2/vpc:Vpc"], "id", text(subnet?.outputs, "vpcId") ?? "");
	return text(vpc?.outputs, "cidrBlock") ?? "10.0.0.0/16";
}
