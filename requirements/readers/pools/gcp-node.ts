import type { MachineType } from "../../../catalogue/gcp/machine-types";
import type { ResourceNode } from "../../../lib/graph";
import { type Value, valuesAt } from "../../../lib/values";
import { flagAt, numberAt, sum, textAt } from "../../counting";
import type { Attached, Fabric, LocalDisks, PoolNode } from "./pool";

/** GB of one local SSD. Source: GKE API, EphemeralStorageLocalSsdConfig, read 2026-11-21. */
const LOCAL_SSD_GB = 375;

/** What a node of GKE is read from. */
export interface GcpPoolNode {
	/** The pool's inputs. */
	readonly inputs: Value;
	readonly cluster: ResourceNode | undefined;
	readonly machine: MachineType | undefined;
	/** Subnets of an RDMA network among the pool's interfaces. */
	readonly rdmaSubnets: number;
}

/** What one node of a GKE pool is made of. */
export function gcpNode(given: GcpPoolNode): Omit<PoolNode, "typeName"> {
	const { inputs, machine } = given;
	return {
		machine,
		accelerators: acceleratorsOf(inputs, machine),
		cards: cardsOf(given),
		fabric: fabricOf(given),
		disks: disksOf(inputs, machine),
	};
}

/** GPUs that the pool asks for by the type that its machine carries, without which GKE installs no driver; TPUs come by themselves. */
function acceleratorsOf(inputs: Value, machine: MachineType | undefined): number {
	if (machine?.tpu !== undefined) {
		return machine.gpus?.count ?? 0;
	}
	const own = valuesAt(inputs, "nodeConfig.guestAccelerators[]").filter(
		({ value }) => machine !== undefined && textAt(value, "type") === machine.acceleratorType,
	);
	return sum(own.map(({ value }) => numberAt(value, "count")));
}

/** The first interface and the further ones; a cluster without multi-networking takes no further one. */
function cardsOf(given: GcpPoolNode): Attached | undefined {
	const { machine } = given;
	return machine && { attached: 1 + furtherInterfaces(given), offered: 1 + offeredInterfaces(machine) };
}

function offeredInterfaces({ fabric }: MachineType): number {
	return fabric === undefined ? 0 : fabric.kind === "gvnic" ? fabric.networks : 1 + fabric.rdmaSubnets;
}

/** Multi-networking needs GKE Dataplane V2. Source: GKE, "Set up multi-network support for Pods", read 2026-11-21. */
function furtherInterfaces({ inputs, cluster }: GcpPoolNode): number {
	const multi = flagAt(cluster?.inputs, "enableMultiNetworking") === true;
	const dataplane = textAt(cluster?.inputs, "datapathProvider") === "ADVANCED_DATAPATH";
	return multi && dataplane ? valuesAt(inputs, "networkConfig.additionalNodeNetworkConfigs[]").length : 0;
}

function fabricOf(given: GcpPoolNode): Fabric | undefined {
	const { inputs, machine, rdmaSubnets } = given;
	const further = furtherInterfaces(given);
	switch (machine?.fabric?.kind) {
		case undefined:
			return undefined;
		case "gvnic": {
			const attached = flagAt(inputs, "nodeConfig.gvnic.enabled") === true ? further : 0;
			return { kind: "gpudirect", attached, offered: machine.fabric.networks };
		}
		case "roce":
			return { kind: "roce", attached: Math.min(rdmaSubnets, further), offered: machine.fabric.rdmaSubnets };
	}
}

/**
 * Local SSDs that back ephemeral storage are one volume, striped by GKE; raw block devices stay apart. That GKE stripes
 * them is from general knowledge and a secondary source of 2026-11-21: unverified.
 */
function disksOf(inputs: Value, machine: MachineType | undefined): LocalDisks | undefined {
	const ephemeral = numberAt(inputs, "nodeConfig.ephemeralStorageLocalSsdConfig.localSsdCount");
	const raw = numberAt(inputs, "nodeConfig.localNvmeSsdBlockConfig.localSsdCount");
	const count = ephemeral || raw || machine?.localSsds || 0;
	const striped = ephemeral > 0;
	return count > 0 ? { count, sizeGb: LOCAL_SSD_GB, layout: striped ? "RAID0" : undefined, striped } : undefined;
}
