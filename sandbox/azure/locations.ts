import { didYouMean } from "../check/did-you-mean";

/** A location as Azure keeps it: `East US` becomes `eastus`. */
export function normalLocation(location: string): string {
	return location.replaceAll(" ", "").toLowerCase();
}

/**
 * Public regions with three availability zones. Source: Microsoft Learn, "Azure regions list", 2026-11-21; unverified,
 * as it is the list that the author knows: a region may have been added or have got zones since.
 */
const ZONED =
	"australiaeast austriaeast belgiumcentral brazilsouth canadacentral centralindia centralus chilecentral eastasia eastus " +
	"eastus2 francecentral germanywestcentral indonesiacentral israelcentral italynorth japaneast japanwest koreacentral " +
	"malaysiawest mexicocentral newzealandnorth northeurope norwayeast polandcentral qatarcentral southafricanorth " +
	"southcentralus southeastasia spaincentral swedencentral switzerlandnorth uaenorth uksouth westeurope westus2 westus3";

/** Public regions without availability zones; source as above. */
const UNZONED =
	"australiacentral australiacentral2 australiasoutheast brazilsoutheast canadaeast francesouth germanynorth " +
	"jioindiacentral jioindiawest koreasouth northcentralus norwaywest southafricawest southindia swedensouth " +
	"switzerlandwest uaecentral ukwest westcentralus westindia westus";

const ZONED_REGIONS = new Set(ZONED.split(" "));
const REGIONS: readonly string[] = [...ZONED_REGIONS, ...UNZONED.split(" ")];

/** Zones of a region: 1 to 3, or none. */
export function zonesOf(region: string): readonly string[] {
	return ZONED_REGIONS.has(region) ? ["1", "2", "3"] : [];
}

/** Why a normalised location is none, or nothing. */
export function locationProblem(location: string, given: string): string | undefined {
	return REGIONS.includes(location)
		? undefined
		: `must be an Azure region such as swedencentral, but ${JSON.stringify(given)} was given${didYouMean(location, REGIONS)}`;
}
