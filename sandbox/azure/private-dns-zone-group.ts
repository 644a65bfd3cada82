import type { Properties } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { isAbsent, list, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, TypeModel } from "../model";
import { inGroup } from "./arm-id";
import { byId, defineAzure } from "./define";
import { NETWORK_NAME } from "./names";
import { sharing } from "./place";
import { TARGETS, targetOf } from "./private-endpoint";
import { TYPE } from "./types";

/** The zones in which Azure keeps the endpoint's names; one group an endpoint. */
export const privateDnsZoneGroup: TypeModel = defineAzure({
	type: TYPE.privateDnsZoneGroup,
	path: inGroup(
		"Microsoft.Network/privateEndpoints/{privateEndpointName}/privateDnsZoneGroups/{privateDnsZoneGroupName}",
	),
	naming: NETWORK_NAME,
	references: [byId("privateDnsZoneConfigs[].privateDnsZoneId", [TYPE.privateZone])],
	check: zoneGroupFaults,
	derived: ({ inputs }): Properties => ({ privateDnsZoneConfigs: inputs.privateDnsZoneConfigs ?? [] }),
});

/** Zones of one group. Source: Microsoft Learn, "Private endpoint DNS integration", read 2026-11-21. */
const MAX_ZONES = 5;

function zoneGroupFaults(context: CheckContext): Fault[] {
	const { inputs, world } = context;
	const configs = list(inputs, "privateDnsZoneConfigs");
	const [endpoint] = sharing(TYPE.privateEndpoint, ["privateEndpointName"], context);
	const { target, group } = endpoint ? targetOf({ inputs: endpoint.outputs, world }) : { target: undefined, group: "" };
	const wanted = TARGETS[target?.type ?? ""]?.[group];
	const siblings = sharing(TYPE.privateDnsZoneGroup, ["privateEndpointName"], context);
	const twin = siblings.find((other) => !isSelf(other, context) && other.urn !== context.self?.urn);
	return faultsOf([
		{
			when:
				!(configs.length >= 1 && configs.length <= MAX_ZONES) &&
				(isAbsent(inputs, "privateDnsZoneConfigs") || Array.isArray(inputs.privateDnsZoneConfigs)),
			property: "privateDnsZoneConfigs",
			reason: `must be 1 to ${MAX_ZONES} zones, but ${configs.length} were given`,
		},
		{
			when: twin !== undefined,
			property: "privateEndpointName",
			reason: `the endpoint has a zone group already, ${twin?.urn || twin?.id}; an endpoint takes one`,
		},
		...configs.map((config, i) => {
			const [zone] = world.find([TYPE.privateZone], "id", text(config, "privateDnsZoneId") ?? "");
			const name = text(zone?.outputs, "privateZoneName");
			return {
				when: wanted !== undefined && wanted !== "" && name !== undefined && name !== wanted,
				property: `privateDnsZoneConfigs[${i}].privateDnsZoneId`,
				reason: `names of the group ${group} live in ${wanted}, but the zone is ${name}; give the id of that zone`,
			};
		}),
	]);
}
