import { isUnknown, type Properties, type Value } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { at, isAbsent, isSet, list, number, text } from "../check/inputs";
import type { CheckContext, TypeModel } from "../model";
import { apipaProblem, isLinkLocal } from "./apipa";
import { inGroup } from "./arm-id";
import { byId, defineAzure } from "./define";
import { NETWORK_NAME } from "./names";
import { TYPE } from "./types";

/** Links of one site. Source: Microsoft Learn, "Virtual WAN FAQ" (up to four links a site), read 2026-11-28. */
const MAX_LINKS = 4;

/** Autonomous systems that Azure keeps for itself. Source: Microsoft Learn, "About BGP and VPN gateway", read 2026-11-28. */
const AZURES_ASNS = [8074, 8075, 12076, 65515, 65517, 65518, 65519, 65520];

/** The far end of a VPN as the virtual WAN knows it: where it is, by which links, and who speaks BGP there. */
export const vpnSite: TypeModel = defineAzure({
	type: TYPE.vpnSite,
	path: inGroup("Microsoft.Network/vpnSites/{vpnSiteName}"),
	naming: NETWORK_NAME,
	references: [byId("virtualWan.id", [TYPE.virtualWan])],
	check: (context) => faultsOf(siteRows(context)),
	immutable: ["virtualWan.id"],
	defaults: { isSecuritySite: false },
	derived: ({ inputs }, id) => ({ vpnSiteLinks: list(inputs, "vpnSiteLinks").map((link) => linkOf(link, id)) }),
});

function siteRows({ inputs }: CheckContext): Refusal[] {
	const links = list(inputs, "vpnSiteLinks");
	const names = links.map((link) => text(link, "name"));
	return [
		{
			when: isAbsent(inputs, "virtualWan.id"),
			property: "virtualWan.id",
			reason: "is required: the id of a virtual WAN; set it",
		},
		{
			when: links.length === 0 && !isUnknown(inputs.vpnSiteLinks) && isAbsent(inputs, "ipAddress"),
			property: "vpnSiteLinks",
			reason: "at least one link is needed; add one",
		},
		{
			when: links.length > MAX_LINKS,
			property: "vpnSiteLinks",
			reason: `must be at most ${MAX_LINKS} links, but ${links.length} were given; make a second site`,
		},
		{
			when: new Set(names).size < names.length,
			property: "vpnSiteLinks",
			reason: `must have names of their own, but ${names.join(", ")} were given`,
		},
		...links.flatMap((link, i) => linkRows(link, `vpnSiteLinks[${i}]`)),
	];
}

function linkRows(link: Value, under: string): Refusal[] {
	const given = ["ipAddress", "fqdn"].filter((path) => isSet(link, path)).length;
	const asn = number(link, "bgpProperties.asn");
	const peer = text(link, "bgpProperties.bgpPeeringAddress");
	return [
		{ when: isAbsent(link, "name"), property: `${under}.name`, reason: "is required; set it" },
		{
			when: given !== 1,
			property: `${under}.ipAddress`,
			reason: `exactly one of ipAddress and fqdn is needed, but ${given} were given`,
		},
		{
			when: asn !== undefined && AZURES_ASNS.includes(asn),
			property: `${under}.bgpProperties.asn`,
			reason: `must not be one that Azure keeps (${AZURES_ASNS.join(", ")}), but ${asn} was given; use another`,
		},
		{
			when:
				isSet(link, "bgpProperties") &&
				["asn", "bgpPeeringAddress"].some((path) => isAbsent(link, `bgpProperties.${path}`)),
			property: `${under}.bgpProperties`,
			reason: "must have both asn and bgpPeeringAddress; set both",
		},
		{
			when: isLinkLocal(peer) && apipaProblem(peer) !== undefined,
			property: `${under}.bgpProperties.bgpPeeringAddress`,
			reason: apipaProblem(peer) ?? "",
		},
	];
}

function linkOf(link: Value, site: string): Properties {
	const name = text(link, "name") ?? "";
	const fields = ["ipAddress", "fqdn", "bgpProperties", "linkProperties"].flatMap((field) => {
		const value = at(link, field);
		return value === undefined ? [] : [[field, value] as const];
	});
	return { ...Object.fromEntries(fields), name, id: `${site}/vpnSiteLinks/${name}`, provisioningState: "Succeeded" };
}
