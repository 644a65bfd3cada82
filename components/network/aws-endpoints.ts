import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type CellContext, physicalName } from "../cell-context";

/** Services that private nodes and pods reach without leaving the network; gateway endpoints cost nothing. */
const interfaceServices = [
	"ec2",
	"ecr.api",
	"ecr.dkr",
	"eks",
	"eks-auth",
	"elasticloadbalancing",
	"kms",
	"logs",
	"sts",
] as const;

/**
 * Where regions are joined, node autoscalers move pools, and call this service at every look. Metrics and queues have no
 * endpoint: nothing in a cell calls them.
 */
const joinedServices = ["autoscaling"] as const;

export interface AwsEndpointsArgs {
	readonly context: CellContext;
	readonly vpcId: pulumi.Output<string>;
	/** The network's range: who may call the endpoints. */
	readonly addresses: string;
	readonly subnetIds: readonly pulumi.Output<string>[];
	readonly routeTableIds: readonly pulumi.Output<string>[];
}

/** Private endpoints to storage, registry, keys and the control plane's services. */
export class AwsEndpoints extends pulumi.ComponentResource {
	readonly ready: readonly pulumi.Resource[];

	constructor(name: string, args: AwsEndpointsArgs, opts: pulumi.ComponentResourceOptions) {
		super("meridian:network:AwsEndpoints", name, {}, opts);
		const { region, spec } = args.context;
		const { group, rule } = this.createGroup(name, args);
		const storage = new aws.ec2.VpcEndpoint(
			`${name}-s3`,
			{
				vpcId: args.vpcId,
				vpcEndpointType: "Gateway",
				serviceName: `com.amazonaws.${region}.s3`,
				routeTableIds: [...args.routeTableIds],
			},
			{ parent: this },
		);
		const services = [...interfaceServices, ...(spec.network.backbone ? joinedServices : [])];
		const interfaces = services.map(
			(service) =>
				new aws.ec2.VpcEndpoint(
					`${name}-${service}`,
					{
						vpcId: args.vpcId,
						vpcEndpointType: "Interface",
						serviceName: `com.amazonaws.${region}.${service}`,
						subnetIds: [...args.subnetIds],
						securityGroupIds: [group.id],
						privateDnsEnabled: true,
					},
					{ parent: this },
				),
		);
		this.ready = [storage, ...interfaces, rule];
		this.registerOutputs({});
	}

	private createGroup(
		name: string,
		args: AwsEndpointsArgs,
	): { group: aws.ec2.SecurityGroup; rule: aws.vpc.SecurityGroupIngressRule } {
		const group = new aws.ec2.SecurityGroup(
			`${name}-group`,
			{
				name: physicalName(args.context, "endpoints", 255),
				description: "HTTPS from the network to private endpoints",
				vpcId: args.vpcId,
			},
			{ parent: this },
		);
		const rule = new aws.vpc.SecurityGroupIngressRule(
			`${name}-https`,
			{
				securityGroupId: group.id,
				description: "HTTPS from nodes and pods",
				ipProtocol: "tcp",
				fromPort: 443,
				toPort: 443,
				cidrIpv4: args.addresses,
			},
			{ parent: this },
		);
		return { group, rule };
	}
}
