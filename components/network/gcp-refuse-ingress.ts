import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

/** A network refuses ingress without a rule; this one, `physical` by name, does it first and writes down what was refused. */
export function refuseIngress(
	name: string,
	args: { readonly physical: string; readonly networkId: pulumi.Output<string> },
	opts: pulumi.CustomResourceOptions,
): void {
	new gcp.compute.Firewall(
		`${name}-refuse-ingress`,
		{
			name: args.physical,
			network: args.networkId,
			direction: "INGRESS",
			priority: 65_534,
			denies: [{ protocol: "all" }],
			sourceRanges: ["0.0.0.0/0"],
			logConfig: { metadata: "INCLUDE_ALL_METADATA" },
		},
		opts,
	);
}
