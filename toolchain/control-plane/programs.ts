import { join } from "node:path";
import type { GoPrograms } from "../go-build";

/** Release of Kubernetes whose control plane runs in the sandbox; its minor is the one of catalogue/lock.ts. */
export const kubernetesVersion = "1.36.3";

/** Release of etcd; the minor that Kubernetes 1.36 is made with (its go.mod, read 2026-11-21). */
export const etcdVersion = "3.6.16";

/** Release of kwok, which keeps simulated nodes and the pods on them alive. */
export const kwokVersion = "0.8.0";

/** A program of a control plane. */
export type ProgramName = "kube-apiserver" | "kube-controller-manager" | "kube-scheduler" | "etcd" | "kwok";

/** Programs that are made from one Go module. */
export interface ProgramGroup extends GoPrograms {
	readonly programs: { readonly [name in ProgramName]?: string };
	/** The version that the programs report. */
	readonly version: string;
	/** How far a program that is found elsewhere may differ: the same minor, or the same major and minor or later. */
	readonly fits: "minor" | "later";
	/** Finds the version in what `--version` prints. */
	readonly printed: RegExp;
}

const otherwise = "put the programs of a control plane on PATH or into the folder that KUBEBUILDER_ASSETS names";
const version = "k8s.io/component-base/version";
const [major = "", minor = ""] = kubernetesVersion.split(".");

/** Everything that a control plane is made of. Numbers of packages were counted on 2026-11-21. */
export const programGroups: readonly ProgramGroup[] = [
	{
		what: `Kubernetes ${kubernetesVersion}`,
		version: kubernetesVersion,
		fits: "minor",
		printed: /Kubernetes v(\d+\.\d+\.\d+)/,
		module: join(__dirname, "kubernetes"),
		programs: {
			"kube-apiserver": "k8s.io/kubernetes/cmd/kube-apiserver",
			"kube-controller-manager": "k8s.io/kubernetes/cmd/kube-controller-manager",
			"kube-scheduler": "k8s.io/kubernetes/cmd/kube-scheduler",
		},
		// Without these kubectl cannot tell the server's version.
		variables: {
			[`${version}.gitVersion`]: `v${kubernetesVersion}`,
			[`${version}.gitMajor`]: major,
			[`${version}.gitMinor`]: minor,
		},
		compiles: 2_000,
		otherwise,
	},
	{
		what: `etcd ${etcdVersion}`,
		version: etcdVersion,
		fits: "minor",
		printed: /etcd Version: (\d+\.\d+\.\d+)/,
		module: join(__dirname, "etcd"),
		programs: { etcd: "go.etcd.io/etcd/server/v3" },
		compiles: 500,
		otherwise,
	},
	{
		what: `kwok ${kwokVersion}`,
		version: kwokVersion,
		fits: "later",
		printed: /kwok version v?(\d+\.\d+\.\d+)/,
		module: join(__dirname, "kwok"),
		programs: { kwok: "sigs.k8s.io/kwok/cmd/kwok" },
		compiles: 1_000,
		otherwise,
	},
];
