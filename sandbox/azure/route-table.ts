import { isIpv4, parseCidr } from "../../lib/cidr";
import type { Value } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { isAbsent, isSet, list, text } from "../check/inputs";
import type { TypeModel } from "../model";
import { guid, inGroup } from "./arm-id";
import { defineAzure } from "./define";
import { NETWORK_NAME } from "./names";
import { TYPE } from "./types";

/** Routes of one table. Source: Microsoft Learn, "Azure networking limits", read 2026-11-28. */
const MAX_ROUTES = 400;

/** A table of routes that subnets are given. Its routes are declared inside it. */
export const routeTable: TypeModel = defineAzure({
	type: TYPE.routeTable,
	path: inGroup("Microsoft.Network/routeTables/{routeTableName}"),
	naming: NETWORK_NAME,
	check: ({ inputs }) => {
		const routes = list(inputs, "routes");
		const names = routes.flatMap((route) => text(route, "name") ?? []);
		const prefixes = routes.flatMap((route) => text(route, "addressPrefix") ?? []);
		return faultsOf([
			{
				when: routes.length > MAX_ROUTES,
				property: "routes",
				reason: `must be at most ${MAX_ROUTES} routes, but ${routes.length} were given`,
			},
			{
				when: new Set(names).size < names.length || new Set(prefixes).size < prefixes.length,
				property: "routes",
				reason: "must each have a name and a prefix of their own; remove what stands twice",
			},
			...routes.flatMap((route, i) => routeRows(route, `routes[${i}]`)),
		]);
	},
	defaults: { disableBgpRoutePropagation: false, routes: [] },
	computed: (context) => ({ resourceGuid: guid(context), subnets: [] }),
});

function routeRows(route: Value, under: string): Refusal[] {
	const [hop, prefix] = [text(route, "nextHopIpAddress"), text(route, "addressPrefix")];
	const appliance = text(route, "nextHopType") === "VirtualAppliance";
	// A service tag stands in place of a block.
	const tag = prefix !== undefined && /^[A-Z][A-Za-z.0-9]+$/.test(prefix);
	return [
		{ when: isAbsent(route, "name"), property: `${under}.name`, reason: "is required; set it" },
		{
			when: prefix !== undefined && !tag && parseCidr(prefix) === undefined,
			property: `${under}.addressPrefix`,
			reason: `must be a block such as 0.0.0.0/0 or a service tag, but ${JSON.stringify(prefix)} was given`,
		},
		{
			when: appliance && isAbsent(route, "nextHopIpAddress"),
			property: `${under}.nextHopIpAddress`,
			reason: "is required for nextHopType VirtualAppliance: its private address; set it",
		},
		{
			when: !appliance && text(route, "nextHopType") !== undefined && isSet(route, "nextHopIpAddress"),
			property: `${under}.nextHopIpAddress`,
			reason: "belongs to nextHopType VirtualAppliance alone; remove it",
		},
		{
			when: hop !== undefined && !isIpv4(hop),
			property: `${under}.nextHopIpAddress`,
			reason: `must be an IPv4 address, but ${JSON.stringify(hop)} was given`,
		},
	];
}
