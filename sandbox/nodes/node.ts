import type { Machine } from "../../catalogue/machine";

/** A taint as Kubernetes writes it. */
export interface Taint {
	readonly key: string;
	readonly value?: string;
	readonly effect: "NoSchedule" | "NoExecute" | "PreferNoSchedule";
}

/** Amounts by resource name: `cpu`, `memory`, `nvidia.com/gpu`. */
export interface Amounts {
	readonly [resource: string]: string;
}

/** A node that is simulated: everything that the scheduler and `kubectl get nodes` read. */
export interface SimulatedNode {
	readonly name: string;
	readonly labels: { readonly [key: string]: string };
	readonly taints: readonly Taint[];
	readonly capacity: Amounts;
	/** Capacity less what the cloud keeps for the system. */
	readonly allocatable: Amounts;
	/** The cloud's own name of the machine, as `aws:///us-east-1a/i-0123456789abcdef0`. */
	readonly providerId: string;
}

/** What is the same for all nodes of a pool. */
export interface NodeForm {
	readonly machine: Machine;
	/** Pods that a node takes. */
	readonly pods: number;
	/** Disk for images and pods, GiB. */
	readonly diskGib: number;
	/** Extended resources of a node, as EFA adapters. */
	readonly extended: { readonly [resource: string]: number };
	readonly reserve: Reserve;
}

/** What a cloud keeps of a node for the kubelet, the system and eviction. */
export interface Reserve {
	readonly cpuMillis: number;
	readonly memoryMib: number;
	readonly diskGib: number;
}

const MIB_IN_GIB = 1024;

/** Capacity and allocatable of a node: what kubelet would report. Accelerators are never shared with the system. */
export function amountsOf({ machine, pods, diskGib, extended, reserve }: NodeForm): {
	capacity: Amounts;
	allocatable: Amounts;
} {
	const memoryMib = machine.memoryGib * MIB_IN_GIB;
	const whole = {
		pods: String(pods),
		...(machine.gpus ? { [gpuResource(machine)]: String(machine.gpus.count) } : {}),
		...Object.fromEntries(Object.entries(extended).map(([resource, count]) => [resource, String(count)])),
	};
	return {
		capacity: {
			cpu: String(machine.vcpus),
			memory: `${Math.floor(memoryMib)}Mi`,
			"ephemeral-storage": `${diskGib}Gi`,
			...whole,
		},
		allocatable: {
			cpu: `${machine.vcpus * 1000 - reserve.cpuMillis}m`,
			memory: `${Math.floor(memoryMib - reserve.memoryMib)}Mi`,
			"ephemeral-storage": `${diskGib - reserve.diskGib}Gi`,
			...whole,
		},
	};
}

/** The resource that pods ask for to get an accelerator of a machine. */
function gpuResource({ gpus }: Machine): string {
	const model = gpus?.model ?? "";
	if (model.startsWith("tpu-")) {
		return "google.com/tpu";
	}
	return /^(trainium|inferentia)/.test(model) ? "aws.amazon.com/neuron" : "nvidia.com/gpu";
}

/** Labels that every node of every cloud carries. */
export function commonLabels(options: {
	readonly name: string;
	readonly type: string;
	readonly machine: Machine;
	readonly region: string;
	readonly zone: string;
}): { [key: string]: string } {
	return {
		"kubernetes.io/hostname": options.name,
		"kubernetes.io/os": "linux",
		"kubernetes.io/arch": options.machine.arch === "arm64" ? "arm64" : "amd64",
		"node.kubernetes.io/instance-type": options.type,
		"topology.kubernetes.io/region": options.region,
		"topology.kubernetes.io/zone": options.zone,
	};
}
