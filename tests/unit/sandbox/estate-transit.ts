import type { Properties } from "../../../lib/values";
import type { SandboxObject, Scope } from "../../../sandbox/model";

/** Where the further region of the transit estate is. */
export const SPOKE: Scope = { account: "111122223333", region: "us-west-2" };

type Add = (name: string, type: string, inputs: Properties, scope?: Scope) => void;
type Of = (name: string) => SandboxObject;

const TRANSIT = "aws:ec2transitgateway/";

/** A backbone of two regions with a VPC and a VPN at its hub. */
export function transit(add: Add, of: Of): void {
	for (const [side, asn, scope] of [
		["hub", 64_601, undefined],
		["spoke", 64_602, SPOKE],
	] as const) {
		add(side, `${TRANSIT}transitGateway:TransitGateway`, { amazonSideAsn: asn }, scope);
		add(`${side}Table`, `${TRANSIT}routeTable:RouteTable`, { transitGatewayId: of(side).id }, scope);
	}
	attachments(add, of);
	routing(add, of);
	tunnels(add, of);
}

function attachments(add: Add, of: Of): void {
	add("vpcAttachment", `${TRANSIT}vpcAttachment:VpcAttachment`, {
		transitGatewayId: of("hub").id,
		vpcId: of("vpc").id,
		subnetIds: [of("subnetA").id, of("subnetB").id],
	});
	const between = { transitGatewayId: of("spoke").id, peerTransitGatewayId: of("hub").id, peerRegion: "us-east-1" };
	add("peering", `${TRANSIT}peeringAttachment:PeeringAttachment`, between, SPOKE);
	add("accepter", `${TRANSIT}peeringAttachmentAccepter:PeeringAttachmentAccepter`, {
		transitGatewayAttachmentId: of("peering").id,
	});
	add("transitRoute", "aws:ec2/route:Route", {
		routeTableId: of("table").id,
		destinationCidrBlock: "10.0.0.0/8",
		transitGatewayId: of("hub").id,
	});
}

function routing(add: Add, of: Of): void {
	const place = (table: string, attachment: string): Properties => ({
		transitGatewayRouteTableId: of(table).id,
		transitGatewayAttachmentId: of(attachment).id,
	});
	add("vpcAssociation", `${TRANSIT}routeTableAssociation:RouteTableAssociation`, place("hubTable", "vpcAttachment"));
	add("propagation", `${TRANSIT}routeTablePropagation:RouteTablePropagation`, place("hubTable", "vpcAttachment"));
	add("hubRoute", `${TRANSIT}route:Route`, { ...place("hubTable", "peering"), destinationCidrBlock: "10.1.0.0/16" });
	const spoke = place("spokeTable", "peering");
	add("spokeAssociation", `${TRANSIT}routeTableAssociation:RouteTableAssociation`, spoke, SPOKE);
	add("spokeRoute", `${TRANSIT}route:Route`, { ...spoke, destinationCidrBlock: "10.0.0.0/8" }, SPOKE);
}

function tunnels(add: Add, of: Of): void {
	add("customer", "aws:ec2/customerGateway:CustomerGateway", {
		type: "ipsec.1",
		ipAddress: "203.0.113.10",
		bgpAsn: "64700",
	});
	add("vpn", "aws:ec2/vpnConnection:VpnConnection", {
		type: "ipsec.1",
		customerGatewayId: of("customer").id,
		transitGatewayId: of("hub").id,
		tunnel1InsideCidr: "169.254.30.0/30",
		tunnel1IkeVersions: ["ikev2"],
		tunnel1Phase1DhGroupNumbers: [20],
		tunnel2InsideCidr: "169.254.30.4/30",
	});
	add("vpnAssociation", `${TRANSIT}routeTableAssociation:RouteTableAssociation`, {
		transitGatewayRouteTableId: of("hubTable").id,
		transitGatewayAttachmentId: String(of("vpn").outputs.transitGatewayAttachmentId),
	});
}
