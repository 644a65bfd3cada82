import { type AddressPlan, planAddresses } from "./address-plan";

/**
 * Azure subnets are regional: one for nodes (/20, 4,091 usable), one for private endpoints (/24), one for a firewall
 * (/26, as Azure asks for). Pods have an overlay of their own, outside the network.
 */
export function planAzureAddresses(range: string): AddressPlan {
	return planAddresses(range, [
		{ purpose: "compute", key: "", prefix: 20 },
		{ purpose: "endpoints", key: "", prefix: 24 },
		{ purpose: "firewall", key: "", prefix: 26 },
	]);
}
