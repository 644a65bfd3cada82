import assert from "node:assert/strict";
import { regionQueries } from "../../../../requirements/queries/regions";
import { ask, describeExamples, describeTopic, queryOf } from "./asking";
import { pool, vpc, zoneSubnet } from "./estate";
import { aks, aksPool, vnet } from "./estate-azure";
import { gke, gkePool, gkeSubnet, gkeSystemPool } from "./estate-gcp";

const twelve = Array.from({ length: 12 }, (_, i) => `region-${i}`);
const [gcp, azure] = [gkeSubnet(), vnet()];
const elsewhere = { ...vpc(), cell: "training" };
const [a, b, c] = [zoneSubnet("a"), zoneSubnet("b"), zoneSubnet("c")];

const offering = [
	...["us-east-1", "us-west-2", "eu-north-1", "ap-south-1"].map((region) => vpc(region)),
	...["us-central1", "us-east4", "europe-west4", "asia-southeast1"].map((region) => gkeSubnet(region)),
	...["eastus", "swedencentral", "australiaeast", "japaneast"].map((region) => vnet(region)),
];

describeTopic("region queries", regionQueries, {
	"FR-INF-1/regions": {
		served: twelve.map(vpc),
		found: `12 of 12 regions, ${twelve
			.map((region) => `aws-${region}`)
			.sort()
			.join(", ")}`,
		broken: [vpc(), elsewhere],
		instead: "1 of 12 regions, aws-us-east-1",
	},
	"FR-INF-1/aws-regions": { served: [vpc()], found: "1 region", broken: [gcp, azure], instead: "0 regions" },
	"FR-INF-1/gcp-regions": { served: [gcp], found: "1 region", broken: [vpc(), azure], instead: "0 regions" },
	"FR-INF-1/azure-regions": { served: [azure], found: "1 region", broken: [vpc(), gcp], instead: "0 regions" },
	"FR-INF-1/gpu-offer": {
		served: offering,
		found: "12 of 12 regions whose cloud offers 8x H100",
		broken: [vpc(), vpc("eu-west-1"), gkeSubnet("europe-west2"), vnet("northeurope")],
		instead: "1 of 12 regions whose cloud offers 8x H100",
	},
	"SV-REG-1/regions": { served: [vpc(), gcp], found: "2 regions", broken: [vpc()], instead: "1 region" },
	"SV-REG-1/zones": {
		served: [vpc(), a, b, c, ...pool({ label: "system", type: "m7i.2xlarge", subnets: [a, b, c] })],
		found: "3 zones a region",
		broken: [vpc(), a, b, c, ...pool({ label: "system", type: "m7i.2xlarge", subnets: [a, b] }), vpc("us-west-2")],
		instead: "0 zones a region, 2 zones a region",
	},
	"SV-REG-1/groups-over-zones": {
		served: [vpc(), a, b, ...pool({ subnets: [a] }), ...pool({ label: "business", subnets: [b] })],
		found: "whole groups in 2 zones a region",
		broken: [vpc(), a, b, ...pool({ subnets: [a] }), ...pool({ label: "business", subnets: [b], nodes: 3 })],
		instead: "broken groups in 2 zones a region",
	},
	"SV-REG-1/group-in-zone": {
		served: [a, ...pool({ subnets: [a] })],
		found: "each GPU pool in 1 zone",
		broken: [a, b, ...pool({ subnets: [a, b] })],
		instead: "each GPU pool in 2 zones",
	},
});

const google = gke();

describeExamples("regions of three clouds", regionQueries, {
	"FR-INF-1/regions": {
		served: [...twelve.slice(0, 10).map(vpc), gcp, azure],
		found: `12 of 12 regions, ${[
			...twelve.slice(0, 10).map((region) => `aws-${region}`),
			"azure-swedencentral",
			"gcp-europe-west4",
		]
			.sort()
			.join(", ")}`,
		broken: [gcp, azure],
		instead: "2 of 12 regions, azure-swedencentral, gcp-europe-west4",
	},
	"SV-REG-1/zones": {
		served: [gcp, google, gkeSystemPool(google), azure, aks()],
		found: "3 zones a region",
		broken: [gcp, ...gkePool({ zones: ["b"] }), azure, aks()],
		instead: "1 zone a region, 3 zones a region",
	},
	"SV-REG-1/groups-over-zones": {
		served: [
			...[gcp, ...gkePool({ zones: ["b"] }), ...gkePool({ zones: ["c"], label: "business" })],
			...[azure, ...aksPool({ zones: ["1"] }), ...aksPool({ zones: ["2"], label: "business" })],
		],
		found: "whole groups in 2 zones a region",
		broken: [gcp, ...gkePool({ zones: ["b", "c"] }), azure, ...aksPool({ zones: ["1", "2"], nodes: 3 })],
		instead: "broken groups in 2 zones a region, whole groups in 2 zones a region",
	},
	"SV-REG-1/group-in-zone": {
		served: [...gkePool(), ...aksPool()],
		found: "each GPU pool in 1 zone",
		broken: [...gkePool(), ...aksPool({ zones: [] })],
		instead: "each GPU pool in 0 zones, each GPU pool in 1 zone",
	},
});

describe("a region whose cloud does not offer the GPU", () => {
	const other = [vpc("eu-west-1"), ...offering.slice(1)];
	const query = queryOf(regionQueries, "FR-INF-1/gpu-offer");
	const substitute = { given: "p4d.24xlarge", effect: "less memory a GPU" };
	const shortfalls = [{ trait: "gpu", cell: "aws-eu-west-1", instanceType: "p4d.24xlarge", substitute }];

	it("deviates where the specification names what runs there instead", () => {
		const { found, works, deviation } = ask(query, other, { environment: "prod", shortfalls });
		assert.deepEqual([found, works], ["11 of 12 regions whose cloud offers 8x H100", true]);
		assert.deepEqual(deviation, { substitute: substitute.given, effect: substitute.effect });
	});

	it("is missing where it names nothing", () => {
		assert.equal(ask(query, other).works, false);
	});
});
