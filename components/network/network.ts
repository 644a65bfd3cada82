import type { Output, Resource } from "@pulumi/pulumi";
import type { AddressPlan, SubnetPurpose } from "./address-plan";

/** A region's network, as the other capabilities see it. */
export interface Network {
	readonly cell: string;
	readonly addressPlan: AddressPlan;
	/** The cloud's id of the network. */
	readonly networkId: Output<string>;
	/** Ids of the subnets for a purpose, in the plan's order; of one zone where it is named (a regional cloud ignores it). */
	subnetsFor(purpose: SubnetPurpose, zone?: string): Output<string>[];
	/** What must exist before anything in private subnets can reach storage, registry and control plane. */
	readonly endpointsReady: readonly Resource[];
	/** Ranges within the network at which the cloud's own services answer pods; empty where they answer at public addresses. */
	readonly privateServices: readonly string[];
}
