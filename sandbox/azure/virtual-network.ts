import { faultsOf } from "../check/fault-table";
import { isAbsent, list, number, texts } from "../check/inputs";
import type { CheckContext, Fault, TypeModel } from "../model";
import { guid, inGroup } from "./arm-id";
import { blockFaults, overlapping } from "./blocks";
import { defineAzure } from "./define";
import { SHORT_NETWORK_NAME } from "./names";
import { TYPE } from "./types";

/** The address range as the API names it: prefixes that Azure takes, in bits. */
const SIZE = { min: 2, max: 29 };

/** A virtual network. Its subnets are resources of their own here: with both ways at once they would undo each other. */
export const virtualNetwork: TypeModel = defineAzure({
	type: TYPE.virtualNetwork,
	path: inGroup("Microsoft.Network/virtualNetworks/{virtualNetworkName}"),
	naming: SHORT_NETWORK_NAME,
	check: spaceFaults,
	defaults: { enableDdosProtection: false, privateEndpointVNetPolicies: "Disabled", virtualNetworkPeerings: [] },
	computed: (context) => ({ resourceGuid: guid(context), subnets: [] }),
});

function spaceFaults({ inputs }: CheckContext): Fault[] {
	const blocks = texts(inputs, "addressSpace.addressPrefixes");
	const at = (i: number): string => `addressSpace.addressPrefixes[${i}]`;
	const ipam = list(inputs, "addressSpace.ipamPoolPrefixAllocations").length > 0;
	const timeout = number(inputs, "flowTimeoutInMinutes");
	return [
		...blocks.flatMap((block, i) => blockFaults(block, at(i), SIZE)),
		...faultsOf([
			...blocks.map((block, i) => {
				const other = overlapping(block, blocks.slice(0, i));
				return {
					when: other !== undefined,
					property: at(i),
					reason: `${block} overlaps ${other}; choose a free block`,
				};
			}),
			{
				when: isAbsent(inputs, "addressSpace.addressPrefixes") && !ipam,
				property: "addressSpace.addressPrefixes",
				reason: "is required: at least one block such as 10.0.0.0/16; set it",
			},
			{
				when: list(inputs, "subnets").length > 0,
				property: "subnets",
				reason: "declare each subnet as a network.Subnet: inline ones and resources of their own undo each other",
			},
			{
				when: timeout !== undefined && (timeout < 4 || timeout > 30),
				property: "flowTimeoutInMinutes",
				reason: `must be 4 to 30 minutes, but ${timeout} was given`,
			},
		]),
	];
}
