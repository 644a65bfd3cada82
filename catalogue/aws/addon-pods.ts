import { onEveryNode, type SystemPart, somewhere } from "../system-part";

/**
 * What EKS add-ons run, by the add-on's name. Sources, all read 2026-11-21:
 * - vpc-cni: the chart aws-vpc-cni (25m), and as much again for its network policy agent, as `kubectl describe node` of
 *   public listings of EKS shows;
 * - kube-proxy: the same listings;
 * - coredns: eksctl-io/eksctl, `coredns-1.36.json`;
 * - eks-pod-identity-agent: its chart as rendered in aws/eks-pod-identity-agent, `hack/testdata`; it asks for nothing;
 * - eks-node-monitoring-agent: its chart, `values.yaml`. Its `dcgm-server` is left out: it bears no taint of GPU nodes;
 * - aws-ebs-csi-driver: its chart, six containers of the controller and three on a node of 10m and 40Mi each, as the
 *   listings show.
 */
const addons: { readonly [addon: string]: readonly SystemPart[] } = {
	"vpc-cni": [onEveryNode("aws-node", { cpu: "50m" })],
	"kube-proxy": [onEveryNode("kube-proxy", { cpu: "100m" })],
	coredns: [somewhere("coredns", 2, { cpu: "100m", memory: "70Mi" })],
	"eks-pod-identity-agent": [onEveryNode("eks-pod-identity-agent", {})],
	"eks-node-monitoring-agent": [onEveryNode("eks-node-monitoring-agent", { cpu: "10m", memory: "30Mi" })],
	"aws-ebs-csi-driver": [
		somewhere("ebs-csi-controller", 2, { cpu: "60m", memory: "240Mi" }),
		onEveryNode("ebs-csi-node", { cpu: "30m", memory: "120Mi" }),
	],
};

/** The workloads of an EKS add-on; none for add-ons that the catalogue does not have. */
export function addonParts(addon: string): readonly SystemPart[] {
	return addons[addon] ?? [];
}
