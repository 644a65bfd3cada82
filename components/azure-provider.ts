import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import type { CellContext } from "./cell-context";

/** The provider of a cell: one subscription of one tenant, one region. */
export function azureProvider(name: string, context: CellContext, parent: pulumi.Resource): azure.Provider {
	return new azure.Provider(
		`${name}-azure-native`,
		{ subscriptionId: context.account, tenantId: tenantOf(context), location: context.region },
		{ parent },
	);
}

/** The Entra tenant that the cell's subscription trusts. */
export function tenantOf({ spec }: CellContext): string {
	const tenant = spec.accounts.azure?.tenant;
	if (tenant === undefined) {
		throw new Error("the specification let a cell of azure through without a subscription");
	}
	return tenant;
}
