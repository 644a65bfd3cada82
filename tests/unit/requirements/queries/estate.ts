import { type Cloud, regionCell } from "../../../../lib/cells";
import type { ProviderRef, ResourceNode } from "../../../../lib/graph";
import { type Properties, UNKNOWN } from "../../../../lib/values";
import { clusterProvider, type ResourceExtras, resource } from "../../../support/resources";

/** What is said of a node pool; the rest is a pool of 4 nodes of p5.48xlarge that is complete. */
export interface PoolOptions {
	readonly region?: string;
	readonly label?: string;
	readonly type?: string;
	readonly nodes?: number;
	readonly max?: number;
	readonly adapters?: number;
	readonly userData?: string;
	readonly cluster?: ResourceNode;
	readonly subnets?: readonly ResourceNode[];
	readonly cell?: string;
}

const packages: { readonly [cloud in Cloud]: string } = { aws: "aws", gcp: "gcp", azure: "azure-native" };

/** The cell and provider of a region. */
export function placed(region = "us-east-1", cloud: Cloud = "aws"): { cell: string; provider: ProviderRef } {
	const provider = { urn: `urn:${cloud}-${region}`, package: packages[cloud], region };
	return { cell: regionCell(cloud, region), provider };
}

/** A resource in a region's cell; its name carries the region. */
export function regional(
	type: string,
	region = "us-east-1",
	inputs: Properties = {},
	extras: ResourceExtras = {},
): ResourceNode {
	return resource(type, `${type.split(":").at(-1)}-${region}`, inputs, { ...placed(region), ...extras });
}

/** A region's network. */
export function vpc(region = "us-east-1"): ResourceNode {
	return regional("aws:ec2/vpc:Vpc", region, { cidrBlock: "10.16.0.0/16" });
}

/** A subnet in a zone, as `a`. */
export function zoneSubnet(zone: string, region = "us-east-1"): ResourceNode {
	const inputs = { mapPublicIpOnLaunch: false, availabilityZone: `${region}${zone}` };
	return resource("aws:ec2/subnet:Subnet", `compute-${region}${zone}`, inputs, placed(region));
}

/** A region's cluster. */
export function cluster(region = "us-east-1"): ResourceNode {
	return regional("aws:eks/cluster:Cluster", region, {
		vpcConfig: { endpointPublicAccess: false },
		enabledClusterLogTypes: ["api", "audit"],
	});
}

/** The provider of the objects of a cluster, as `inCluster` names it. */
export function kubernetes(of: ResourceNode): ResourceNode {
	return resource("pulumi:providers:kubernetes", of.name, { kubeconfig: UNKNOWN }, { from: { kubeconfig: [of] } });
}

/** An object of a cluster, with the provider that `kubernetes` makes. */
export function inCluster(type: string, name: string, inputs: Properties, of: ResourceNode): ResourceNode {
	return resource(type, name, inputs, { provider: clusterProvider(of.name), cell: of.cell });
}

/** A node group and its launch template. */
export function pool(options: PoolOptions = {}): [ResourceNode, ResourceNode] {
	const { region = "us-east-1", label = "foundation", type = "p5.48xlarge", nodes = 4 } = options;
	const place = { ...placed(region), ...(options.cell ? { cell: options.cell } : {}) };
	const template = resource(
		"aws:ec2/launchTemplate:LaunchTemplate",
		`${label}-${region}`,
		{ networkInterfaces: interfaces(options.adapters ?? 32), userData: options.userData ?? nodeConfig("RAID0") },
		place,
	);
	const from = {
		launchTemplate: [template],
		...(options.cluster ? { clusterName: [options.cluster] } : {}),
		...(options.subnets ? { subnetIds: options.subnets } : {}),
	};
	const group = resource(
		"aws:eks/nodeGroup:NodeGroup",
		`${label}-${region}`,
		{
			instanceTypes: [type],
			labels: { "meridian.dev/pool": label },
			scalingConfig: { desiredSize: nodes, minSize: nodes, maxSize: options.max ?? nodes },
			subnetIds: (options.subnets ?? []).map(() => UNKNOWN),
			launchTemplate: { id: UNKNOWN },
		},
		{ ...place, from },
	);
	return [group, template];
}

/** Base64 user data whose nodeadm part lays out the local disks; without a strategy it says nothing of them. */
export function nodeConfig(strategy?: string): string {
	const storage = strategy ? ["  instance:", "    localStorage:", `      strategy: ${strategy}`] : [];
	const body = ["apiVersion: node.eks.aws/v1alpha1", "kind: NodeConfig", "spec:", "  featureGates: {}", ...storage];
	const head = ["MIME-Version: 1.0", 'Content-Type: multipart/mixed; boundary="X"', "", "--X"];
	const text = [...head, "Content-Type: application/node.eks.aws", "", ...body, "", "--X--", ""].join("\n");
	return Buffer.from(text, "utf8").toString("base64");
}

/** One ENA interface on card 0, and adapters on the cards from 0 on. */
function interfaces(adapters: number): Properties[] {
	const slots = Array.from({ length: adapters }, (_, card) => ({ networkCardIndex: card, interfaceType: "efa-only" }));
	return [{ networkCardIndex: 0, interfaceType: "interface" }, ...slots];
}
