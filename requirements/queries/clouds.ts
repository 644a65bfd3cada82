import { type Cloud, clouds, regionCell } from "../../lib/cells";
import type { ResourceGraph, ResourceNode } from "../../lib/graph";
import { distinct, flagAt, urnsOf } from "../counting";
import type { Pool } from "../readers/pools/pool";
import type { ItemAnswer, ItemQuery, QueryContext, QueryRegistry } from "../row";
import { atLeast, counted } from "./answers";
import { cloudOf, NETWORKS, regionalNodes, regionOf, regionsOf } from "./places";
import { modulePools } from "./pools";
import { heldOrSubstituted } from "./substitutes";

/** The AWS regions that FR-CLOUD-1 names. */
const PRIMARY = ["us-east-1", "us-west-2", "eu-west-1", "ap-southeast-1"] as const;

/** What stands for a service of FR-CLOUD-1 in a region. */
const SERVICES = {
	s3: "aws:s3/bucket:Bucket",
	efs: "aws:efs/fileSystem:FileSystem",
	vpc: "aws:ec2/vpc:Vpc",
	"transit-gateway": "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
	iam: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
	kms: "aws:kms/key:Key",
	cloudwatch: "aws:cloudwatch/logGroup:LogGroup",
	"x-ray": "aws:xray/group:Group",
} as const;

const TRAIL = "aws:cloudtrail/trail:Trail";
const REGION_COMPONENT = "meridian:cell:RegionCell";

/** FR-CLOUD-1 and FR-CLOUD-2: which cloud's services are made in which region. */
export const cloudQueries: QueryRegistry = {
	...Object.fromEntries(PRIMARY.map((region) => [`FR-CLOUD-1/${region}`, primaryRegion(region)])),
	...Object.fromEntries(Object.entries(SERVICES).map(([item, type]) => [`FR-CLOUD-1/${item}`, service(type)])),
	"FR-CLOUD-1/ec2-p5": p5,
	"FR-CLOUD-1/cloudtrail": cloudTrail,
	"FR-CLOUD-2/gke": clusters("gcp", "gcp:container/cluster:Cluster"),
	"FR-CLOUD-2/aks": clusters("azure", "azure-native:containerservice:ManagedCluster"),
	"FR-CLOUD-2/same-component": sameComponent,
	"FR-CLOUD-2/cloudflare": ofPackage("cloudflare"),
	"FR-CLOUD-2/fastly": ofPackage("fastly"),
};

/** P5 in each of the named regions, or what the specification names where AWS does not offer it. */
function p5(graph: ResourceGraph, context: QueryContext): ItemAnswer {
	const primary = PRIMARY.map((region) => regionCell("aws", region));
	const pools = modulePools(graph, context).filter(({ group, size }) => primary.includes(group.cell) && size.nodes > 0);
	const described = {
		holds: ({ node }: Pool) => node.typeName.startsWith("p5."),
		words: ({ node }: Pool) => node.typeName,
		none: "no GPU pool",
	};
	const answer = heldOrSubstituted(pools, "gpu", described, context);
	const served = distinct(pools.flatMap(({ group, node }) => (node.typeName.startsWith("p5.") ? [group.cell] : [])));
	const everywhere = distinct(pools.map(({ group }) => group.cell)).length === PRIMARY.length;
	return {
		...answer,
		found: `${served.length} of ${PRIMARY.length} regions`,
		works: answer.works && everywhere && served.length > 0,
	};
}

function primaryRegion(region: string): ItemQuery {
	return (graph) => {
		const here = regionalNodes(graph, ...NETWORKS).filter(({ cell }) => cell === regionCell("aws", region));
		return {
			found: here.length > 0 ? `network in ${region}` : "no network there",
			works: here.length > 0,
			resources: urnsOf(here),
		};
	};
}

function service(type: string): ItemQuery {
	return (graph) => inPrimary(graph, regionalNodes(graph, type));
}

/** In how many of the named regions one or more of the resources is made. */
function inPrimary(graph: ResourceGraph, nodes: readonly ResourceNode[]): ItemAnswer {
	const here = nodes.filter((node) => isPrimary(regionOf(graph, node)));
	return counted(here, distinct(here.flatMap((node) => regionOf(graph, node) ?? [])).length, {
		wanted: PRIMARY.length,
		unit: "regions",
	});
}

function isPrimary(region: string | undefined): boolean {
	return PRIMARY.some((each) => each === region);
}

/** A trail of one region records that one, a multi-region trail every region that the platform is in. */
function cloudTrail(graph: ResourceGraph): ItemAnswer {
	const trails = graph.ofType(TRAIL).filter(({ inputs }) => flagAt(inputs, "enableLogging") !== false);
	const everywhere = trails.some(({ inputs }) => flagAt(inputs, "isMultiRegionTrail") === true);
	const recorded = regionalNodes(graph, SERVICES.vpc).filter(
		(network) => everywhere || trails.some((trail) => regionOf(graph, trail) === regionOf(graph, network)),
	);
	return { ...inPrimary(graph, recorded), resources: urnsOf(trails) };
}

/** A cluster in each region of the cloud. */
function clusters(cloud: Cloud, type: string): ItemQuery {
	return (graph) => {
		const [regions, here] = [regionsOf(graph, cloud), regionalNodes(graph, type)];
		const served = regions.filter((region) => here.some(({ cell }) => cell === region));
		const answer = counted(here, served.length, { wanted: regions.length, unit: "regions with a cluster" });
		return { ...answer, works: answer.works && served.length > 0 };
	};
}

/** Clouds with a network inside the region component. */
function sameComponent(graph: ResourceGraph): ItemAnswer {
	const inside = regionalNodes(graph, ...NETWORKS).filter((node) => isInside(graph, node, REGION_COMPONENT));
	const found = clouds.filter((cloud) => inside.some((node) => cloudOf(node) === cloud));
	return counted(inside, found.length, { wanted: clouds.length, unit: "clouds" });
}

function isInside(graph: ResourceGraph, node: ResourceNode, component: string): boolean {
	const parent = graph.get(node.parent ?? "");
	return parent !== undefined && (parent.type === component || isInside(graph, parent, component));
}

function ofPackage(name: string): ItemQuery {
	return (graph) => {
		const nodes = graph.nodes.filter(({ type }) => type.startsWith(`${name}:`));
		return atLeast(nodes, nodes.length, { wanted: 1, unit: "resources" });
	};
}
