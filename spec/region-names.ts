import { closest } from "fastest-levenshtein";
import { cloudFacts } from "../catalogue/clouds";
import { type Cloud, clouds } from "../lib/cells";

/** What is wrong with a region that the catalogue does not have for its cloud. */
export function unknownRegion(cloud: Cloud, region: string): string {
	const { title, regions, files } = cloudFacts[cloud];
	const names = Object.keys(regions);
	const owner = ownerOf(region);
	const whose = owner === undefined || owner === cloud ? "" : ` (that is a region of ${cloudFacts[owner].title})`;
	return `must be a region of ${title} in ${files.regions} (${names.join(", ")}), but ${region} was given${whose}; did you mean ${closest(region, names)}?`;
}

/** Whose region a name is, or looks like. */
function ownerOf(region: string): Cloud | undefined {
	const known = clouds.find((cloud) => Object.hasOwn(cloudFacts[cloud].regions, region));
	if (known !== undefined) {
		return known;
	}
	if (/^[a-z]+-[a-z]+\d$/.test(region)) {
		return "gcp";
	}
	return /^[a-z]+\d?$/.test(region) ? "azure" : undefined;
}
