import { strict as assert } from "node:assert";
import { type Blueprint, ResourceGraph, type ResourceNode } from "../../lib/graph";
import { azurePools } from "../../requirements/readers/pools/azure";
import { checkFacts } from "../../sandbox/check/facts-check";
import { factsFor } from "../../sandbox/facts";
import { sandboxPackages } from "../../sandbox/packages";
import { blueprintOf, specValue, withSetting } from "../support/environments";

const NETWORK = { backbone: true, egress: { control: "allow-list", domains: [".models.example", "api.example.com"] } };

/** Resources of a type in a cell or all cells. */
function ofType({ resources }: Blueprint, type: string): ResourceNode[] {
	return resources.filter((node) => node.type === `azure-native:${type}`);
}

function only(nodes: readonly ResourceNode[]): ResourceNode {
	const [first] = nodes;
	assert.ok(first && nodes.length === 1, `one resource, but ${nodes.length} were found`);
	return first;
}

describe("a region on Azure with backbone and listed egress", () => {
	let blueprint: Blueprint;
	let cells: Blueprint;
	before(async () => {
		const pool = "regions.2.gpuPools.0";
		// Google Cloud's firewalls know no wildcards, which this list has.
		const dev = withSetting(specValue("dev"), "regions.1.enabled", false);
		const moving = withSetting(withSetting(dev, `${pool}.min`, 2), `${pool}.max`, 8);
		blueprint = await blueprintOf(withSetting(moving, "network", NETWORK));
		const stacks = withSetting(withSetting(dev, "layout", "cells"), "protection", undefined);
		cells = await blueprintOf(withSetting(stacks, "network", NETWORK));
	});

	it("has only resources that the sandbox knows, with properties that it knows", () => {
		const faults = [...blueprint.resources, ...cells.resources]
			.filter((node) => node.custom && node.type.startsWith("azure-native:"))
			.flatMap((node) =>
				sandboxPackages.get("azure-native")?.models.has(node.type)
					? checkFacts(factsFor("azure-native"), node.type, node.inputs).map(
							(fault) => `${node.type} ${fault.property}: ${fault.reason}`,
						)
					: [`${node.type} has no model`],
			);
		assert.deepEqual([...new Set(faults)], []);
	});

	it("makes a hub of the region's number, and the gateway before anything joins that hub", () => {
		const hub = only(ofType(blueprint, "network:VirtualHub"));
		assert.equal(hub.inputs.addressPrefix, "10.254.18.0/24");
		assert.equal(hub.inputs.location, "swedencentral");
		const connection = only(ofType(blueprint, "network:HubVirtualNetworkConnection"));
		const gateway = only(ofType(blueprint, "network:VpnGateway"));
		assert.ok(connection.dependencies.includes(gateway.urn));
		assert.ok(connection.dependencies.includes(hub.urn));
		const subnets = ofType(blueprint, "network:Subnet").filter(({ cell }) => cell === "azure-swedencentral");
		const waited = subnets.filter(({ urn }) => connection.dependencies.includes(urn));
		assert.ok(waited.length >= 2, "the connection waits for the subnets");
	});

	it("sends nodes to the firewall, over all zones, and lets listed domains through", () => {
		const firewall = only(ofType(blueprint, "network:AzureFirewall"));
		assert.deepEqual(firewall.inputs.zones, ["1", "2", "3"]);
		const rules = only(ofType(blueprint, "network:FirewallPolicyRuleCollectionGroup"));
		assert.ok(firewall.dependencies.includes(rules.urn), "rules stand before the firewall takes the policy up");
		assert.match(JSON.stringify(rules.inputs), /\*\.models\.example.*api\.example\.com/);
		const nodes = ofType(blueprint, "network:Subnet").find(({ inputs }) => inputs.subnetName === "nodes");
		const table = only(ofType(blueprint, "network:RouteTable"));
		assert.ok(nodes?.dependencies.includes(table.urn));
		assert.ok(table.dependencies.includes(firewall.urn));
		const cluster = only(ofType(blueprint, "containerservice:ManagedCluster"));
		assert.match(JSON.stringify(cluster.inputs), /"outboundType":"userDefinedRouting"/);
		assert.deepEqual(ofType(blueprint, "network:NatGateway"), []);
	});

	it("leaves the count of a pool that moves to AKS", () => {
		const pool = only(ofType(blueprint, "containerservice:AgentPool"));
		const { count, enableAutoScaling, maxCount, minCount } = pool.inputs;
		assert.deepEqual(
			{ count, enableAutoScaling, maxCount, minCount },
			{ count: 4, enableAutoScaling: true, maxCount: 8, minCount: 2 },
		);
		assert.deepEqual(pool.options.ignoreChanges, ["count"]);
	});

	it("names a private zone for the cell", () => {
		const names = ofType(blueprint, "privatedns:PrivateZone").map(({ inputs }) => inputs.privateZoneName);
		assert.ok(names.includes("azure-swedencentral.internal.dev.frontier.example"));
	});

	it("sends records of traffic to the audit store where cells are stacks, else to the region's own", () => {
		const [one, many] = [blueprint, cells].map((each) => ofType(each, "network:FlowLog"));
		const workspaces = (graph: Blueprint) => ofType(graph, "operationalinsights:Workspace");
		const shared = workspaces(blueprint).find(({ cell }) => cell === "global");
		assert.ok(one?.every((log) => !log.dependencies.includes(shared?.urn ?? "")));
		assert.ok((many ?? []).length > 0);
		for (const log of many ?? []) {
			assert.ok(workspaces(cells).every(({ cell, urn }) => cell === "global" || !log.dependencies.includes(urn)));
		}
	});
});

describe("a region on Azure with A100 nodes and striped disks", () => {
	const cluster = "regions.2.cluster.localDisks";
	const size = "regions.2.gpuPools.0.instanceType";
	const value = withSetting(specValue("dev"), cluster, "striped");

	it("has a pool of A100 on InfiniBand", async () => {
		const pool = only(
			ofType(await blueprintOf(withSetting(value, size, "Standard_ND96amsr_A100_v4")), "containerservice:AgentPool"),
		);
		assert.equal(pool.inputs.vmSize, "Standard_ND96amsr_A100_v4");
		assert.match(JSON.stringify(pool.inputs.nodeLabels), /"meridian\.dev\/fabric":"infiniband"/);
		const features = ofType(await blueprintOf(value), "features:SubscriptionFeatureRegistration");
		assert.ok(features.some(({ inputs }) => inputs.featureName === "AKSInfinibandSupport"));
	});

	it("gives pods volumes over all disks of a node, and says so by what is there", async () => {
		const blueprint = await blueprintOf(value);
		const [system, gpu] = azurePools(new ResourceGraph(blueprint.resources));
		assert.deepEqual(gpu?.node.disks, { count: 8, sizeGb: 3500, layout: "striped volumes", striped: true });
		assert.equal(system?.node.disks, undefined);
		const raw = blueprint.resources.filter(({ type }) => type !== "kubernetes:storage.k8s.io/v1:StorageClass");
		assert.equal(azurePools(new ResourceGraph(raw))[1]?.node.disks?.striped, false);
		const bare = blueprint.resources.filter(({ type }) => !type.endsWith(":Extension"));
		assert.equal(azurePools(new ResourceGraph(bare))[1]?.node.disks?.striped, false);
	});

	it("uses nothing that the sandbox does not know", async () => {
		const { resources } = await blueprintOf(value);
		const unknown = resources.filter(
			(node) => node.custom && node.provider && !sandboxPackages.get(node.provider.package)?.models.has(node.type),
		);
		assert.deepEqual(
			unknown.map(({ type }) => type),
			[],
		);
	});
});
