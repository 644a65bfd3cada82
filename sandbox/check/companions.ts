/** An object that a cloud makes along with another one, and that programs name by the other's output. */
export interface Companion {
	/** Type that a reference asks for. */
	readonly of: string;
	/** Type whose creation made it. */
	readonly madeBy: string;
	/** Output of the maker that holds its id. */
	readonly output: string;
}

/** Objects without a resource of their own: references to them by id are good. */
export const COMPANIONS: readonly Companion[] = [
	{ of: "aws:ec2/securityGroup:SecurityGroup", madeBy: "aws:ec2/vpc:Vpc", output: "defaultSecurityGroupId" },
	{
		of: "aws:ec2/securityGroup:SecurityGroup",
		madeBy: "aws:eks/cluster:Cluster",
		output: "vpcConfig.clusterSecurityGroupId",
	},
	{
		of: "aws:ec2/vpcEndpoint:VpcEndpoint",
		madeBy: "aws:networkfirewall/firewall:Firewall",
		output: "firewallStatuses[].syncStates[].attachments[].endpointId",
	},
	{
		of: "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
		madeBy: "aws:ec2/vpnConnection:VpnConnection",
		output: "transitGatewayAttachmentId",
	},
	{ of: "aws:ec2/routeTable:RouteTable", madeBy: "aws:ec2/vpc:Vpc", output: "mainRouteTableId" },
];
