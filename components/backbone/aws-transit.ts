import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { transitAsn } from "../../catalogue/aws/transit-asns";
import { awsProvider } from "../aws-provider";
import { type CellContext, physicalName } from "../cell-context";

/**
 * A region's transit gateway with its one route table. Nothing joins it by itself: attachments are accepted, associated
 * and propagated one by one. What security groups and network policies refuse stays refused.
 */
export class AwsTransit extends pulumi.ComponentResource {
	readonly provider: aws.Provider;
	readonly id: pulumi.Output<string>;
	readonly routeTableId: pulumi.Output<string>;
	readonly asn: number;

	constructor(name: string, context: CellContext, opts: pulumi.ComponentResourceOptions) {
		super("meridian:backbone:AwsTransit", name, {}, opts);
		this.provider = awsProvider(name, context, this);
		this.asn = transitAsn(context.region);
		const child = { parent: this, provider: this.provider };
		const gateway = new aws.ec2transitgateway.TransitGateway(
			`${name}-gateway`,
			{
				description: `${context.spec.environment} backbone in ${context.region}`,
				amazonSideAsn: this.asn,
				autoAcceptSharedAttachments: "disable",
				defaultRouteTableAssociation: "disable",
				defaultRouteTablePropagation: "disable",
				dnsSupport: "enable",
				vpnEcmpSupport: "enable",
				tags: { Name: physicalName(context, "transit", 255) },
			},
			{ ...child, protect: !context.spec.protection.relaxed },
		);
		const table = new aws.ec2transitgateway.RouteTable(
			`${name}-routes`,
			{ transitGatewayId: gateway.id, tags: { Name: physicalName(context, "transit", 255) } },
			child,
		);
		this.id = gateway.id;
		this.routeTableId = table.id;
		this.registerOutputs({ id: this.id, routeTableId: this.routeTableId });
	}
}
