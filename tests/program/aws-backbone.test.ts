import { strict as assert } from "node:assert";
import type { Blueprint, ResourceNode } from "../../lib/graph";
import { awsOnly, blueprintOf, type SpecValue, withSetting } from "../support/environments";

const T = "aws:ec2transitgateway/";

/** dev on AWS with a backbone and further regions. */
function spokes(...regions: readonly (readonly [string, string])[]): SpecValue {
	const base = withSetting(awsOnly("dev"), "network", { backbone: true });
	const further = regions.map(([region, addresses]) => ({
		cloud: "aws",
		region,
		zones: ["a", "b", "c"].map((letter) => `${region}${letter}`),
		addresses,
	}));
	const { regions: own } = base;
	return { ...base, regions: [...(Array.isArray(own) ? own : []), ...further] };
}

function all({ resources }: Blueprint, type: string): ResourceNode[] {
	return resources.filter((node) => node.type === type);
}

function one(blueprint: Blueprint, type: string, name: string): ResourceNode {
	const node = all(blueprint, type).find((each) => each.name === name);
	assert.ok(node, `${type} ${name}`);
	return node;
}

describe("the backbone on AWS", () => {
	let three: Blueprint;
	before(async () => {
		three = await blueprintOf(spokes(["us-west-2", "10.20.0.0/16"], ["eu-west-1", "10.21.0.0/16"]));
	});

	it("has a transit gateway in each region, with a number of its own and nothing that joins by itself", () => {
		const gateways = all(three, `${T}transitGateway:TransitGateway`);
		assert.deepEqual(
			gateways.map(({ provider }) => provider?.region),
			["eu-west-1", "us-east-1", "us-west-2"],
		);
		assert.deepEqual(
			gateways.map(({ inputs }) => inputs.amazonSideAsn),
			[64_603, 64_601, 64_602],
		);
		for (const { inputs } of gateways) {
			assert.equal(inputs.autoAcceptSharedAttachments, "disable");
			assert.equal(inputs.defaultRouteTableAssociation, "disable");
			assert.equal(inputs.defaultRouteTablePropagation, "disable");
		}
	});

	it("grows by one peering with each region", async () => {
		const peering = `${T}peeringAttachment:PeeringAttachment`;
		assert.equal(all(await blueprintOf(spokes()), peering).length, 0);
		assert.equal(all(three, peering).length, 2);
		assert.deepEqual(
			all(three, peering).map(({ inputs, provider }) => [provider?.region, inputs.peerRegion]),
			[
				["eu-west-1", "us-east-1"],
				["us-west-2", "us-east-1"],
			],
		);
	});

	it("accepts a peering at the hub before it is routed to, on both sides", () => {
		const accepter = one(
			three,
			`${T}peeringAttachmentAccepter:PeeringAttachmentAccepter`,
			"global-backbone-peering-us-west-2-accepter",
		);
		assert.equal(accepter.provider?.region, "us-east-1");
		for (const [side, region, destination] of [
			["hub", "us-east-1", "10.20.0.0/16"],
			["spoke", "us-west-2", "10.0.0.0/8"],
		] as const) {
			const route = one(three, `${T}route:Route`, `global-backbone-peering-us-west-2-${side}`);
			assert.equal(route.inputs.destinationCidrBlock, destination);
			assert.equal(route.provider?.region, region);
			assert.ok(route.dependencies.includes(accepter.urn));
		}
	});

	it("joins each VPC by subnets of their own, and routes to the gateway once it is attached", () => {
		const attachment = one(three, `${T}vpcAttachment:VpcAttachment`, "aws-us-east-1-network-transit-attachment");
		const route = one(three, "aws:ec2/route:Route", "aws-us-east-1-network-transit-us-east-1a");
		assert.equal(route.inputs.destinationCidrBlock, "10.0.0.0/8");
		assert.ok(route.dependencies.includes(attachment.urn));
		const subnet = one(three, "aws:ec2/subnet:Subnet", "aws-us-east-1-network-transit-us-east-1a");
		assert.equal(subnet.inputs.cidrBlock, "10.16.195.192/28");
	});

	it("has a zone for each network's own names, which only that network sees", () => {
		const zone = one(three, "aws:route53/zone:Zone", "aws-us-west-2-network-private-zone");
		assert.equal(zone.inputs.name, "aws-us-west-2.internal.dev.frontier.example");
		const vpc = one(three, "aws:ec2/vpc:Vpc", "aws-us-west-2-network-vpc");
		assert.deepEqual(zone.propertyDependencies.vpcs, [vpc.urn]);
		one(three, "aws:ec2/vpcEndpoint:VpcEndpoint", "aws-us-west-2-network-endpoints-autoscaling");
	});

	it("leaves the other ranges of a network where they are", async () => {
		const plain = await blueprintOf(awsOnly("dev"));
		const ranges = (blueprint: Blueprint) =>
			all(blueprint, "aws:ec2/subnet:Subnet")
				.filter(({ name }) => name.startsWith("aws-us-east-1-network-") && !name.includes("transit"))
				.map(({ name, inputs }) => [name, inputs.cidrBlock]);
		assert.deepEqual(ranges(three), ranges(plain));
	});

	it("exports the gateways of the hub's region even where no cell is there", async () => {
		const value = withSetting(spokes(["us-west-2", "10.20.0.0/16"]), "regions.0.enabled", false);
		const blueprint = await blueprintOf(value);
		assert.equal(all(blueprint, `${T}transitGateway:TransitGateway`).length, 2);
	});
});
