import type * as pulumi from "@pulumi/pulumi";
import type { GpuPoolSpec, SystemPoolSpec } from "../../spec/schema";
import type { CellContext } from "../cell-context";
import type { GlobalOutputs } from "../cell-outputs";
import type { Cluster } from "../cluster/cluster";
import type { Network } from "../network/network";
import type { Bucket } from "../storage/bucket";

/** What a cloud's part of a region is made from; `R` is how its cloud describes a region. */
export interface RegionPartsArgs<R> {
	readonly context: CellContext;
	readonly region: R;
	readonly shared: GlobalOutputs;
	readonly parent: pulumi.ComponentResource;
}

/** What a cloud brings to a region: a cluster with its pools on its network under its keys, and a bucket for artifacts. */
export interface RegionParts {
	readonly network: Network;
	readonly cluster: Cluster<never>;
	readonly artifacts: Bucket;
}

/** Adds a region's pools to its cluster, the system pool first. */
export function addPools<P extends GpuPoolSpec>(
	cluster: Cluster<P>,
	region: { readonly systemPool: SystemPoolSpec; readonly gpuPools: readonly P[] },
): void {
	cluster.addPool({ kind: "system", pool: region.systemPool });
	for (const pool of region.gpuPools) {
		cluster.addPool({ kind: "gpu", pool });
	}
	cluster.poolsComplete();
}
