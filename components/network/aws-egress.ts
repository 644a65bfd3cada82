import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { awsEgress } from "../../catalogue/aws/egress";
import { allDomains } from "../../catalogue/egress";
import type { AwsRegionSpec } from "../../spec/schema/aws-region";
import { type CellContext, physicalName } from "../cell-context";
import type { Keys } from "../keys/keys";
import { type AddressPlan, rangeFor } from "./address-plan";
import { AwsFirewall } from "./aws-firewall";

export interface AwsEgressArgs {
	readonly context: CellContext;
	readonly region: AwsRegionSpec;
	readonly keys: Keys;
	readonly vpcId: pulumi.Output<string>;
	readonly gatewayId: pulumi.Output<string>;
	readonly addressPlan: AddressPlan;
}

/** Purposes whose subnets have their way out through the firewall. */
const judged = ["compute", "control"] as const;

/**
 * The way out of a network by a list of domains: private subnets, then the firewall's endpoint of their zone, then NAT.
 * Answers come back through the same endpoint, or the firewall would know half of each connection. NAT has subnets of its
 * own for that: in the public ones balancers stand, whose traffic to nodes must not take that way.
 * Source: AWS Network Firewall developer guide, "VPC configuration", read 2026-11-28.
 */
export class AwsEgress extends pulumi.ComponentResource {
	readonly firewall: AwsFirewall;
	/** What the way out is not complete without. */
	readonly routes: pulumi.Resource[] = [];

	constructor(
		private readonly name: string,
		private readonly args: AwsEgressArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:network:AwsEgress", name, {}, opts);
		const { region } = args;
		const natZones = region.nat === "single" ? region.zones.slice(0, 1) : region.zones;
		const places = region.zones.map((zone) => this.createPlace("firewall", zone));
		this.firewall = this.createFirewall(places.map(({ subnet }) => subnet));
		const gateways = natZones.map((zone) => this.createNat(zone, natZones.length === 1 ? region.zones : [zone]));
		places.forEach(({ table }, i) => {
			const nat = gateways[i] ?? gateways[0];
			if (nat) {
				this.route(`firewall-default-${region.zones[i]}`, table, "0.0.0.0/0", { natGatewayId: nat.id });
			}
		});
		this.registerOutputs({});
	}

	private createFirewall(subnets: readonly aws.ec2.Subnet[]): AwsFirewall {
		const { context, keys, region, vpcId } = this.args;
		const { accounts, global, network } = context.spec;
		const images = { account: accounts.aws?.id ?? context.account, region: global.region };
		const domains = allDomains(awsEgress(context.region, images), network.egress.domains);
		return new AwsFirewall(
			`${this.name}-firewall`,
			{ context, keys, vpcId, addresses: region.addresses, subnets, domains },
			{ parent: this },
		);
	}

	/** A NAT gateway in a subnet of its own, which sends the answers for the zones that it serves to their endpoints. */
	private createNat(zone: string, served: readonly string[]): aws.ec2.NatGateway {
		const { subnet, table } = this.createPlace("nat", zone);
		const out = this.route(`nat-default-${zone}`, table, "0.0.0.0/0", { gatewayId: this.args.gatewayId });
		for (const [purpose, at] of judged.flatMap((each) => served.map((place) => [each, place] as const))) {
			const range = rangeFor(this.args.addressPlan, purpose, at);
			this.route(`nat-${purpose}-${at}`, table, range, { vpcEndpointId: this.firewall.endpointIn(at) });
		}
		const address = new aws.ec2.Eip(`${this.name}-nat-${zone}`, { domain: "vpc" }, { parent: this });
		return new aws.ec2.NatGateway(
			`${this.name}-nat-${zone}`,
			{ allocationId: address.allocationId, subnetId: subnet.id, connectivityType: "public" },
			// An address serves one gateway at a time: a replacement must wait until the old one is gone.
			{ parent: this, dependsOn: [out], deleteBeforeReplace: true },
		);
	}

	/** A subnet of a zone with a table of its own. */
	private createPlace(purpose: "firewall" | "nat", zone: string): Place {
		const { addressPlan, context, vpcId } = this.args;
		const name = `${this.name}-${purpose}-${zone}`;
		const subnet = new aws.ec2.Subnet(
			name,
			{
				vpcId,
				cidrBlock: rangeFor(addressPlan, purpose, zone),
				availabilityZone: zone,
				mapPublicIpOnLaunch: false,
				tags: { Name: physicalName(context, `${purpose}-${zone}`, 255) },
			},
			{ parent: this },
		);
		const table = new aws.ec2.RouteTable(name, { vpcId }, { parent: this });
		const place = { subnetId: subnet.id, routeTableId: table.id };
		this.routes.push(new aws.ec2.RouteTableAssociation(name, place, { parent: this }));
		return { subnet, table };
	}

	private route(key: string, table: aws.ec2.RouteTable, range: string, target: RouteTarget): aws.ec2.Route {
		const place = { routeTableId: table.id, destinationCidrBlock: range };
		const made = new aws.ec2.Route(`${this.name}-${key}`, { ...place, ...target }, { parent: this });
		this.routes.push(made);
		return made;
	}
}

interface Place {
	readonly subnet: aws.ec2.Subnet;
	readonly table: aws.ec2.RouteTable;
}

type RouteTarget = Pick<aws.ec2.RouteArgs, "gatewayId" | "natGatewayId" | "vpcEndpointId">;
