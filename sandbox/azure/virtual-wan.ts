import type { TypeModel } from "../model";
import { inGroup } from "./arm-id";
import { defineAzure } from "./define";
import { NETWORK_NAME } from "./names";
import { TYPE } from "./types";

/**
 * A virtual WAN: what joins virtual hubs to each other. One of the type Basic carries VPN of sites alone, and never
 * becomes less than it is. Source: Microsoft Learn, "About Azure Virtual WAN", Basic and Standard, read 2026-11-28.
 */
export const virtualWan: TypeModel = defineAzure({
	type: TYPE.virtualWan,
	path: inGroup("Microsoft.Network/virtualWans/{virtualWANName}"),
	naming: NETWORK_NAME,
	values: { type: ["Basic", "Standard"] },
	defaults: { allowBranchToBranchTraffic: false, allowVnetToVnetTraffic: true, disableVpnEncryption: false },
	computed: () => ({ office365LocalBreakoutCategory: "None", virtualHubs: [], vpnSites: [] }),
});
