import { closest } from "fastest-levenshtein";
import { awsRegions } from "../catalogue/aws/regions";

/** What is wrong with a region that the catalogue does not have. */
export function unknownRegion(region: string): string {
	const names = Object.keys(awsRegions);
	const owner = cloudOfRegion(region);
	const whose = owner === undefined ? "" : ` (that is a region of ${owner})`;
	return `must be an AWS region of catalogue/aws/regions.ts (${names.join(", ")}), but ${region} was given${whose}; did you mean ${closest(region, names)}?`;
}

/** Whose region a name looks like, for a helpful message. */
function cloudOfRegion(region: string): string | undefined {
	if (/^[a-z]+-[a-z]+\d$/.test(region)) {
		return "Google Cloud";
	}
	return /^[a-z]+\d?$/.test(region) ? "Azure" : undefined;
}
