import { addressAt, parseCidr } from "../../lib/cidr";
import type { Value } from "../../lib/values";
import { didYouMean, oneOf } from "../check/did-you-mean";
import { faultsOf, type Refusal } from "../check/fault-table";
import { isAbsent, list, text, texts } from "../check/inputs";
import type { CheckContext, CreateContext, Fault, SandboxObject, TypeModel } from "../model";
import { inGroup } from "./arm-id";
import { blocksOfSubnet } from "./blocks";
import { byId, defineAzure } from "./define";
import { SHORT_NETWORK_NAME } from "./names";
import { elsewhere } from "./same-place";
import { TYPE } from "./types";

/**
 * What a private endpoint can reach, by type: its groups, each with the DNS zone of its names. Source: Microsoft Learn,
 * "Azure Private Endpoint private DNS zone values", read 2026-11-21.
 */
export const TARGETS: { readonly [type: string]: { readonly [group: string]: string } } = {
	[TYPE.vault]: { vault: "privatelink.vaultcore.azure.net" },
	[TYPE.storageAccount]: {
		blob: "privatelink.blob.core.windows.net",
		blob_secondary: "privatelink.blob.core.windows.net",
		dfs: "privatelink.dfs.core.windows.net",
		dfs_secondary: "privatelink.dfs.core.windows.net",
		file: "privatelink.file.core.windows.net",
		queue: "privatelink.queue.core.windows.net",
		table: "privatelink.table.core.windows.net",
		web: "privatelink.web.core.windows.net",
	},
	[TYPE.registry]: { registry: "privatelink.azurecr.io" },
	[TYPE.cluster]: { management: "" },
};

const CONNECTIONS = ["privateLinkServiceConnections", "manualPrivateLinkServiceConnections"];

/** A private endpoint: an address in a subnet that leads to one group of one service. */
export const privateEndpoint: TypeModel = defineAzure({
	type: TYPE.privateEndpoint,
	path: inGroup("Microsoft.Network/privateEndpoints/{privateEndpointName}"),
	naming: SHORT_NETWORK_NAME,
	references: [
		byId("subnet.id", [TYPE.subnet]),
		...CONNECTIONS.map((path) => byId(`${path}[].privateLinkServiceId`, Object.keys(TARGETS), { holds: false })),
	],
	check: (context) => [...faultsOf(subnetRows(context)), ...connectionFaults(context)],
	computed: (context, id) => ({
		customDnsConfigs: [{ fqdn: hostOf(context), ipAddresses: [addressIn(context)] }],
		networkInterfaces: [
			{ id: `${id.replace(/\/privateEndpoints\/.*/, "")}/networkInterfaces/${id.split("/").at(-1)}.nic` },
		],
	}),
});

function subnetRows(context: CheckContext): Refusal[] {
	const { inputs, world } = context;
	const id = text(inputs, "subnet.id");
	const [subnet] = id === undefined ? [] : world.find([TYPE.subnet], "id", id);
	const [delegation] = list(subnet?.outputs, "delegations");
	return [
		{ when: isAbsent(inputs, "subnet.id"), property: "subnet.id", reason: "is required: the id of a subnet; set it" },
		{
			when: delegation !== undefined,
			property: "subnet.id",
			reason: `the subnet is delegated to ${text(delegation, "serviceName")}, so no private endpoint can live there; use another`,
		},
		elsewhere(context, TYPE.privateEndpoint, { path: "subnet.id", to: TYPE.subnet }),
	];
}

function connectionFaults({ inputs, world }: CheckContext): Fault[] {
	const all = CONNECTIONS.flatMap((path) =>
		list(inputs, path).map((value, i): [string, Value] => [`${path}[${i}]`, value]),
	);
	const open = CONNECTIONS.some((path) => inputs[path] !== undefined && !Array.isArray(inputs[path]));
	return faultsOf([
		{
			when: all.length !== 1 && !open,
			property: "privateLinkServiceConnections",
			reason: `must be exactly one connection, but ${all.length} were given`,
		},
		...all.flatMap(([at, connection]) => {
			const id = text(connection, "privateLinkServiceId") ?? "";
			const [target] = world.find(Object.keys(TARGETS), "id", id);
			const allowed = Object.keys(TARGETS[target?.type ?? ""] ?? {});
			const groups = texts(connection, "groupIds");
			const wrong = groups.find((group) => !allowed.includes(group));
			return [
				{
					when: isAbsent(connection, "name"),
					property: `${at}.name`,
					reason: "is required for a connection; set it",
				},
				{
					when: target !== undefined && list(connection, "groupIds").length !== 1,
					property: `${at}.groupIds`,
					reason: `must be exactly one of ${oneOf(allowed)}, but ${groups.length} were given`,
				},
				{
					when: target !== undefined && wrong !== undefined,
					property: `${at}.groupIds[0]`,
					reason: `must be ${oneOf(allowed)}, but ${JSON.stringify(wrong)} was given${didYouMean(wrong ?? "", allowed)}`,
				},
				{
					when: target?.type === TYPE.registry && (text(target.outputs, "sku.name") ?? "Premium") !== "Premium",
					property: `${at}.privateLinkServiceId`,
					reason: "a registry takes private endpoints with the SKU Premium only; change the registry's SKU",
				},
			];
		}),
	]);
}

/** What the endpoint of these inputs leads to; no target where it is not known. */
export function targetOf({ inputs, world }: Pick<CheckContext, "inputs" | "world">): {
	target?: SandboxObject;
	group: string;
} {
	const [connection] = CONNECTIONS.flatMap((path) => list(inputs, path));
	const id = text(connection, "privateLinkServiceId") ?? "";
	const [target] = world.find(Object.keys(TARGETS), "id", id);
	return { ...(target ? { target } : {}), group: texts(connection, "groupIds")[0] ?? "" };
}

function hostOf(context: CreateContext): string {
	const { target, group } = targetOf(context);
	const zone = TARGETS[target?.type ?? ""]?.[group] ?? "";
	const name = target?.id.split("/").at(-1) ?? "";
	return `${name}.${zone.replace("privatelink.vaultcore", "vault").replace("privatelink.", "")}`;
}

/** The next address of the subnet: the first four are Azure's. */
function addressIn({ inputs, world }: CreateContext): string {
	const id = text(inputs, "subnet.id") ?? "";
	const [subnet] = world.find([TYPE.subnet], "id", id);
	const block = parseCidr((subnet && blocksOfSubnet(subnet)[0]) ?? "10.0.0.0/24");
	return block ? addressAt(block, 4 + world.find([TYPE.privateEndpoint], "subnet.id", id).length) : "";
}
