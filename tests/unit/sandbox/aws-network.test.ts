import assert from "node:assert/strict";
import { UNKNOWN } from "../../../lib/values";
import type { SandboxObject } from "../../../sandbox/model";
import { type Estate, estate } from "./estate";
import { assertFault, type Refused, refuses, Stage } from "./stage";

let at: Estate;
const set = (): Stage => {
	at = estate();
	return at.stage;
};
const id = (name: string): string => at.of(name).id;
const good = (name: string): SandboxObject["inputs"] => at.of(name).inputs;

describe("VPCs and subnets", () => {
	const VPC = "aws:ec2/vpc:Vpc";
	const SUBNET = "aws:ec2/subnet:Subnet";
	const MORE = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";
	refuses((): Refused[] => {
		const vpcId = id("vpc");
		const subnet = { vpcId, cidrBlock: "10.0.2.0/24", availabilityZone: "us-east-1a" };
		return [
			{ because: "a VPC without a block", type: VPC, inputs: {}, property: "cidrBlock", reason: /required/ },
			{
				because: "a VPC of /8",
				type: VPC,
				inputs: { cidrBlock: "10.0.0.0/8" },
				property: "cidrBlock",
				reason: /16 to 28 bits.*has 8/,
			},
			{
				because: "host bits",
				type: VPC,
				inputs: { cidrBlock: "10.0.5.0/16" },
				property: "cidrBlock",
				reason: /write 10\.0\.0\.0\/16/,
			},
			{
				because: "text that is no block",
				type: VPC,
				inputs: { cidrBlock: "ten" },
				property: "cidrBlock",
				reason: /IPv4 block/,
			},
			{
				because: "loopback",
				type: VPC,
				inputs: { cidrBlock: "127.0.0.0/16" },
				property: "cidrBlock",
				reason: /lies in 127/,
			},
			{
				because: "a tenancy that is none",
				type: VPC,
				inputs: { cidrBlock: "10.1.0.0/16", instanceTenancy: "shared" },
				property: "instanceTenancy",
				reason: /"default" or "dedicated"/,
			},
			{
				because: "another private range as a further block",
				type: MORE,
				inputs: { vpcId, cidrBlock: "192.168.0.0/16" },
				property: "cidrBlock",
				reason: /first block is 10\.0\.0\.0\/16/,
			},
			{
				because: "a further block that overlaps",
				type: MORE,
				inputs: { vpcId, cidrBlock: "100.64.0.0/20" },
				property: "cidrBlock",
				reason: /overlaps 100\.64\.0\.0\/16/,
			},
			{
				because: "a subnet of a VPC that is not there",
				type: SUBNET,
				inputs: { ...subnet, vpcId: "vpc-0dead" },
				property: "vpcId",
				reason: /names no existing Vpc/,
			},
			{
				because: "a subnet outside the VPC",
				type: SUBNET,
				inputs: { ...subnet, cidrBlock: "10.9.0.0/24" },
				property: "cidrBlock",
				reason: /outside the VPC's blocks/,
			},
			{
				because: "a subnet over its sibling",
				type: SUBNET,
				inputs: { ...subnet, cidrBlock: "10.0.0.128/25" },
				property: "cidrBlock",
				reason: /overlaps 10\.0\.0\.0\/24/,
			},
			{
				because: "a subnet of /29",
				type: SUBNET,
				inputs: { ...subnet, cidrBlock: "10.0.2.0/29" },
				property: "cidrBlock",
				reason: /16 to 28/,
			},
			{
				because: "a zone of another region",
				type: SUBNET,
				inputs: { ...subnet, availabilityZone: "us-west-2a" },
				property: "availabilityZone",
				reason: /zone of us-east-1/,
			},
			{
				because: "a zone id of another region",
				type: SUBNET,
				inputs: { vpcId, cidrBlock: "10.0.2.0/24", availabilityZoneId: "usw2-az1" },
				property: "availabilityZoneId",
				reason: /use1-az1/,
			},
			{
				because: "a subnet in another region than its VPC",
				type: SUBNET,
				inputs: { ...subnet, availabilityZone: "eu-west-1a" },
				scope: { account: "111122223333", region: "eu-west-1" },
				property: "vpcId",
				reason: /is in 111122223333\/us-east-1/,
			},
		];
	}, set);

	it("takes a subnet in a further block", () => {
		set();
		at.stage.make(SUBNET, { vpcId: id("vpc"), cidrBlock: "100.64.0.0/20", availabilityZoneId: "use1-az2" });
		assert.equal(at.stage.objects.at(-1)?.outputs.availabilityZone, "us-east-1b");
	});

	it("lets values that are not known yet pass", () => {
		set();
		const inputs = { vpcId: UNKNOWN, cidrBlock: UNKNOWN, availabilityZone: UNKNOWN };
		assert.deepEqual(at.stage.faults(SUBNET, inputs), []);
	});

	it("does not hold an object's own block against it", () => {
		set();
		const self = at.of("subnetA");
		assert.deepEqual(at.stage.faults(SUBNET, self.inputs, { self }), []);
	});

	it("stops at the quota of 5 VPCs a region", () => {
		set();
		for (const i of [1, 2, 3, 4]) {
			at.stage.make(VPC, { cidrBlock: `10.${i}.0.0/16` });
		}
		assertFault(
			at.stage.faults(VPC, { cidrBlock: "10.5.0.0/16" }),
			"",
			/"VPCs" \(L-F678F1CE\) allows 5 VPCs per region, and 5 exist/,
		);
	});
});

describe("gateways and routes", () => {
	const NAT = "aws:ec2/natGateway:NatGateway";
	const ROUTE = "aws:ec2/route:Route";
	const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
	refuses((): Refused[] => {
		const route = { routeTableId: id("table"), destinationCidrBlock: "10.9.0.0/16", gatewayId: id("igw") };
		return [
			{
				because: "a second internet gateway",
				type: "aws:ec2/internetGateway:InternetGateway",
				inputs: { vpcId: id("vpc") },
				property: "vpcId",
				reason: /a VPC takes one/,
			},
			{
				because: "a domain that is none",
				type: "aws:ec2/eip:Eip",
				inputs: { domain: "vcp" },
				property: "domain",
				reason: /did you mean "vpc"/,
			},
			{
				because: "a public NAT gateway without address",
				type: NAT,
				inputs: { subnetId: id("subnetA") },
				property: "allocationId",
				reason: /required for a public/,
			},
			{
				because: "a zonal NAT gateway without subnet",
				type: NAT,
				inputs: { allocationId: id("eip") },
				property: "subnetId",
				reason: /required for a zonal/,
			},
			{
				because: "an address for a private NAT gateway",
				type: NAT,
				inputs: { connectivityType: "private", subnetId: id("subnetA"), allocationId: id("eip") },
				property: "allocationId",
				reason: /cannot be given/,
			},
			{
				because: "an address in use",
				type: NAT,
				inputs: { subnetId: id("subnetB"), allocationId: id("eip") },
				property: "allocationId",
				reason: /in use by nat-/,
			},
			{
				because: "a second route to a destination",
				type: ROUTE,
				inputs: { ...good("route") },
				property: "destinationCidrBlock",
				reason: /has a route to 0\.0\.0\.0\/0 already/,
			},
			{
				because: "a route with two targets",
				type: ROUTE,
				inputs: { ...route, natGatewayId: id("nat") },
				property: "gatewayId",
				reason: /exactly one target.*but 2/,
			},
			{
				because: "a route without destination",
				type: ROUTE,
				inputs: { routeTableId: id("table"), gatewayId: id("igw") },
				property: "destinationCidrBlock",
				reason: /exactly one of/,
			},
			{
				because: "a destination with host bits",
				type: ROUTE,
				inputs: { ...route, destinationCidrBlock: "10.9.1.0/16" },
				property: "destinationCidrBlock",
				reason: /write 10\.9\.0\.0\/16/,
			},
			{
				because: "a second table for a subnet",
				type: ASSOCIATION,
				inputs: { routeTableId: id("table"), subnetId: id("subnetA") },
				property: "subnetId",
				reason: /takes one route table/,
			},
			{
				because: "an association without subnet and gateway",
				type: ASSOCIATION,
				inputs: { routeTableId: id("table") },
				property: "subnetId",
				reason: /exactly one of subnetId and gatewayId/,
			},
			{
				because: "a broken route in a table",
				type: "aws:ec2/routeTable:RouteTable",
				inputs: { vpcId: id("vpc"), routes: [{ cidrBlock: "0.0.0.0/0" }] },
				property: "routes[0].gatewayId",
				reason: /exactly one target/,
			},
		];
	}, set);

	it("wants an internet gateway before a public NAT gateway", () => {
		const stage = new Stage();
		const vpc = stage.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" });
		const subnet = stage.make("aws:ec2/subnet:Subnet", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
		const eip = stage.make("aws:ec2/eip:Eip", {});
		assertFault(
			stage.faults(NAT, { subnetId: subnet.id, allocationId: eip.id }),
			"subnetId",
			/no internet gateway attached/,
		);
	});

	it("stops at the quota of 5 addresses a region", () => {
		set();
		for (const _ of [1, 2, 3, 4]) {
			at.stage.make("aws:ec2/eip:Eip", {});
		}
		assertFault(at.stage.faults("aws:ec2/eip:Eip", {}), "", /EC2-VPC Elastic IPs.*allows 5 addresses/);
	});
});

describe("security groups", () => {
	const GROUP = "aws:ec2/securityGroup:SecurityGroup";
	const RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
	refuses((): Refused[] => {
		const vpcId = id("vpc");
		const rule = { securityGroupId: id("group"), ipProtocol: "tcp", fromPort: 80, toPort: 80, cidrIpv4: "10.0.0.0/8" };
		const { cidrIpv4: _, ...open } = rule;
		return [
			{
				because: "a name twice in a VPC",
				type: GROUP,
				inputs: { vpcId, name: "nodes" },
				property: "name",
				reason: /unique within the VPC/,
			},
			{
				because: "a name that begins with sg-",
				type: GROUP,
				inputs: { vpcId, name: "sg-mine" },
				property: "name",
				reason: /not beginning with sg-/,
			},
			{
				because: "a description with other signs",
				type: GROUP,
				inputs: { vpcId, name: "a", description: "für uns" },
				property: "description",
				reason: /1 to 255/,
			},
			{
				because: "ports that are none inline",
				type: GROUP,
				inputs: {
					vpcId,
					name: "a",
					ingress: [{ protocol: "tcp", fromPort: 90, toPort: 80, cidrBlocks: ["10.0.0.1/8"] }],
				},
				property: "ingress[0].fromPort",
				reason: /90 to 80/,
			},
			{
				because: "host bits inline",
				type: GROUP,
				inputs: {
					vpcId,
					name: "a",
					ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["10.0.0.1/8"] }],
				},
				property: "ingress[0].cidrBlocks",
				reason: /write 10\.0\.0\.0\/8/,
			},
			{
				because: "more than 60 rules inline",
				type: GROUP,
				inputs: {
					vpcId,
					name: "a",
					ingress: [
						{
							protocol: "tcp",
							fromPort: 80,
							toPort: 80,
							cidrBlocks: Array.from({ length: 61 }, (_, i) => `10.${i}.0.0/16`),
						},
					],
				},
				property: "ingress",
				reason: /has 61 rules/,
			},
			{
				because: "a second owner of the default group",
				type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
				inputs: { vpcId },
				property: "vpcId",
				reason: /managed by/,
			},
			{
				because: "a rule with two sources",
				type: RULE,
				inputs: { ...rule, cidrIpv6: "::/0" },
				property: "cidrIpv4",
				reason: /exactly one of.*but 2/,
			},
			{ because: "a rule without source", type: RULE, inputs: open, property: "cidrIpv4", reason: /but 0/ },
			{
				because: "a rule twice",
				type: RULE,
				inputs: good("ingress"),
				property: "securityGroupId",
				reason: /same rule already/,
			},
			{
				because: "ports with all protocols",
				type: RULE,
				inputs: { ...rule, ipProtocol: "-1" },
				property: "fromPort",
				reason: /leave fromPort and toPort out/,
			},
			{
				because: "tcp without ports",
				type: RULE,
				inputs: { securityGroupId: id("group"), ipProtocol: "tcp", cidrIpv4: "10.0.0.0/8" },
				property: "fromPort",
				reason: /required for tcp/,
			},
			{
				because: "a protocol that is none",
				type: RULE,
				inputs: { ...rule, ipProtocol: "http" },
				property: "ipProtocol",
				reason: /number of 0 to 255/,
			},
			{
				because: "a group that is not there",
				type: RULE,
				inputs: { ...open, referencedSecurityGroupId: "sg-0dead" },
				property: "referencedSecurityGroupId",
				reason: /names no existing SecurityGroup/,
			},
		];
	}, set);

	it("takes the groups that AWS makes itself", () => {
		set();
		const cluster = JSON.parse(JSON.stringify(at.of("cluster").outputs.vpcConfig)).clusterSecurityGroupId;
		const inputs = { securityGroupId: cluster, ipProtocol: "-1", referencedSecurityGroupId: id("defaultGroup") };
		assert.deepEqual(at.stage.faults(RULE, inputs), []);
	});

	it("stops at 60 rules in a group", () => {
		set();
		const rule = (port: number) => ({
			securityGroupId: id("group"),
			ipProtocol: "tcp",
			fromPort: port,
			toPort: port,
			cidrIpv4: "10.0.0.0/8",
		});
		for (let port = 1; port < 60; port += 1) {
			at.stage.put(RULE, rule(port));
		}
		assertFault(at.stage.faults(RULE, rule(60)), "securityGroupId", /allows 60 rules/);
	});
});

describe("endpoints and flow logs", () => {
	const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
	const FLOW = "aws:ec2/flowLog:FlowLog";
	refuses((): Refused[] => {
		const vpcId = id("vpc");
		const face = { vpcId, serviceName: "com.amazonaws.us-east-1.ecr.api", vpcEndpointType: "Interface" };
		const flow = {
			vpcId,
			trafficType: "ALL",
			logDestinationType: "s3",
			logDestination: String(at.of("bucket").outputs.arn),
		};
		return [
			{
				because: "a type that is none",
				type: ENDPOINT,
				inputs: { ...face, vpcEndpointType: "interface" },
				property: "vpcEndpointType",
				reason: /did you mean "Interface"/,
			},
			{
				because: "a service of another region",
				type: ENDPOINT,
				inputs: { ...face, serviceName: "com.amazonaws.us-west-2.ecr.api" },
				property: "serviceName",
				reason: /write com\.amazonaws\.us-east-1\.ecr\.api/,
			},
			{
				because: "a service name of another form",
				type: ENDPOINT,
				inputs: { ...face, serviceName: "ecr" },
				property: "serviceName",
				reason: /of the form/,
			},
			{
				because: "a gateway for a service without one",
				type: ENDPOINT,
				inputs: { vpcId, serviceName: "com.amazonaws.us-east-1.ecr.api" },
				property: "vpcEndpointType",
				reason: /set vpcEndpointType to Interface/,
			},
			{
				because: "subnets of a gateway endpoint",
				type: ENDPOINT,
				inputs: { ...good("endpoint"), subnetIds: [id("subnetA")] },
				property: "subnetIds",
				reason: /type Gateway/,
			},
			{
				because: "route tables of an interface endpoint",
				type: ENDPOINT,
				inputs: { ...face, routeTableIds: [id("table")] },
				property: "routeTableIds",
				reason: /type Interface/,
			},
			{
				because: "two subnets of a zone",
				type: ENDPOINT,
				inputs: { ...face, subnetIds: [id("subnetA"), id("subnetA")] },
				property: "subnetIds",
				reason: /one subnet a zone/,
			},
			{
				because: "private names twice",
				type: ENDPOINT,
				inputs: good("interfaceEndpoint"),
				property: "privateDnsEnabled",
				reason: /conflicts with/,
			},
			{
				because: "a broken policy",
				type: ENDPOINT,
				inputs: { ...face, policy: "{" },
				property: "policy",
				reason: /does not parse/,
			},
			{
				because: "a flow log without subject",
				type: FLOW,
				inputs: { trafficType: "ALL", logDestination: flow.logDestination, logDestinationType: "s3" },
				property: "vpcId",
				reason: /exactly one of/,
			},
			{
				because: "traffic that is none",
				type: FLOW,
				inputs: { ...flow, trafficType: "REJECTED" },
				property: "trafficType",
				reason: /did you mean "REJECT"/,
			},
			{
				because: "a flow log of a VPC without traffic type",
				type: FLOW,
				inputs: { vpcId, logDestination: flow.logDestination, logDestinationType: "s3" },
				property: "trafficType",
				reason: /is required/,
			},
			{
				because: "a destination that is not there",
				type: FLOW,
				inputs: { ...flow, logDestination: "arn:aws:s3:::nobody/logs" },
				property: "logDestination",
				reason: /names no existing destination/,
			},
			{
				because: "delivery to logs without role",
				type: FLOW,
				inputs: { vpcId, trafficType: "ALL", logDestination: String(at.of("logGroup").outputs.arn) },
				property: "iamRoleArn",
				reason: /required for delivery to CloudWatch/,
			},
			{
				because: "a role for delivery to S3",
				type: FLOW,
				inputs: { ...flow, iamRoleArn: String(at.of("podRole").outputs.arn) },
				property: "iamRoleArn",
				reason: /not applicable/,
			},
			{
				because: "an interval of 5 minutes",
				type: FLOW,
				inputs: { ...flow, maxAggregationInterval: 300 },
				property: "maxAggregationInterval",
				reason: /60 or 600 seconds/,
			},
		];
	}, set);

	it("wants DNS host names in the VPC for private names", () => {
		const stage = new Stage();
		const vpc = stage.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" });
		const inputs = {
			vpcId: vpc.id,
			serviceName: "com.amazonaws.us-east-1.sts",
			vpcEndpointType: "Interface",
			privateDnsEnabled: true,
		};
		assertFault(stage.faults(ENDPOINT, inputs), "privateDnsEnabled", /enableDnsHostnames/);
	});

	it("stops at 50 interface endpoints a VPC", () => {
		set();
		for (let i = 0; i < 49; i += 1) {
			at.stage.put(ENDPOINT, {
				vpcId: id("vpc"),
				serviceName: `com.amazonaws.us-east-1.s${i}`,
				vpcEndpointType: "Interface",
			});
		}
		const inputs = { vpcId: id("vpc"), serviceName: "com.amazonaws.us-east-1.logs", vpcEndpointType: "Interface" };
		assertFault(at.stage.faults(ENDPOINT, inputs), "vpcId", /allows 50 endpoints/);
	});
});
