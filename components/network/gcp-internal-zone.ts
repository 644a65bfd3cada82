import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { type CellContext, physicalName } from "../cell-context";

/** A private zone `<cell>.internal.<zone of the environment>`, which the region's own network answers from. */
export function internalZone(
	name: string,
	args: { readonly context: CellContext; readonly networkId: pulumi.Output<string> },
	opts: pulumi.CustomResourceOptions,
): gcp.dns.ManagedZone {
	const { context, networkId } = args;
	const { global, protection } = context.spec;
	const dnsName = `${context.cell}.internal.${global.dnsZone}.`;
	return new gcp.dns.ManagedZone(
		`${name}-internal`,
		{
			name: physicalName(context, "internal", 63),
			dnsName,
			description: `Names inside ${context.cell}`,
			visibility: "private",
			privateVisibilityConfig: { networks: [{ networkUrl: networkId }] },
			forceDestroy: protection.relaxed,
		},
		{ ...opts, protect: !protection.relaxed },
	);
}
