import type { Properties } from "../../lib/values";
import { faultsOf, outside } from "../check/fault-table";
import { at, flag, isAbsent, number, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, SandboxObject, TypeModel } from "../model";
import { guid, inGroup } from "./arm-id";
import { byId, defineAzure } from "./define";
import { NETWORK_NAME } from "./names";
import { locationOf, locationOfObject } from "./place";
import { isClosed, letsAzureIn } from "./storage-access";
import { TYPE } from "./types";

const ANALYTICS = "flowAnalyticsConfiguration.networkWatcherFlowAnalyticsConfiguration";

/**
 * A flow log of a virtual network or subnet. It belongs to the region's network watcher, which Azure makes with the
 * first virtual network of a region: NetworkWatcher_<region> in the resource group NetworkWatcherRG.
 */
export const flowLog: TypeModel = defineAzure({
	type: TYPE.flowLog,
	path: inGroup("Microsoft.Network/networkWatchers/{networkWatcherName}/flowLogs/{flowLogName}"),
	naming: NETWORK_NAME,
	groupIsAzures: true,
	references: [
		byId("targetResourceId", [TYPE.virtualNetwork, TYPE.subnet]),
		byId("storageId", [TYPE.storageAccount]),
		byId(`${ANALYTICS}.workspaceResourceId`, [TYPE.workspace]),
	],
	check: (context) => [...watcherFaults(context), ...targetFaults(context), ...sinkFaults(context)],
	immutable: ["targetResourceId"],
	defaults: { enabled: true, format: { type: "JSON", version: 1 } },
	computed: (context) => ({ targetResourceGuid: guid(context) }),
	derived: ({ inputs }): Properties => ({ retentionPolicy: inputs.retentionPolicy ?? { days: 0, enabled: false } }),
});

function watcherFaults(context: CheckContext): Fault[] {
	const { inputs, scope, world } = context;
	const region = locationOf(TYPE.flowLog, context);
	const watcher = text(inputs, "networkWatcherName");
	const group = text(inputs, "resourceGroupName");
	const networks = region === undefined ? [] : world.list(TYPE.virtualNetwork, { ...scope, region });
	const here = networks.some((each) => [region, undefined].includes(locationOfObject(each, world)));
	return faultsOf([
		{
			when: region !== undefined && watcher !== undefined && watcher !== `NetworkWatcher_${region}`,
			property: "networkWatcherName",
			reason: `must be the watcher of the region, NetworkWatcher_${region}, but ${JSON.stringify(watcher)} was given`,
		},
		{
			when: group !== undefined && group !== "NetworkWatcherRG",
			property: "resourceGroupName",
			reason: `must be "NetworkWatcherRG", where Azure keeps its watchers, but ${JSON.stringify(group)} was given`,
		},
		{
			when: region !== undefined && !here,
			property: "networkWatcherName",
			reason: `there is no watcher in ${region} yet: Azure makes it with the region's first virtual network; create that first`,
		},
	]);
}

function targetFaults(context: CheckContext): Fault[] {
	const { inputs, world } = context;
	const target = text(inputs, "targetResourceId");
	const [found] = target === undefined ? [] : world.find([TYPE.virtualNetwork, TYPE.subnet], "id", target);
	const there = found && locationOfObject(found, world);
	const here = locationOf(TYPE.flowLog, context);
	const logs = target === undefined ? [] : world.find([TYPE.flowLog], "targetResourceId", target);
	const twin = logs.find((other) => !isSelf(other, context) && other.urn !== context.self?.urn);
	return faultsOf([
		{
			when: target?.includes("/networkSecurityGroups/") === true,
			property: "targetResourceId",
			reason: "must be a virtual network, subnet or interface: flow logs of security groups are retired (2025-06-30)",
		},
		{
			when: there !== undefined && here !== undefined && there !== here,
			property: "location",
			reason: `must be the region of the target, ${there}, but it is ${here}`,
		},
		{
			when: twin !== undefined,
			property: "targetResourceId",
			reason: `has a flow log already, ${twin?.urn || twin?.id}; a target takes one`,
		},
	]);
}

function sinkFaults(context: CheckContext): Fault[] {
	const { inputs, world } = context;
	const id = text(inputs, "storageId");
	const [account] = id === undefined ? [] : world.find([TYPE.storageAccount], "id", id);
	const there = account && locationOfObject(account, world);
	const here = locationOf(TYPE.flowLog, context);
	const interval = number(inputs, `${ANALYTICS}.trafficAnalyticsInterval`);
	const version = number(inputs, "format.version");
	return faultsOf([
		{
			when: there !== undefined && here !== undefined && there !== here,
			property: "storageId",
			reason: `must be an account in ${here}, the region of the flow log, but it is in ${there}`,
		},
		...accountRows(account, context),
		outside(number(inputs, "retentionPolicy.days"), "retentionPolicy.days", { min: 0, max: 365, unit: "days" }),
		{
			when: version !== undefined && version !== 1 && version !== 2,
			property: "format.version",
			reason: `must be 1 or 2, but ${version} was given`,
		},
		{
			when: interval !== undefined && interval !== 10 && interval !== 60,
			property: `${ANALYTICS}.trafficAnalyticsInterval`,
			reason: `must be 10 or 60 minutes, but ${interval} was given`,
		},
		{
			when: flag(inputs, `${ANALYTICS}.enabled`) === true && isAbsent(inputs, `${ANALYTICS}.workspaceResourceId`),
			property: `${ANALYTICS}.workspaceResourceId`,
			reason: "is required while traffic analytics is enabled: the id of a workspace; set it",
		},
	]);
}

/** Without an identity the watcher writes with the account's key (unverified for every region). */
function accountRows(account: SandboxObject | undefined, { inputs }: CheckContext) {
	const keyless = flag(account?.outputs, "allowSharedKeyAccess") === false;
	return [
		{
			when: keyless && at(inputs, "identity.userAssignedIdentities") === undefined,
			property: "storageId",
			reason:
				"the account allows no shared key, which the watcher writes with; give the flow log a user-assigned identity",
		},
		{
			when: account !== undefined && isClosed(account) && !letsAzureIn(account),
			property: "storageId",
			reason: "the account's network rules keep the watcher out; set networkRuleSet.bypass to AzureServices on it",
		},
		{
			when: text(account?.outputs, "sku.name")?.startsWith("Premium_") === true,
			property: "storageId",
			reason: `must be a Standard account, but its SKU is ${text(account?.outputs, "sku.name")}`,
		},
	];
}
