import { regionQueries } from "../../../../requirements/queries/regions";
import { resource } from "../../../support/resources";
import { describeTopic } from "./asking";
import { placed, pool, vpc, zoneSubnet } from "./estate";

const twelve = Array.from({ length: 12 }, (_, i) => `region-${i}`);
const gcp = resource("gcp:compute/subnetwork:Subnetwork", "net", {}, placed("europe-west4", "gcp"));
const azure = resource("azure-native:network:VirtualNetwork", "net", {}, placed("swedencentral", "azure"));
const elsewhere = { ...vpc(), cell: "training" };
const [a, b, c] = [zoneSubnet("a"), zoneSubnet("b"), zoneSubnet("c")];

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
		served: [vpc(), vpc("us-west-2")],
		found: "2 of 12 regions whose cloud offers 8x H100",
		broken: [vpc(), vpc("eu-west-1")],
		instead: "1 of 12 regions whose cloud offers 8x H100",
		unmet: "is met by no list of the catalogue:",
	},
	"SV-REG-1/regions": { served: [vpc(), gcp], found: "2 regions", broken: [vpc()], instead: "1 region" },
	"SV-REG-1/zones": {
		served: [vpc(), a, b, c],
		found: "3 zones a region",
		broken: [vpc(), a, b, vpc("us-west-2")],
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
