import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { type CellContext, cellTags } from "./cell-context";

/** The provider of a cell: one project, one region, the cell's labels. */
export function gcpProvider(name: string, context: CellContext, parent: pulumi.Resource): gcp.Provider {
	return new gcp.Provider(
		`${name}-gcp`,
		{ project: context.account, region: context.region, defaultLabels: cellTags(context) },
		{ parent },
	);
}

/** The number of the cell's project, by which Google names the accounts of its own services. */
export function projectNumber({ spec }: CellContext): string {
	const number = spec.accounts.gcp?.number;
	if (number === undefined) {
		throw new Error("the specification let a cell of gcp through without a project");
	}
	return number;
}
