/** A published default limit of an AWS account. */
export interface ServiceQuota {
	/** Code in Service Quotas; undefined for a limit that is not there (a fixed one of the API). */
	readonly code: string | undefined;
	readonly title: string;
	/** Default value. */
	readonly limit: number;
	readonly unit: string;
	/** Within what it counts. */
	readonly per: "region" | "zone" | "vpc" | "cluster" | "security group" | "interface" | "role" | "account" | "key";
	/** False where AWS does not raise it on request. */
	readonly adjustable: boolean;
	readonly source: string;
	/** ISO date of reading; the limits an account was granted are in the spec, not here. */
	readonly date: string;
}

const VPC_GUIDE = "AWS, Amazon VPC quotas (user guide)";
const EC2_GUIDE = "AWS, Amazon EC2 endpoints and quotas (general reference)";
const VPN_GUIDE = "AWS, Site-to-Site VPN quotas (user guide)";
const EKS_GUIDE = "AWS, Amazon EKS service quotas (user guide)";
const IAM_GUIDE = "AWS, IAM and STS quotas (user guide)";
const DATE = "2026-11-21";

/** Default service quotas that the sandbox applies and the plan compares with. */
export const SERVICE_QUOTAS = {
	vpcsPerRegion: {
		code: "L-F678F1CE",
		title: "VPCs",
		limit: 5,
		unit: "VPCs",
		per: "region",
		adjustable: true,
		source: VPC_GUIDE,
		date: DATE,
	},
	ipv4BlocksPerVpc: {
		code: "L-83CA0A9D",
		title: "IPv4 CIDR blocks per VPC",
		limit: 5,
		unit: "blocks",
		per: "vpc",
		adjustable: true,
		source: VPC_GUIDE,
		date: DATE,
	},
	subnetsPerVpc: {
		code: "L-407747CB",
		title: "Subnets per VPC",
		limit: 200,
		unit: "subnets",
		per: "vpc",
		adjustable: true,
		source: VPC_GUIDE,
		date: DATE,
	},
	elasticIpsPerRegion: {
		code: "L-0263D0A3",
		title: "EC2-VPC Elastic IPs",
		limit: 5,
		unit: "addresses",
		per: "region",
		adjustable: true,
		source: EC2_GUIDE,
		date: DATE,
	},
	natGatewaysPerZone: {
		code: "L-FE5A380F",
		title: "NAT gateways per Availability Zone",
		limit: 5,
		unit: "gateways",
		per: "zone",
		adjustable: true,
		source: VPC_GUIDE,
		date: DATE,
	},
	internetGatewaysPerRegion: {
		code: "L-A4707A72",
		title: "Internet gateways",
		limit: 5,
		unit: "gateways",
		per: "region",
		adjustable: true,
		source: VPC_GUIDE,
		date: DATE,
	},
	interfaceEndpointsPerVpc: {
		code: "L-29B6F2EB",
		title: "Interface and Gateway Load Balancer endpoints per VPC",
		limit: 50,
		unit: "endpoints",
		per: "vpc",
		adjustable: true,
		source: VPC_GUIDE,
		date: DATE,
	},
	rulesPerSecurityGroup: {
		code: "L-0EA8095F",
		title: "Inbound or outbound rules per security group",
		limit: 60,
		unit: "rules in each direction",
		per: "security group",
		adjustable: true,
		source: VPC_GUIDE,
		date: DATE,
	},
	securityGroupsPerInterface: {
		code: "L-2AFB9258",
		title: "Security groups per network interface",
		limit: 5,
		unit: "security groups",
		per: "interface",
		adjustable: true,
		source: VPC_GUIDE,
		date: DATE,
	},
	transitGatewaysPerRegion: {
		code: "L-A2478D36",
		title: "Transit gateways per account",
		limit: 5,
		unit: "transit gateways",
		per: "region",
		adjustable: true,
		source: "AWS, Quotas for your transit gateways (user guide)",
		date: "2026-11-28",
	},
	customerGatewaysPerRegion: {
		code: "L-4FB7FF5D",
		title: "Customer gateways per region",
		limit: 50,
		unit: "customer gateways",
		per: "region",
		adjustable: true,
		source: VPN_GUIDE,
		date: "2026-11-28",
	},
	vpnConnectionsPerRegion: {
		code: "L-3E6EC3A3",
		title: "VPN connections per region",
		limit: 50,
		unit: "connections",
		per: "region",
		adjustable: true,
		source: VPN_GUIDE,
		date: "2026-11-28",
	},
	eksClustersPerRegion: {
		code: "L-1194D53C",
		title: "EKS clusters",
		limit: 100,
		unit: "clusters",
		per: "region",
		adjustable: true,
		source: EKS_GUIDE,
		date: DATE,
	},
	nodeGroupsPerCluster: {
		code: "L-6D54EA21",
		title: "Managed node groups per cluster",
		limit: 30,
		unit: "node groups",
		per: "cluster",
		adjustable: true,
		source: EKS_GUIDE,
		date: DATE,
	},
	nodesPerNodeGroup: {
		code: "L-BD136A63",
		title: "Nodes per managed node group",
		limit: 450,
		unit: "nodes",
		per: "cluster",
		adjustable: true,
		source: EKS_GUIDE,
		date: DATE,
	},
	managedPoliciesPerRole: {
		code: "L-0DA4ABF3",
		title: "Managed policies attached to an IAM role",
		limit: 10,
		unit: "policies",
		per: "role",
		adjustable: true,
		source: IAM_GUIDE,
		date: DATE,
	},
	// Applied nowhere: 0 is what a new account has, and what it was granted since comes with the capacity pre-flight.
	onDemandPVcpus: {
		code: "L-417A185B",
		title: "Running On-Demand P instances",
		limit: 0,
		unit: "vCPU",
		per: "region",
		adjustable: true,
		source: EC2_GUIDE,
		date: DATE,
	},
} as const satisfies { readonly [name: string]: ServiceQuota };

/** Name of a quota of the table. */
export type QuotaName = keyof typeof SERVICE_QUOTAS;
