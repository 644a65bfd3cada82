import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { GcpRegionSpec } from "../../spec/schema/gcp-region";
import { type CellContext, physicalName } from "../cell-context";
import { type AddressPlan, addressIn, rangeFor, type SubnetPurpose } from "./address-plan";
import { planGcpAddresses } from "./gcp-address-plan";
import { GcpEgress } from "./gcp-egress";
import { GcpPrivateServices } from "./gcp-private-services";
import { refuseIngress } from "./gcp-refuse-ingress";
import type { Network } from "./network";

export interface GcpNetworkArgs {
	readonly context: CellContext;
	readonly region: GcpRegionSpec;
	/** The project's services, without which nothing can be made. */
	readonly servicesReady: readonly pulumi.Resource[];
}

/** Names of the subnet's secondary ranges, which a cluster refers to. */
export const secondaryRanges = { pods: "pods", services: "services" } as const;

/** Largest packets of Google's networks, bytes. Source: VPC documentation, "Maximum transmission unit", read 2026-11-21. */
const jumboMtu = 8896;

/** A VPC with one regional subnet for nodes, pods and services; NAT out, Google's services on a private endpoint. */
export class GcpNetwork extends pulumi.ComponentResource implements Network {
	readonly cell: string;
	readonly addressPlan: AddressPlan;
	readonly networkId: pulumi.Output<string>;
	readonly endpointsReady: readonly pulumi.Resource[];
	readonly privateServices: readonly string[];
	private readonly subnet: gcp.compute.Subnetwork;

	constructor(
		private readonly name: string,
		private readonly args: GcpNetworkArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:network:GcpNetwork", name, {}, opts);
		const { context, region, servicesReady } = args;
		this.cell = context.cell;
		this.addressPlan = planGcpAddresses(region.addresses, region.zones);
		const vpc = new gcp.compute.Network(
			`${name}-vpc`,
			{
				name: physicalName(context, "vpc", 63),
				autoCreateSubnetworks: false,
				routingMode: "REGIONAL",
				mtu: jumboMtu,
			},
			{ parent: this, dependsOn: [...servicesReady] },
		);
		this.networkId = vpc.id;
		this.subnet = this.createSubnet(vpc);
		refuseIngress(
			this.name,
			{ physical: physicalName(context, "refuse-ingress", 63), networkId: vpc.id },
			{ parent: this },
		);
		const nat = this.createNat(vpc);
		const address = addressIn(rangeFor(this.addressPlan, "endpoints"), 1);
		this.privateServices = [`${address}/32`];
		const services = new GcpPrivateServices(
			`${name}-services`,
			{ context, networkId: vpc.id, address },
			{ parent: this },
		);
		this.endpointsReady = [nat, ...services.ready, ...this.limitEgress(vpc)];
		this.registerOutputs({ networkId: this.networkId });
	}

	/** The one regional subnet: control plane and balancers have no subnets of their own here. */
	subnetsFor(purpose: SubnetPurpose): pulumi.Output<string>[] {
		return purpose === "compute" ? [this.subnet.id] : [];
	}

	private createSubnet(vpc: gcp.compute.Network): gcp.compute.Subnetwork {
		const { context, region } = this.args;
		return new gcp.compute.Subnetwork(
			`${this.name}-compute`,
			{
				name: physicalName(context, "compute", 63),
				network: vpc.id,
				region: context.region,
				ipCidrRange: rangeFor(this.addressPlan, "compute"),
				secondaryIpRanges: [
					{ rangeName: secondaryRanges.pods, ipCidrRange: rangeFor(this.addressPlan, "pods") },
					{ rangeName: secondaryRanges.services, ipCidrRange: region.cluster.serviceAddresses },
				],
				privateIpGoogleAccess: true,
				stackType: "IPV4_ONLY",
				logConfig: { aggregationInterval: "INTERVAL_1_MIN", flowSampling: 1, metadata: "INCLUDE_ALL_METADATA" },
			},
			{ parent: this },
		);
	}

	/** With an allow-list, nodes and pods reach the platform's own ranges and listed domains only. */
	private limitEgress(vpc: gcp.compute.Network): pulumi.Resource[] {
		const { context, region } = this.args;
		const { backbone, egress, supernet } = context.spec.network;
		if (egress.control === "open") {
			return [];
		}
		const inside = [region.addresses, region.cluster.serviceAddresses, ...(backbone ? [supernet] : [])];
		return [
			new GcpEgress(`${this.name}-egress`, { context, networkId: vpc.id, inside }, { parent: this, dependsOn: [vpc] })
				.ready,
		];
	}

	private createNat(vpc: gcp.compute.Network): gcp.compute.RouterNat {
		const { context } = this.args;
		const router = new gcp.compute.Router(
			`${this.name}-router`,
			{ name: physicalName(context, "router", 63), network: vpc.id, region: context.region },
			{ parent: this },
		);
		return new gcp.compute.RouterNat(
			`${this.name}-nat`,
			{
				name: physicalName(context, "nat", 63),
				router: router.name,
				region: context.region,
				natIpAllocateOption: "AUTO_ONLY",
				sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
				subnetworks: [{ name: this.subnet.id, sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
				enableDynamicPortAllocation: true,
				minPortsPerVm: 64,
				maxPortsPerVm: 4096,
				// Ports that many endpoints share cannot be allocated as they are asked for.
				enableEndpointIndependentMapping: false,
				logConfig: { enable: true, filter: "ERRORS_ONLY" },
			},
			{ parent: this },
		);
	}
}
