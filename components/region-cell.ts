import * as pulumi from "@pulumi/pulumi";
import { imageCaches } from "../catalogue/image-caches";
import { unreachable } from "../lib/errors";
import type { RegionSpec } from "../spec/schema";
import type { CellContext } from "./cell-context";
import type { GlobalOutputs } from "./cell-outputs";
import { ClusterBootstrap, modelLoader } from "./kubernetes/bootstrap";
import { awsRegionParts } from "./region/aws";
import { azureRegionParts } from "./region/azure";
import { gcpRegionParts } from "./region/gcp";
import type { RegionParts } from "./region/parts";

export interface RegionCellArgs {
	readonly context: CellContext;
	readonly region: RegionSpec;
	readonly shared: GlobalOutputs;
}

/** One region of one cloud: network, keys, cluster with its pools, artifacts, and the cluster's own bootstrap. */
export class RegionCell extends pulumi.ComponentResource {
	readonly clusterName: pulumi.Output<string>;
	readonly artifactsUrl: pulumi.Output<string>;

	constructor(name: string, args: RegionCellArgs) {
		super("meridian:cell:RegionCell", name);
		const { region } = args;
		const { artifacts, cluster, network } = regionParts(name, args, this);
		const loader = cluster.identity.bind(modelLoader);
		artifacts.grant("model-loader", loader.principal, "read");
		new ClusterBootstrap(
			`${name}-bootstrap`,
			{
				credentialEndpoint: cluster.credentialEndpoint,
				privateServices: network.privateServices,
				loaderAnnotations: loader.annotations,
				imageCache: imageCaches[region.cloud],
				workloadsReady: cluster.ready(),
			},
			{ parent: this, provider: cluster.provider },
		);
		this.clusterName = cluster.name;
		this.artifactsUrl = artifacts.url;
		this.registerOutputs({ clusterName: this.clusterName, artifactsUrl: this.artifactsUrl });
	}
}

function regionParts(name: string, { context, region, shared }: RegionCellArgs, parent: RegionCell): RegionParts {
	const common = { context, shared, parent };
	switch (region.cloud) {
		case "aws":
			return awsRegionParts(name, { ...common, region });
		case "gcp":
			return gcpRegionParts(name, { ...common, region });
		case "azure":
			return azureRegionParts(name, { ...common, region });
		default:
			return unreachable(region);
	}
}
