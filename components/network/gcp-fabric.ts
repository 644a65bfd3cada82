import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { GcpGpuPoolSpec } from "../../spec/schema/gcp-region";
import { type CellContext, physicalName } from "../cell-context";
import { type AddressPlan, rangeFor } from "./address-plan";
import { type FabricNetwork, fabricNetworks, poolNetworks } from "./gcp-fabric-layout";
import { refuseEgress } from "./gcp-refuse-egress";

export interface GcpFabricArgs {
	readonly context: CellContext;
	readonly pools: readonly GcpGpuPoolSpec[];
	readonly addressPlan: AddressPlan;
	/** The project's services, without which nothing can be made. */
	readonly servicesReady: readonly pulumi.Resource[];
}

/** A VPC and a subnet of it, as a node's further interface takes them. */
export interface FabricInterface {
	/** As `gpu-3`. */
	readonly key: string;
	readonly network: pulumi.Output<string>;
	readonly subnetwork: pulumi.Output<string>;
	readonly isRdma: boolean;
}

/** Largest packets of a GPU network, bytes; source: field guide 1.2 (cluster-toolkit's A3 Mega example). */
const gpuMtu = 8244;
const rdmaMtu = 8896;

/** The networks that join GPUs of different nodes, apart from the cluster's own. */
export class GcpFabric extends pulumi.ComponentResource {
	private readonly vpcs = new Map<string, gcp.compute.Network>();
	private readonly interfaces = new Map<string, FabricInterface>();

	constructor(
		private readonly name: string,
		private readonly args: GcpFabricArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:network:GcpFabric", name, {}, opts);
		for (const wanted of fabricNetworks(args.pools)) {
			this.interfaces.set(wanted.key, this.createInterface(wanted));
		}
		this.registerOutputs({});
	}

	/** The further interfaces of all pools, each once. */
	all(): FabricInterface[] {
		return [...this.interfaces.values()];
	}

	/** The further interfaces of a pool's nodes, in their order. */
	interfacesOf(pool: GcpGpuPoolSpec): FabricInterface[] {
		return poolNetworks(pool).flatMap(({ key }) => this.interfaces.get(key) ?? []);
	}

	private createInterface(wanted: FabricNetwork): FabricInterface {
		const { context, addressPlan } = this.args;
		const vpc = this.vpcs.get(wanted.vpc) ?? this.createVpc(wanted);
		this.vpcs.set(wanted.vpc, vpc);
		const subnet = new gcp.compute.Subnetwork(
			`${this.name}-${wanted.key}`,
			{
				name: physicalName(context, wanted.key, 63),
				network: vpc.id,
				region: context.region,
				ipCidrRange: rangeFor(addressPlan, "fabric", wanted.key),
				// Its packets never leave the fabric: there is nothing for NAT or Google's services to answer.
				privateIpGoogleAccess: false,
			},
			{ parent: this },
		);
		return {
			key: wanted.key,
			network: vpc.name,
			subnetwork: subnet.name,
			isRdma: wanted.rdmaZone !== undefined,
		};
	}

	private createVpc({ vpc: key, rdmaZone }: FabricNetwork): gcp.compute.Network {
		const { context, addressPlan, servicesReady } = this.args;
		const vpc = new gcp.compute.Network(
			`${this.name}-${key}-vpc`,
			{
				name: physicalName(context, `${key}-vpc`, 63),
				autoCreateSubnetworks: false,
				mtu: rdmaZone === undefined ? gpuMtu : rdmaMtu,
				...(rdmaZone === undefined
					? {}
					: { networkProfile: `projects/${context.account}/global/networkProfiles/${rdmaZone}-vpc-roce` }),
			},
			{ parent: this, dependsOn: [...servicesReady] },
		);
		// A network with the RDMA profile takes no firewall rules; a gVNIC one admits nothing without this one.
		if (rdmaZone === undefined) {
			new gcp.compute.Firewall(
				`${this.name}-${key}-inside`,
				{
					name: physicalName(context, `${key}-inside`, 63),
					network: vpc.id,
					direction: "INGRESS",
					allows: [{ protocol: "tcp" }, { protocol: "udp" }, { protocol: "icmp" }],
					sourceRanges: [rangeFor(addressPlan, "fabric", key)],
				},
				{ parent: this },
			);
			const inside = [rangeFor(addressPlan, "fabric", key)];
			refuseEgress(this.name, { context, key, networkId: vpc.id, inside }, { parent: this });
		}
		return vpc;
	}
}
