import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { type CellContext, physicalName } from "../cell-context";
import type { Network } from "./network";

/**
 * Joins a region's network to the hub. The hub tells every other network of the primary and secondary ranges of its
 * subnets, so what clusters have in common, the addresses of their services, is left out: two networks may not tell the
 * same range. The fabric's networks stay apart, as nothing but GPUs of one zone talks there. No firewall rule comes with
 * it: internal balancers bring their own. API servers stay within their networks (docs/architecture.md). Source: Network
 * Connectivity Center, "VPC spokes overview", read 2026-11-28.
 */
export function joinHub(
	name: string,
	args: {
		readonly context: CellContext;
		readonly hubId: pulumi.Output<string>;
		readonly network: Network;
		/** Ranges of the network's subnets that no other network is told. */
		readonly hidden: readonly string[];
	},
	opts: pulumi.CustomResourceOptions,
): gcp.networkconnectivity.Spoke {
	const { context, hidden, hubId, network } = args;
	return new gcp.networkconnectivity.Spoke(
		`${name}-spoke`,
		{
			name: physicalName(context, "vpc", 63),
			hub: hubId,
			location: "global",
			linkedVpcNetwork: {
				// The hub gives addresses of the API back; the same form keeps a refresh without difference.
				uri: pulumi.interpolate`https://www.googleapis.com/compute/v1/${network.networkId}`,
				excludeExportRanges: [...hidden],
			},
		},
		// The hub judges the subnets' ranges when the network joins.
		{ ...opts, dependsOn: [...network.endpointsReady] },
	);
}
