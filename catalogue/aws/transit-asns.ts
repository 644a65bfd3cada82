/**
 * Autonomous system numbers of the transit gateways by region: private, one a region, never given again, so that a region
 * keeps its number whatever else is built. AWS recommends different numbers for peered gateways (Amazon VPC Transit
 * Gateways guide, "Transit gateway design best practices", read 2026-11-28). Beside them stand 64512, which AWS takes by
 * itself, and 65515 to 65520, which Azure keeps.
 */
const asns: { readonly [region: string]: number } = {
	"us-east-1": 64_601,
	"us-west-2": 64_602,
	"eu-west-1": 64_603,
	"ap-southeast-1": 64_604,
	"ap-northeast-1": 64_605,
	"ap-northeast-2": 64_606,
	"ap-south-1": 64_607,
	"ap-southeast-2": 64_608,
	"ap-southeast-3": 64_609,
	"ca-central-1": 64_610,
	"eu-north-1": 64_611,
	"eu-west-2": 64_612,
	"us-east-2": 64_613,
};

/** The number of a region's transit gateway; throws for a region that has none yet. */
export function transitAsn(region: string): number {
	const asn = asns[region];
	if (asn === undefined) {
		throw new Error(`catalogue/aws/transit-asns.ts has no number for ${region}; give it a free one`);
	}
	return asn;
}
