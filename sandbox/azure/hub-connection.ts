import { faultsOf } from "../check/fault-table";
import { isAbsent, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, SandboxObject, TypeModel } from "../model";
import { inGroup } from "./arm-id";
import { blocksOfNetwork, overlapping } from "./blocks";
import { byId, defineAzure } from "./define";
import { NETWORK_NAME } from "./names";
import { parentOf } from "./place";
import { TYPE } from "./types";
import { hubsOf } from "./virtual-hub";

/** Joins a virtual network to a hub: a network has one hub, and shares no address with anything of the WAN. */
export const hubConnection: TypeModel = defineAzure({
	type: TYPE.hubConnection,
	path: inGroup("Microsoft.Network/virtualHubs/{virtualHubName}/hubVirtualNetworkConnections/{connectionName}"),
	naming: NETWORK_NAME,
	references: [byId("remoteVirtualNetwork.id", [TYPE.virtualNetwork])],
	check: connectionFaults,
	immutable: ["remoteVirtualNetwork.id"],
	defaults: {
		allowHubToRemoteVnetTransit: true,
		allowRemoteVnetToUseHubVnetGateways: true,
		enableInternetSecurity: false,
	},
});

function connectionFaults(context: CheckContext): Fault[] {
	const { inputs, world, self } = context;
	const id = text(inputs, "remoteVirtualNetwork.id");
	const [network] = id === undefined ? [] : world.find([TYPE.virtualNetwork], "id", id);
	const same = id === undefined ? [] : world.find([TYPE.hubConnection], "remoteVirtualNetwork.id", id);
	const twin = same.find((other) => !isSelf(other, context) && other.urn !== self?.urn);
	const clash = clashOf(context, network);
	return faultsOf([
		{
			when: isAbsent(inputs, "remoteVirtualNetwork.id"),
			property: "remoteVirtualNetwork.id",
			reason: "is required: the id of a virtual network; set it",
		},
		{
			when: twin !== undefined,
			property: "remoteVirtualNetwork.id",
			reason: `the network is connected to a hub already by ${twin?.urn || twin?.id}; a network takes one hub`,
		},
		{
			when: clash !== undefined,
			property: "remoteVirtualNetwork.id",
			reason: `the network shares addresses with ${clash?.block} of ${clash?.owner} in the same WAN; give it other addresses`,
		},
	]);
}

/** What of the WAN has addresses of the network: a hub, or a network on one of its hubs. */
function clashOf(
	context: CheckContext,
	network: SandboxObject | undefined,
): { readonly block: string; readonly owner: string } | undefined {
	const { world } = context;
	const hub = parentOf(TYPE.hubConnection, context);
	const hubs = hubsOf(text(hub?.outputs, "virtualWan.id"), world);
	const joined = hubs.flatMap((each) =>
		world
			.find([TYPE.hubConnection], "virtualHubName", each.outputs.virtualHubName ?? "")
			.filter((other) => other.outputs.resourceGroupName === each.outputs.resourceGroupName)
			.flatMap((other) =>
				world.find([TYPE.virtualNetwork], "id", text(other.outputs, "remoteVirtualNetwork.id") ?? ""),
			),
	);
	const taken = [
		...hubs.map((each) => ({ block: text(each.outputs, "addressPrefix") ?? "", owner: each.id })),
		...joined
			.filter(({ id }) => id !== network?.id)
			.flatMap((each) => blocksOfNetwork(each).map((block) => ({ block, owner: each.id }))),
	];
	return taken.find(({ block }) => blocksOfNetwork(network).some((own) => overlapping(own, [block]) !== undefined));
}
