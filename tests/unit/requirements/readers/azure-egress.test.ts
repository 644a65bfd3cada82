import { strict as assert } from "node:assert";
import { type Blueprint, ResourceGraph, type ResourceNode } from "../../../../lib/graph";
import { azureNetwork } from "../../../../requirements/readers/network/azure";
import { blueprintOf, specValue, withSetting } from "../../../support/environments";

/** Which networks refuse what is not let through, by cell. */
function refusing(resources: readonly ResourceNode[]): { [cell: string]: boolean } {
	const networks = azureNetwork.networks(new ResourceGraph(resources));
	return Object.fromEntries(networks.map(({ node, refuses }) => [node.cell, refuses.egress && refuses.ingress]));
}

/** The blueprint with changed inputs of the one resource of a type. */
function broken({ resources }: Blueprint, type: string, change: (inputs: string) => string): ResourceNode[] {
	return resources.map((node) =>
		node.type === `azure-native:network:${type}`
			? { ...node, inputs: JSON.parse(change(JSON.stringify(node.inputs))) }
			: node,
	);
}

describe("egress of Azure's networks", () => {
	const cell = "azure-swedencentral";
	let open: Blueprint;
	let listed: Blueprint;
	before(async () => {
		open = await blueprintOf(specValue("dev"));
		listed = await blueprintOf(withSetting(specValue("dev"), "network", { egress: { control: "allow-list" } }));
	});

	it("is refused where all goes by a firewall's list, and where nothing but endpoints stands", () => {
		assert.deepEqual(refusing(listed.resources), { global: true, [cell]: true });
	});

	it("is open with a NAT gateway", () => {
		assert.deepEqual(refusing(open.resources), { global: true, [cell]: false });
	});

	for (const [because, type, from, to] of [
		["every domain is let through", "FirewallPolicyRuleCollectionGroup", '"nvcr.io"', '"*"'],
		["a route leads past the firewall", "RouteTable", '"VirtualAppliance"', '"Internet"'],
		["the route is for some addresses only", "RouteTable", '"0.0.0.0/0"', '"10.0.0.0/8"'],
	] as const) {
		it(`is open where ${because}`, () => {
			const changed = broken(listed, type, (inputs) => inputs.replace(from, to));
			assert.notDeepEqual(changed, listed.resources);
			assert.equal(refusing(changed)[cell], false);
		});
	}

	it("is open where the policy has no firewall", () => {
		const without = listed.resources.filter(({ type }) => type !== "azure-native:network:AzureFirewall");
		assert.equal(refusing(without)[cell], false);
	});
});
