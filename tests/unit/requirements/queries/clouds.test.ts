import { cloudQueries } from "../../../../requirements/queries/clouds";
import { resource } from "../../../support/resources";
import { describeTopic, type Example } from "./asking";
import { placed, pool, regional, vpc } from "./estate";
import { aks, vnet } from "./estate-azure";
import { gke, gkeSubnet } from "./estate-gcp";

const primary = ["us-east-1", "us-west-2", "eu-west-1", "ap-southeast-1"];

/** A resource of a type in each of the four regions, and in three of them and a fifth. */
function inFour(type: string): Example {
	return {
		served: primary.map((region) => regional(type, region)),
		found: "4 of 4 regions",
		broken: [...primary.slice(0, 3), "eu-central-1"].map((region) => regional(type, region)),
		instead: "3 of 4 regions",
	};
}

function there(region: string): Example {
	const others = primary.filter((each) => each !== region);
	return {
		served: [vpc(region)],
		found: `network in ${region}`,
		broken: others.map(vpc),
		instead: "no network there",
	};
}

function trail(inputs: { isMultiRegionTrail: boolean; enableLogging?: boolean }) {
	return resource("aws:cloudtrail/trail:Trail", "trail", inputs, { ...placed(), cell: "global" });
}

function inRegionComponent(cloud: "aws" | "gcp" | "azure", type: string) {
	const component = { ...resource("meridian:cell:RegionCell", `cell-${cloud}`, {}), custom: false };
	return [component, resource(type, `net-${cloud}`, {}, { ...placed("here", cloud), parent: component })];
}

const onAws = inRegionComponent("aws", "aws:ec2/vpc:Vpc");
const onGoogle = inRegionComponent("gcp", "gcp:compute/subnetwork:Subnetwork");
const onAzure = inRegionComponent("azure", "azure-native:network:VirtualNetwork");

describeTopic("cloud queries", cloudQueries, {
	"FR-CLOUD-1/us-east-1": there("us-east-1"),
	"FR-CLOUD-1/us-west-2": there("us-west-2"),
	"FR-CLOUD-1/eu-west-1": there("eu-west-1"),
	"FR-CLOUD-1/ap-southeast-1": there("ap-southeast-1"),
	"FR-CLOUD-1/ec2-p5": {
		served: primary.flatMap((region) => pool({ region })),
		found: "4 of 4 regions",
		broken: [
			...pool(),
			...pool({ region: "us-west-2", nodes: 0 }),
			...pool({ region: "eu-west-1", type: "g6.48xlarge" }),
		],
		instead: "1 of 4 regions",
	},
	"FR-CLOUD-1/s3": inFour("aws:s3/bucket:Bucket"),
	"FR-CLOUD-1/efs": inFour("aws:efs/fileSystem:FileSystem"),
	"FR-CLOUD-1/vpc": inFour("aws:ec2/vpc:Vpc"),
	"FR-CLOUD-1/transit-gateway": inFour("aws:ec2transitgateway/vpcAttachment:VpcAttachment"),
	"FR-CLOUD-1/iam": inFour("aws:eks/podIdentityAssociation:PodIdentityAssociation"),
	"FR-CLOUD-1/kms": inFour("aws:kms/key:Key"),
	"FR-CLOUD-1/cloudwatch": inFour("aws:cloudwatch/logGroup:LogGroup"),
	"FR-CLOUD-1/x-ray": inFour("aws:xray/group:Group"),
	"FR-CLOUD-1/cloudtrail": {
		served: [...primary.map(vpc), trail({ isMultiRegionTrail: true })],
		found: "4 of 4 regions",
		broken: [...primary.map(vpc), trail({ isMultiRegionTrail: false })],
		instead: "1 of 4 regions",
	},
	"FR-CLOUD-2/gke": {
		served: [gkeSubnet(), gke(), vnet()],
		found: "1 of 1 regions with a cluster",
		broken: [gkeSubnet(), gke(), gkeSubnet("us-central1"), vnet(), aks()],
		instead: "1 of 2 regions with a cluster",
	},
	"FR-CLOUD-2/aks": {
		served: [vnet(), aks(), gkeSubnet()],
		found: "1 of 1 regions with a cluster",
		broken: [vnet(), gkeSubnet(), gke()],
		instead: "0 of 1 regions with a cluster",
	},
	"FR-CLOUD-2/same-component": {
		served: [...onAws, ...onGoogle, ...onAzure],
		found: "3 of 3 clouds",
		broken: [...onAws, ...onGoogle, ...onAzure.slice(1)],
		instead: "2 of 3 clouds",
	},
	"FR-CLOUD-2/cloudflare": {
		served: [resource("cloudflare:index/zone:Zone", "zone", {})],
		found: "1 resource",
		broken: [resource("fastly:index/serviceVcl:ServiceVcl", "service", {})],
		instead: "0 resources",
	},
	"FR-CLOUD-2/fastly": {
		served: [resource("fastly:index/serviceVcl:ServiceVcl", "service", {})],
		found: "1 resource",
		broken: [resource("cloudflare:index/zone:Zone", "zone", {})],
		instead: "0 resources",
	},
});
