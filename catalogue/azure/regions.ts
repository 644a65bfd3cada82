import type { RegionFacts } from "../machine";

const zones = ["1", "2", "3"] as const;

/** A region with three zones. Which zone a size is in differs by subscription, so each counts. */
function region(...sizes: readonly string[]): RegionFacts {
	return { zones, offers: Object.fromEntries(sizes.map((size) => [size, zones])) };
}

const H100 = "Standard_ND96isr_H100_v5";
const H200 = "Standard_ND96isr_H200_v5";
const A100 = "Standard_ND96amsr_A100_v4";

/**
 * Regions in use with availability zones, and accelerated sizes that have a price there. Source: the Azure Retail
 * Prices API as Azure/karpenter-provider-azure keeps it (2026-06-18); zones from Microsoft Learn "Azure regions with
 * availability zone support". A price is no promise of quota: `az vm list-skus --zone` confirms an offer.
 */
export const azureRegions: { readonly [region: string]: RegionFacts } = {
	brazilsouth: region(H200, A100),
	canadacentral: region(H100, A100),
	centralus: region(H100, H200, A100),
	francecentral: region(H200, A100),
	germanywestcentral: region(H200),
	italynorth: region(H200, A100),
	koreacentral: region(H100),
	norwayeast: region(H200, A100),
	polandcentral: region(H100, H200, A100),
	southafricanorth: region(H100, H200, A100),
	southeastasia: region(H200),
	spaincentral: region(H100, H200, A100),
	switzerlandnorth: region(H100, A100),
	uaenorth: region(H100, H200, A100),
	westus2: region(H100, H200, A100),
	australiaeast: region(H100, H200, A100),
	eastus: region(H100, A100),
	eastus2: region(H100, H200, A100),
	japaneast: region(H100, H200, A100),
	northeurope: region(H200),
	southcentralus: region(H100, A100),
	swedencentral: region(H100, H200, A100),
	uksouth: region(H100, H200, A100),
	westeurope: region(H100, A100),
	westus3: region(H100, H200, A100),
};
