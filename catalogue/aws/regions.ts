import type { RegionFacts } from "../machine";

/**
 * The account that holds the images of EKS add-ons for a region. Source: EKS user guide, "View Amazon container image
 * registries for Amazon EKS add-ons": the regions in use share one; read 2026-11-21.
 */
export function eksImageAccount(region: string): string {
	if (!(region in awsRegions)) {
		throw new Error(`catalogue/aws/regions.ts has no region ${region}`);
	}
	return "602401143452";
}

const H100_H200 = ["p5.48xlarge", "p5en.48xlarge"] as const;

/**
 * Zones and accelerated types of the regions in use. Zone names are those that AWS shows to new accounts.
 * Source: AWS "Regions and Zones" and "Amazon EC2 instance types by Region", written down from general knowledge on
 * 2026-11-21 and not verified against an account: `meridian lock` is to confirm them with DescribeInstanceTypeOfferings.
 */
export const awsRegions: { readonly [region: string]: RegionFacts } = {
	"us-east-1": everywhere(
		["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1f"],
		[
			"p4d.24xlarge",
			"p4de.24xlarge",
			"p5.48xlarge",
			"p5en.48xlarge",
			"p6-b200.48xlarge",
			"g6.48xlarge",
			"g6e.48xlarge",
			"inf2.48xlarge",
		],
	),
	"us-west-2": everywhere(
		["us-west-2a", "us-west-2b", "us-west-2c", "us-west-2d"],
		[
			"p4d.24xlarge",
			"p4de.24xlarge",
			"p5.48xlarge",
			"p5e.48xlarge",
			"p5en.48xlarge",
			"p6-b200.48xlarge",
			"g6.48xlarge",
			"g6e.48xlarge",
			"inf2.48xlarge",
			"trn2.48xlarge",
		],
	),
	"eu-west-1": everywhere(["eu-west-1a", "eu-west-1b", "eu-west-1c"], ["p4d.24xlarge", "g6.48xlarge", "inf2.48xlarge"]),
	"ap-southeast-1": everywhere(
		["ap-southeast-1a", "ap-southeast-1b", "ap-southeast-1c"],
		["p4d.24xlarge", "g6.48xlarge", "inf2.48xlarge"],
	),
	// Offers of the regions below: those that have a price in catalogs/v8/aws/vms.csv of skypilot-org/skypilot-catalog
	// (commit 00148f2a), read 2026-11-28; other types may be offered there too.
	"ap-northeast-1": everywhere(["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"], H100_H200),
	"ap-northeast-2": everywhere(["ap-northeast-2a", "ap-northeast-2b", "ap-northeast-2c"], H100_H200),
	"ap-south-1": everywhere(["ap-south-1a", "ap-south-1b", "ap-south-1c"], H100_H200),
	"ap-southeast-2": everywhere(["ap-southeast-2a", "ap-southeast-2b", "ap-southeast-2c"], ["p5.48xlarge"]),
	"ap-southeast-3": everywhere(["ap-southeast-3a", "ap-southeast-3b", "ap-southeast-3c"], H100_H200),
	"ca-central-1": everywhere(["ca-central-1a", "ca-central-1b", "ca-central-1d"], ["p5.48xlarge"]),
	"eu-north-1": everywhere(["eu-north-1a", "eu-north-1b", "eu-north-1c"], H100_H200),
	"eu-west-2": everywhere(["eu-west-2a", "eu-west-2b", "eu-west-2c"], ["p5.48xlarge"]),
	"us-east-2": everywhere(["us-east-2a", "us-east-2b", "us-east-2c"], H100_H200),
};

/** AWS does not publish by zone: a type of the region is taken for offered in each of its zones. */
function everywhere(zones: readonly string[], types: readonly string[]): RegionFacts {
	return { zones, offers: Object.fromEntries(types.map((type) => [type, zones])) };
}
