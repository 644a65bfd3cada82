import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type CellContext, physicalName } from "../cell-context";
import type { TransitGatewayOutputs } from "../cell-outputs";
import { type AddressPlan, rangeFor } from "./address-plan";

export interface AwsTransitAttachmentArgs {
	readonly context: CellContext;
	readonly gateway: TransitGatewayOutputs;
	readonly vpcId: pulumi.Output<string>;
	readonly addressPlan: AddressPlan;
	readonly zones: readonly string[];
	/** Tables of the zones' private subnets, which get the way onto the backbone. */
	readonly privateTables: readonly { readonly zone: string; readonly table: aws.ec2.RouteTable }[];
}

/**
 * Joins a VPC to its region's transit gateway: a small subnet of its own in each zone, which holds nothing else, and the
 * backbone's addresses in the private route tables. Source: Amazon VPC Transit Gateways guide, "Transit gateway design
 * best practices", read 2026-11-28.
 */
export class AwsTransitAttachment extends pulumi.ComponentResource {
	/** The ways onto the backbone. */
	readonly routes: readonly pulumi.Resource[];

	constructor(
		private readonly name: string,
		private readonly args: AwsTransitAttachmentArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:network:AwsTransitAttachment", name, {}, opts);
		const attachment = this.createAttachment(this.createSubnets());
		this.routes = args.privateTables.map(
			({ zone, table }) =>
				new aws.ec2.Route(
					`${name}-${zone}`,
					{
						routeTableId: table.id,
						destinationCidrBlock: args.context.spec.network.supernet,
						transitGatewayId: args.gateway.id,
					},
					// A VPC knows a transit gateway only once it is attached.
					{ parent: this, dependsOn: [attachment] },
				),
		);
		this.registerOutputs({});
	}

	/** Traffic from the backbone needs no route beyond the VPC's own: one table without any serves all zones. */
	private createSubnets(): aws.ec2.Subnet[] {
		const { addressPlan, context, vpcId, zones } = this.args;
		const table = new aws.ec2.RouteTable(`${this.name}-table`, { vpcId }, { parent: this });
		return zones.map((zone) => {
			const subnet = new aws.ec2.Subnet(
				`${this.name}-${zone}`,
				{
					vpcId,
					cidrBlock: rangeFor(addressPlan, "transit", zone),
					availabilityZone: zone,
					mapPublicIpOnLaunch: false,
					tags: { Name: physicalName(context, `transit-${zone}`, 255) },
				},
				{ parent: this },
			);
			new aws.ec2.RouteTableAssociation(
				`${this.name}-${zone}`,
				{ subnetId: subnet.id, routeTableId: table.id },
				{ parent: this },
			);
			return subnet;
		});
	}

	private createAttachment(subnets: readonly aws.ec2.Subnet[]): aws.ec2transitgateway.VpcAttachment {
		const { context, gateway, vpcId } = this.args;
		const attachment = new aws.ec2transitgateway.VpcAttachment(
			`${this.name}-attachment`,
			{
				transitGatewayId: gateway.id,
				vpcId,
				subnetIds: subnets.map(({ id }) => id),
				dnsSupport: "enable",
				// No appliance of this VPC keeps state of what comes over the backbone.
				applianceModeSupport: "disable",
				transitGatewayDefaultRouteTableAssociation: false,
				transitGatewayDefaultRouteTablePropagation: false,
				tags: { Name: physicalName(context, "transit", 255) },
			},
			{ parent: this },
		);
		const place = { transitGatewayAttachmentId: attachment.id, transitGatewayRouteTableId: gateway.routeTableId };
		new aws.ec2transitgateway.RouteTableAssociation(`${this.name}-association`, place, { parent: this });
		new aws.ec2transitgateway.RouteTablePropagation(`${this.name}-propagation`, place, { parent: this });
		return attachment;
	}
}
