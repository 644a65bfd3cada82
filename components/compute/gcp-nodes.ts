import type * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { machineType } from "../../catalogue/gcp/machine-types";
import { inGib, type Size } from "../../lib/units";
import type { CellContext } from "../cell-context";

/** What every node pool of a cluster needs. */
export interface GcpNodeArgs {
	readonly context: CellContext;
	/** The cluster's id, as `projects/p/locations/r/clusters/c`. */
	readonly clusterId: pulumi.Output<string>;
	/** E-mail of the nodes' service account. */
	readonly serviceAccount: pulumi.Output<string>;
	readonly disksKey: pulumi.Output<string>;
	/** Permissions and endpoints: without them nodes never become ready. */
	readonly nodesWaitFor: readonly pulumi.Resource[];
}

/** What the nodes of a pool have in common with those of every other pool. */
export function nodeConfig(
	args: Pick<GcpNodeArgs, "serviceAccount" | "disksKey">,
	instanceType: string,
	rootVolume: Size,
): gcp.types.input.container.NodePoolNodeConfig {
	return {
		machineType: instanceType,
		imageType: "COS_CONTAINERD",
		diskType: machineType(instanceType)?.bootDisk ?? "pd-balanced",
		diskSizeGb: inGib(rootVolume),
		bootDiskKmsKey: args.disksKey,
		serviceAccount: args.serviceAccount,
		oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
		metadata: { "disable-legacy-endpoints": "true" },
		shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
		// Pods ask GKE's own metadata server, which knows them by their service account, never the node's.
		workloadMetadataConfig: { mode: "GKE_METADATA" },
		gvnic: { enabled: true },
	};
}
