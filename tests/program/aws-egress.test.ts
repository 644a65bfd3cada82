import { strict as assert } from "node:assert";
import type { Blueprint, ResourceNode } from "../../lib/graph";
import { awsOnly, blueprintOf, withSetting } from "../support/environments";

const listed = { egress: { control: "allow-list", domains: ["git.frontier.example"] } };
const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];

function routes({ resources }: Blueprint): ResourceNode[] {
	return resources.filter(({ type }) => type === "aws:ec2/route:Route");
}

function named(nodes: readonly ResourceNode[], name: string, type = ""): ResourceNode {
	const node = nodes.find((each) => each.name === name && each.type.endsWith(type));
	assert.ok(node, name);
	return node;
}

describe("egress by a list of domains on AWS", () => {
	let perZone: Blueprint;
	let single: Blueprint;
	before(async () => {
		const dev = withSetting(awsOnly("dev"), "network", listed);
		single = await blueprintOf(dev);
		perZone = await blueprintOf(withSetting(dev, "regions.0.nat", "per-zone"));
	});

	const base = "aws-us-east-1-network-egress";

	it("sends what leaves private subnets to the firewall, and no private table to NAT", () => {
		const firewall = named(perZone.resources, `${base}-firewall-firewall`);
		for (const zone of zones) {
			const route = named(routes(perZone), `aws-us-east-1-network-private-default-${zone}`);
			assert.deepEqual(route.propertyDependencies.vpcEndpointId, [firewall.urn]);
			assert.equal(route.inputs.natGatewayId, undefined);
		}
	});

	it("brings answers back through the endpoint of the zone that asked", () => {
		const back = (blueprint: Blueprint, zone: string) => {
			const table = named(blueprint.resources, `${base}-nat-${zone}`, ":RouteTable");
			return routes(blueprint)
				.filter(({ propertyDependencies }) => propertyDependencies.routeTableId?.includes(table.urn))
				.map(({ name, inputs }) => `${name.slice(base.length + 5)} ${inputs.destinationCidrBlock}`)
				.sort();
		};
		assert.deepEqual(back(perZone, "us-east-1b"), [
			"compute-us-east-1b 10.16.64.0/18",
			"control-us-east-1b 10.16.195.64/26",
			"default-us-east-1b 0.0.0.0/0",
		]);
		assert.equal(back(single, "us-east-1a").length, 7);
	});

	it("lets the listed domains through, and drops the rest", () => {
		const group = named(perZone.resources, `${base}-firewall-egress-domains`);
		const text = JSON.stringify(group.inputs.ruleGroup);
		assert.match(text, /"ALLOWLIST"/);
		assert.match(text, /"git\.frontier\.example"/);
		assert.match(text, /"autoscaling\.us-east-1\.amazonaws\.com"/);
		const policy = named(perZone.resources, `${base}-firewall-policy`).inputs.firewallPolicy;
		assert.match(JSON.stringify(policy), /"aws:drop_established_app_layer"/);
	});

	it("has one NAT gateway or one a zone, in subnets without balancers", () => {
		const nats = (blueprint: Blueprint) =>
			blueprint.resources.filter(({ type }) => type === "aws:ec2/natGateway:NatGateway");
		assert.equal(nats(single).length, 1);
		assert.equal(nats(perZone).length, 3);
		const subnet = named(single.resources, `${base}-nat-us-east-1a`, ":Subnet");
		assert.ok(nats(single)[0]?.propertyDependencies.subnetId?.includes(subnet.urn));
	});
});
