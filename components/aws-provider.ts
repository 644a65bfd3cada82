import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type CellContext, cellTags } from "./cell-context";

/** The provider of a cell: one region, the one account that the specification names, the cell's tags. */
export function awsProvider(name: string, context: CellContext, parent: pulumi.Resource): aws.Provider {
	return new aws.Provider(
		`${name}-aws`,
		{
			region: checkedRegion(context.region),
			allowedAccountIds: [context.account],
			defaultTags: { tags: cellTags(context) },
		},
		{ parent },
	);
}

/** The SDK's own list of regions, so that a new one shows as a type error here and nowhere else. */
function checkedRegion(region: string): aws.Region {
	const known: readonly string[] = Object.values(aws.Region);
	if (!isRegion(region, known)) {
		throw new Error(`@pulumi/aws knows no region ${region}`);
	}
	return region;
}

function isRegion(region: string, known: readonly string[]): region is aws.Region {
	return known.includes(region);
}
