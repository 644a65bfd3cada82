import type { Properties } from "../../../../lib/values";
import type { SandboxObject } from "../../../../sandbox/model";

type Add = (name: string, type: string, inputs: Properties) => void;
type Of = (name: string) => SandboxObject;

const region = "us-central1";

/** A hub with a region's network and a link of two tunnels. */
export function backbone(add: Add, of: Of): void {
	add("hub", "gcp:networkconnectivity/hub:Hub", { name: "hub", policyMode: "PRESET", presetTopology: "MESH" });
	add("spoke", "gcp:networkconnectivity/spoke:Spoke", {
		name: "vpc",
		hub: of("hub").id,
		location: "global",
		linkedVpcNetwork: { uri: of("vpc").id, excludeExportRanges: ["10.6.0.0/20"] },
	});
	add("routingVpc", "gcp:compute/network:Network", {
		name: "routing",
		autoCreateSubnetworks: false,
		routingMode: "GLOBAL",
	});
	add("gateway", "gcp:compute/haVpnGateway:HaVpnGateway", { name: "gateway", network: of("routingVpc").id, region });
	add("bgpRouter", "gcp:compute/router:Router", {
		name: "routing",
		network: of("routingVpc").id,
		region,
		bgp: {
			asn: 64_900,
			advertiseMode: "CUSTOM",
			advertisedGroups: ["ALL_SUBNETS"],
			advertisedIpRanges: [{ range: "10.0.0.0/16" }],
		},
	});
	add("far", "gcp:compute/externalVpnGateway:ExternalVpnGateway", {
		name: "aws",
		redundancyType: "FOUR_IPS_REDUNDANCY",
		interfaces: [0, 1, 2, 3].map((id) => ({ id, ipAddress: `203.0.113.${id + 1}` })),
	});
	add("tunnel", "gcp:compute/vPNTunnel:VPNTunnel", {
		name: "aws-a1",
		region,
		vpnGateway: of("gateway").id,
		vpnGatewayInterface: 0,
		peerExternalGateway: of("far").id,
		peerExternalGatewayInterface: 0,
		router: of("bgpRouter").id,
		ikeVersion: 2,
		sharedSecret: "kept.by.both.ends",
	});
	add("inside", "gcp:compute/routerInterface:RouterInterface", {
		name: "aws-a1",
		region,
		router: "routing",
		vpnTunnel: "aws-a1",
		ipRange: "169.254.30.2/30",
	});
	add("session", "gcp:compute/routerPeer:RouterPeer", {
		name: "aws-a1",
		region,
		router: "routing",
		interface: "aws-a1",
		peerIpAddress: "169.254.30.1",
		peerAsn: 64_512,
	});
	add("link", "gcp:networkconnectivity/spoke:Spoke", {
		name: "aws",
		hub: of("hub").id,
		location: region,
		linkedVpnTunnels: {
			uris: [of("tunnel").id],
			siteToSiteDataTransfer: false,
			includeImportRanges: ["ALL_IPV4_RANGES"],
		},
	});
}

/** A policy for what leaves a network. */
export function egress(add: Add, of: Of): void {
	const type = "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule";
	add("policy", "gcp:compute/networkFirewallPolicy:NetworkFirewallPolicy", { name: "egress" });
	add("domains", type, {
		firewallPolicy: "egress",
		priority: 2000,
		direction: "EGRESS",
		action: "allow",
		match: { destFqdns: ["quay.io"], layer4Configs: [{ ipProtocol: "tcp", ports: ["443"] }] },
	});
	add("refuseAll", type, {
		firewallPolicy: "egress",
		priority: 65_000,
		direction: "EGRESS",
		action: "deny",
		match: { destIpRanges: ["0.0.0.0/0"], layer4Configs: [{ ipProtocol: "all" }] },
		enableLogging: true,
	});
	add("joined", "gcp:compute/networkFirewallPolicyAssociation:NetworkFirewallPolicyAssociation", {
		name: "egress",
		firewallPolicy: of("policy").id,
		attachmentTarget: of("vpc").id,
	});
}

/** What opens a pool at a time. */
export function windows(add: Add, of: Of): void {
	add("resizer", "gcp:projects/iAMCustomRole:IAMCustomRole", {
		roleId: "dev_windows",
		title: "sets the size of node pools",
		permissions: ["container.clusters.update"],
	});
	add("resizerGrant", "gcp:projects/iAMMember:IAMMember", {
		project: "research-lab",
		role: String(of("resizer").outputs.name),
		member: String(of("nodes").outputs.member),
	});
	add("open", "gcp:cloudscheduler/job:Job", {
		name: "open",
		region,
		schedule: "30 11 1 12 *",
		timeZone: "Etc/UTC",
		httpTarget: {
			uri: `https://container.googleapis.com/v1/${of("gpu").id}:setSize`,
			httpMethod: "POST",
			body: Buffer.from('{"nodeCount":4}').toString("base64"),
			oauthToken: { serviceAccountEmail: String(of("nodes").outputs.email) },
		},
		retryConfig: { retryCount: 5 },
	});
}
