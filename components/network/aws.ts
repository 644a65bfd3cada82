import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AwsRegionSpec } from "../../spec/schema/aws-region";
import { type CellContext, physicalName } from "../cell-context";
import type { TransitGatewayOutputs } from "../cell-outputs";
import type { Keys } from "../keys/keys";
import { type AddressPlan, rangeFor, type SubnetPurpose } from "./address-plan";
import { planAwsAddresses } from "./aws-address-plan";
import { AwsEgress } from "./aws-egress";
import { AwsEndpoints } from "./aws-endpoints";
import { AwsFlowLog } from "./aws-flow-log";
import { AwsTransitAttachment } from "./aws-transit";
import type { Network } from "./network";

export interface AwsNetworkArgs {
	readonly context: CellContext;
	readonly region: AwsRegionSpec;
	readonly keys: Keys;
	/** ARN of the audit store's bucket for records of traffic; nothing without one. */
	readonly flowRecordsArn?: pulumi.Output<string>;
	/** The region's place on the backbone; nothing without one. */
	readonly transitGateway?: TransitGatewayOutputs;
}

/** A VPC over three zones: private compute, public edge and control subnets, NAT, endpoints, flow logs. */
export class AwsNetwork extends pulumi.ComponentResource implements Network {
	readonly cell: string;
	readonly addressPlan: AddressPlan;
	readonly networkId: pulumi.Output<string>;
	readonly endpointsReady: readonly pulumi.Resource[];
	/** The store's gateway endpoint answers at public addresses. */
	readonly privateServices: readonly string[] = [];
	private readonly subnets = new Map<string, aws.ec2.Subnet>();
	private readonly routes: pulumi.Resource[] = [];

	constructor(
		private readonly name: string,
		private readonly args: AwsNetworkArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:network:AwsNetwork", name, {}, opts);
		const { context, region } = args;
		this.cell = context.cell;
		this.addressPlan = planAwsAddresses(region.addresses, region.zones);
		const vpc = this.createVpc();
		this.networkId = vpc.id;
		this.createSubnets(vpc);
		const privateTables = this.routePrivately(vpc, this.routePublicly(vpc));
		this.joinBackbone(vpc, privateTables);
		const child = { parent: this };
		const flowLog = new AwsFlowLog(`${name}-flow-log`, { ...args, vpcId: vpc.id }, child);
		const endpoints = new AwsEndpoints(
			`${name}-endpoints`,
			{
				context,
				vpcId: vpc.id,
				addresses: region.addresses,
				subnetIds: this.subnetsFor("compute"),
				routeTableIds: privateTables.map((table) => table.id),
			},
			child,
		);
		this.endpointsReady = [...endpoints.ready, ...this.routes, flowLog];
		this.registerOutputs({ networkId: this.networkId });
	}

	subnetsFor(purpose: SubnetPurpose, zone?: string): pulumi.Output<string>[] {
		const zones = this.args.region.zones.filter((each) => zone === undefined || each === zone);
		return zones.map((each) => this.subnet(purpose, each).id);
	}

	private subnet(purpose: SubnetPurpose, zone: string): aws.ec2.Subnet {
		const subnet = this.subnets.get(`${purpose}-${zone}`);
		if (subnet === undefined) {
			throw new Error(`the network has no ${purpose} subnet in ${zone}`);
		}
		return subnet;
	}

	private createVpc(): aws.ec2.Vpc {
		const vpc = new aws.ec2.Vpc(
			`${this.name}-vpc`,
			{
				cidrBlock: this.addressPlan.network,
				enableDnsHostnames: true,
				enableDnsSupport: true,
				tags: { Name: physicalName(this.args.context, "vpc", 255) },
			},
			{ parent: this },
		);
		// Without rules of its own the default group lets its members talk to each other and out.
		new aws.ec2.DefaultSecurityGroup(
			`${this.name}-default`,
			{ vpcId: vpc.id, ingress: [], egress: [] },
			{ parent: this },
		);
		return vpc;
	}

	private createSubnets(vpc: aws.ec2.Vpc): void {
		for (const [purpose, zone] of purposes.flatMap((each) => this.args.region.zones.map((at) => [each, at] as const))) {
			const subnet = new aws.ec2.Subnet(
				`${this.name}-${purpose}-${zone}`,
				{
					vpcId: vpc.id,
					cidrBlock: rangeFor(this.addressPlan, purpose, zone),
					availabilityZone: zone,
					mapPublicIpOnLaunch: false,
					tags: { Name: physicalName(this.args.context, `${purpose}-${zone}`, 255), ...balancerTags[purpose] },
				},
				{ parent: this },
			);
			this.subnets.set(`${purpose}-${zone}`, subnet);
		}
	}

	private routePublicly(vpc: aws.ec2.Vpc): PublicWay {
		const gateway = new aws.ec2.InternetGateway(`${this.name}-gateway`, { vpcId: vpc.id }, { parent: this });
		const table = new aws.ec2.RouteTable(`${this.name}-public`, { vpcId: vpc.id }, { parent: this });
		for (const zone of this.args.region.zones) {
			this.associate("public", zone, table);
		}
		const route = new aws.ec2.Route(
			`${this.name}-public-default`,
			{ routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id },
			{ parent: this },
		);
		return { gateway, route };
	}

	/** One table a zone for compute and control, with a way out. */
	private routePrivately(vpc: aws.ec2.Vpc, publicly: PublicWay): aws.ec2.RouteTable[] {
		const { zones } = this.args.region;
		const wayOut = this.waysOut(vpc, publicly);
		return zones.map((zone) => {
			const table = new aws.ec2.RouteTable(`${this.name}-private-${zone}`, { vpcId: vpc.id }, { parent: this });
			this.associate("compute", zone, table);
			this.associate("control", zone, table);
			const route = new aws.ec2.Route(
				`${this.name}-private-default-${zone}`,
				{ routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", ...wayOut(zone) },
				{ parent: this },
			);
			this.routes.push(route);
			return table;
		});
	}

	/** Through NAT, or through a firewall before it; a NAT gateway needs the internet route first. */
	private waysOut(vpc: aws.ec2.Vpc, { gateway, route }: PublicWay): (zone: string) => WayOut {
		const { context, keys, region } = this.args;
		if (context.spec.network.egress.control === "allow-list") {
			const place = { context, region, keys, vpcId: vpc.id, gatewayId: gateway.id, addressPlan: this.addressPlan };
			const egress = new AwsEgress(`${this.name}-egress`, place, { parent: this });
			this.routes.push(...egress.routes);
			return (zone) => ({ vpcEndpointId: egress.firewall.endpointIn(zone) });
		}
		const natZones = region.nat === "single" ? region.zones.slice(0, 1) : region.zones;
		const gateways = new Map(natZones.map((zone) => [zone, this.createNat(zone, route).id]));
		const [first] = gateways.values();
		return (zone) => {
			const natGatewayId = gateways.get(zone) ?? first;
			return natGatewayId ? { natGatewayId } : {};
		};
	}

	private createNat(zone: string, publicRoute: aws.ec2.Route): aws.ec2.NatGateway {
		const address = new aws.ec2.Eip(`${this.name}-nat-${zone}`, { domain: "vpc" }, { parent: this });
		return new aws.ec2.NatGateway(
			`${this.name}-nat-${zone}`,
			{ allocationId: address.allocationId, subnetId: this.subnet("public", zone).id, connectivityType: "public" },
			// An address serves one gateway at a time: a replacement must wait until the old one is gone.
			{ parent: this, dependsOn: [publicRoute], deleteBeforeReplace: true },
		);
	}

	private joinBackbone(vpc: aws.ec2.Vpc, tables: readonly aws.ec2.RouteTable[]): void {
		const { context, region, transitGateway } = this.args;
		if (transitGateway === undefined) {
			return;
		}
		const attachment = new AwsTransitAttachment(
			`${this.name}-transit`,
			{
				context,
				gateway: transitGateway,
				vpcId: vpc.id,
				addressPlan: this.addressPlan,
				zones: region.zones,
				privateTables: region.zones.flatMap((zone, i) => (tables[i] ? [{ zone, table: tables[i] }] : [])),
			},
			{ parent: this },
		);
		this.routes.push(...attachment.routes);
		// Names of the cell's own things, for those within it; the public zone has none of them.
		new aws.route53.Zone(
			`${this.name}-private-zone`,
			{
				name: `${context.cell}.internal.${context.spec.global.dnsZone}`,
				comment: `${context.spec.environment} ${context.cell}, private`,
				vpcs: [{ vpcId: vpc.id, vpcRegion: context.region }],
				forceDestroy: context.spec.protection.relaxed,
			},
			{ parent: this },
		);
	}

	private associate(purpose: SubnetPurpose, zone: string, table: aws.ec2.RouteTable): void {
		const association = new aws.ec2.RouteTableAssociation(
			`${this.name}-${purpose}-${zone}`,
			{ subnetId: this.subnet(purpose, zone).id, routeTableId: table.id },
			{ parent: this },
		);
		this.routes.push(association);
	}
}

/** What public subnets have, and NAT gateways need. */
interface PublicWay {
	readonly gateway: aws.ec2.InternetGateway;
	readonly route: aws.ec2.Route;
}

type WayOut = Pick<aws.ec2.RouteArgs, "natGatewayId" | "vpcEndpointId">;

const purposes = ["compute", "public", "control"] as const;

/** Tags by which the load balancer controller finds where balancers may stand. */
const balancerTags: { readonly [purpose in SubnetPurpose]: { [key: string]: string } } = {
	compute: { "kubernetes.io/role/internal-elb": "1" },
	public: { "kubernetes.io/role/elb": "1" },
	control: {},
};
