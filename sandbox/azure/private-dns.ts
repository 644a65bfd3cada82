import { faultsOf } from "../check/fault-table";
import { flag, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, TypeModel } from "../model";
import { inGroup } from "./arm-id";
import { byId, defineAzure } from "./define";
import { NETWORK_NAME } from "./names";
import { TYPE } from "./types";

/** Limits of a private zone. Source: Microsoft Learn, "Azure DNS limits", read 2026-11-21. */
const LIMITS = {
	maxNumberOfRecordSets: 25000,
	maxNumberOfVirtualNetworkLinks: 1000,
	maxNumberOfVirtualNetworkLinksWithRegistration: 100,
};

/** A private DNS zone; it is in no region. */
export const privateZone: TypeModel = defineAzure({
	type: TYPE.privateZone,
	path: inGroup("Microsoft.Network/privateDnsZones/{privateZoneName}"),
	naming: {
		pattern:
			/^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?){1,33}$/,
		allowed: "2 to 34 labels of 1 to 63 lower-case letters, digits, _ and -, with dots between",
	},
	placeless: true,
	computed: () => ({ ...LIMITS, numberOfRecordSets: 1, numberOfVirtualNetworkLinks: 0 }),
});

/** Makes a zone known in a network. Two zones of one name cannot be linked to the same network. */
export const virtualNetworkLink: TypeModel = defineAzure({
	type: TYPE.virtualNetworkLink,
	path: inGroup("Microsoft.Network/privateDnsZones/{privateZoneName}/virtualNetworkLinks/{virtualNetworkLinkName}"),
	naming: NETWORK_NAME,
	placeless: true,
	references: [byId("virtualNetwork.id", [TYPE.virtualNetwork])],
	check: linkFaults,
	defaults: { registrationEnabled: false, resolutionPolicy: "Default" },
	immutable: ["virtualNetwork.id"],
	computed: () => ({ virtualNetworkLinkState: "Completed" }),
});

function linkFaults(context: CheckContext): Fault[] {
	const { inputs, world } = context;
	const network = text(inputs, "virtualNetwork.id");
	const links = network === undefined ? [] : world.find([TYPE.virtualNetworkLink], "virtualNetwork.id", network);
	const others = links.filter((other) => !isSelf(other, context) && other.urn !== context.self?.urn);
	const zone = text(inputs, "privateZoneName");
	const twin = others.find((other) => text(other.outputs, "privateZoneName") === zone);
	const registering = others.find((other) => flag(other.outputs, "registrationEnabled") === true);
	return faultsOf([
		{
			when: twin !== undefined && zone !== undefined,
			property: "virtualNetwork.id",
			reason: `the network is linked to a zone ${zone} by ${twin?.urn || twin?.id} already; it takes one zone of a name`,
		},
		{
			when: flag(inputs, "registrationEnabled") === true && registering !== undefined,
			property: "registrationEnabled",
			reason: `the network registers its machines in another zone already (${registering?.urn || registering?.id}); set it to false`,
		},
	]);
}
