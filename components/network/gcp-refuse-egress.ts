import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { type CellContext, physicalName } from "../cell-context";

/** A network that nothing leaves but for its own ranges. */
export interface ClosedNetworkArgs {
	readonly context: CellContext;
	/** Part of the rules' names, as `gpu-0`. */
	readonly key: string;
	readonly networkId: pulumi.Output<string>;
	/** Ranges of the network itself; none where nothing in it begins a connection. */
	readonly inside: readonly string[];
}

/** A network lets everything out without a rule. With an allow-list, one beside a region's own lets out nothing. */
export function refuseEgress(name: string, args: ClosedNetworkArgs, opts: pulumi.CustomResourceOptions): void {
	const { context, inside, key, networkId } = args;
	if (context.spec.network.egress.control === "open") {
		return;
	}
	const rule = { network: networkId, direction: "EGRESS" };
	if (inside.length > 0) {
		new gcp.compute.Firewall(
			`${name}-${key}-inside-out`,
			{
				...rule,
				name: physicalName(context, `${key}-inside-out`, 63),
				priority: 1_000,
				allows: [{ protocol: "all" }],
				destinationRanges: [...inside],
			},
			opts,
		);
	}
	new gcp.compute.Firewall(
		`${name}-${key}-refuse-egress`,
		{
			...rule,
			name: physicalName(context, `${key}-refuse-egress`, 63),
			priority: 65_534,
			denies: [{ protocol: "all" }],
			destinationRanges: ["0.0.0.0/0"],
			logConfig: { metadata: "INCLUDE_ALL_METADATA" },
		},
		opts,
	);
}
