import assert from "node:assert/strict";
import { ResourceGraph, type ResourceNode } from "../../../../lib/graph";
import { cloudsOf, inRegionCell, regionOf, regionsOf } from "../../../../requirements/queries/places";
import { resource } from "../../../support/resources";
import { placed, vpc } from "./estate";
import { aks, vnet } from "./estate-azure";
import { gke, gkeSubnet } from "./estate-gcp";

/** A resource of a cloud whose reference to its provider names no region, as Azure's do, and the provider. */
function throughProvider(location: string): [ResourceNode, ResourceNode] {
	const provider = resource("pulumi:providers:azure-native", "azure", { location });
	const node = resource(
		"azure-native:network:VirtualNetwork",
		"vnet",
		{},
		{ provider: { urn: provider.urn, package: "azure-native" }, cell: "azure-swedencentral" },
	);
	return [node, provider];
}

function regionIn(nodes: readonly ResourceNode[]): string | undefined {
	const [node] = nodes;
	assert.ok(node);
	return regionOf(new ResourceGraph(nodes), node);
}

describe("regionOf", () => {
	it("reads the region of a resource, of its provider's reference, and the location of the provider", () => {
		assert.equal(regionIn([vpc("us-west-2")]), "us-west-2");
		assert.equal(regionIn([gkeSubnet()]), "europe-west4");
		assert.equal(regionIn(throughProvider("swedencentral")), "swedencentral");
		assert.equal(regionIn(throughProvider("Sweden Central")), "swedencentral");
	});

	it("prefers what the resource says itself, and knows it by the cloud's own name", () => {
		const place = placed("europe-west4", "gcp");
		const at = (location: string) => resource("gcp:container/cluster:Cluster", "main", { location }, place);
		assert.equal(regionIn([at("us-central1")]), "us-central1");
		assert.equal(regionIn([at("europe-west4-a")]), "europe-west4");
		assert.equal(regionIn([at("EUROPE-WEST4")]), "europe-west4");
		assert.equal(regionIn([at("EU")]), "eu");
	});

	it("knows none of a cluster's objects", () => {
		assert.equal(regionIn([resource("kubernetes:core/v1:Namespace", "serving", {})]), undefined);
	});
});

describe("inRegionCell", () => {
	it("holds for the cell of the resource's own cloud and region only", () => {
		const [node, provider] = throughProvider("swedencentral");
		const graph = new ResourceGraph([node, provider]);
		assert.equal(inRegionCell(graph, node), true);
		assert.equal(inRegionCell(graph, { ...node, cell: "aws-swedencentral" }), false);
		assert.equal(inRegionCell(graph, { ...node, cell: "global" }), false);
	});
});

describe("regionsOf and cloudsOf", () => {
	const graph = new ResourceGraph([vpc(), vpc("us-west-2"), gkeSubnet(), gke(), aks(), { ...vnet(), cell: "global" }]);
	it("count regions by their networks, each once", () => {
		assert.deepEqual(regionsOf(graph), ["aws-us-east-1", "aws-us-west-2", "gcp-europe-west4"]);
		assert.deepEqual(regionsOf(graph, "aws"), ["aws-us-east-1", "aws-us-west-2"]);
	});

	it("count a cloud with a cluster too", () => {
		assert.deepEqual(cloudsOf(graph), ["aws", "gcp", "azure"]);
		assert.deepEqual(cloudsOf(new ResourceGraph([gkeSubnet()])), ["gcp"]);
	});
});
