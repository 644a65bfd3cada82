import { unreachable } from "../../lib/errors";
import type { ProgramName } from "../../toolchain/control-plane/programs";
import type { Layout } from "./layout";

/** Ports of a control plane on 127.0.0.1. */
export interface ControlPlanePorts {
	readonly apiserver: number;
	readonly etcd: number;
	readonly etcdPeer: number;
}

/** What an emulated cloud decides of its cluster's control plane. */
export interface ControlPlaneSettings {
	/** Range of Service addresses, CIDR. */
	readonly services: string;
	/** Range of pod addresses, CIDR. */
	readonly pods: string;
	/** Issuer of service account tokens, an https address. */
	readonly issuer: string;
}

/** The command line of a program. Sources: each program's `--help` at the pinned version. */
export function argumentsOf(
	program: ProgramName,
	layout: Layout,
	{ ports, settings }: { readonly ports: ControlPlanePorts; readonly settings: ControlPlaneSettings },
): string[] {
	switch (program) {
		case "etcd":
			return etcd(layout, ports);
		case "kube-apiserver":
			return apiserver(layout, ports, settings);
		case "kube-controller-manager":
			return controllerManager(layout);
		case "kube-scheduler":
			return [
				`--kubeconfig=${layout.kubeconfig("kube-scheduler")}`,
				`--authentication-kubeconfig=${layout.kubeconfig("kube-scheduler")}`,
				`--authorization-kubeconfig=${layout.kubeconfig("kube-scheduler")}`,
				"--leader-elect=false",
				"--secure-port=0",
			];
		case "kwok":
			return [
				`--kubeconfig=${layout.kubeconfig("kwok")}`,
				`--config=${layout.stages}`,
				"--manage-all-nodes=true",
				`--cidr=${settings.pods}`,
				"--node-ip=",
				"--server-address=",
				"--node-lease-duration-seconds=40",
			];
		default:
			return unreachable(program);
	}
}

/** A machine that loses power may lose the last seconds of a sandbox; a killed process loses nothing. */
function etcd(layout: Layout, ports: ControlPlanePorts): string[] {
	const clients = `https://127.0.0.1:${ports.etcd}`;
	const peers = `https://127.0.0.1:${ports.etcdPeer}`;
	return [
		"--name=default",
		`--data-dir=${layout.data}`,
		`--listen-client-urls=${clients}`,
		`--advertise-client-urls=${clients}`,
		`--listen-peer-urls=${peers}`,
		`--initial-advertise-peer-urls=${peers}`,
		`--initial-cluster=default=${peers}`,
		`--cert-file=${layout.server}`,
		`--key-file=${layout.serverKey}`,
		`--trusted-ca-file=${layout.authority}`,
		"--client-cert-auth",
		`--peer-cert-file=${layout.server}`,
		`--peer-key-file=${layout.serverKey}`,
		`--peer-trusted-ca-file=${layout.authority}`,
		"--peer-client-cert-auth",
		"--unsafe-no-fsync",
		"--log-level=warn",
	];
}

function apiserver(layout: Layout, ports: ControlPlanePorts, settings: ControlPlaneSettings): string[] {
	return [
		"--bind-address=127.0.0.1",
		`--secure-port=${ports.apiserver}`,
		`--etcd-servers=https://127.0.0.1:${ports.etcd}`,
		`--etcd-cafile=${layout.authority}`,
		`--etcd-certfile=${layout.certificate("sandbox")}`,
		`--etcd-keyfile=${layout.key("sandbox")}`,
		`--tls-cert-file=${layout.server}`,
		`--tls-private-key-file=${layout.serverKey}`,
		`--client-ca-file=${layout.authority}`,
		"--anonymous-auth=false",
		"--authorization-mode=Node,RBAC",
		"--enable-admission-plugins=NodeRestriction",
		"--allow-privileged=true",
		`--service-cluster-ip-range=${settings.services}`,
		`--service-account-issuer=${settings.issuer}`,
		`--service-account-key-file=${layout.tokenKey}`,
		`--service-account-signing-key-file=${layout.tokenKey}`,
		// Nobody reaches the API server under the address of the `kubernetes` Service: there is no network of pods.
		"--endpoint-reconciler-type=none",
		`--encryption-provider-config=${layout.encryption}`,
		`--audit-policy-file=${layout.auditPolicy}`,
		`--audit-log-path=${layout.auditLog}`,
		"--audit-log-maxsize=20",
		"--audit-log-maxbackup=1",
		"--profiling=false",
	];
}

function controllerManager(layout: Layout): string[] {
	return [
		`--kubeconfig=${layout.kubeconfig("kube-controller-manager")}`,
		`--authentication-kubeconfig=${layout.kubeconfig("kube-controller-manager")}`,
		`--authorization-kubeconfig=${layout.kubeconfig("kube-controller-manager")}`,
		"--leader-elect=false",
		"--secure-port=0",
		"--use-service-account-credentials=true",
		`--service-account-private-key-file=${layout.tokenKey}`,
		`--root-ca-file=${layout.authority}`,
		`--cluster-signing-cert-file=${layout.authority}`,
		`--cluster-signing-key-file=${layout.authorityKey}`,
	];
}
