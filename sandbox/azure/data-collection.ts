import { oneOf } from "../check/did-you-mean";
import { faultsOf, type Refusal } from "../check/fault-table";
import { isAbsent, list, object, text, texts } from "../check/inputs";
import type { CheckContext, TypeModel } from "../model";
import { guid, inGroup } from "./arm-id";
import { byId, defineAzure } from "./define";
import { elsewhere } from "./same-place";
import { ALL_TYPES, TYPE } from "./types";

/**
 * What an agent collects and where it sends it. Source: Microsoft Learn, "Structure of a data collection rule" and
 * "Data collection rules" REST reference 2024-03-11, read 2026-11-21.
 */
export const dataCollectionRule: TypeModel = defineAzure({
	type: TYPE.dataCollectionRule,
	path: inGroup("Microsoft.Insights/dataCollectionRules/{dataCollectionRuleName}"),
	naming: {
		pattern: /^[\w.()-]{0,63}[\w()-]$/,
		allowed: "1 to 64 of letters, digits and -_.(), not ending with a dot",
	},
	// The enumeration names the common streams; every extension brings its own.
	openEnums: ["dataFlows[].streams[]", "dataSources.extensions[].streams[]"],
	references: [byId("destinations.logAnalytics[].workspaceResourceId", [TYPE.workspace])],
	check: (context) =>
		faultsOf([
			...flowRows(context),
			elsewhere(context, TYPE.dataCollectionRule, {
				path: "destinations.logAnalytics[].workspaceResourceId",
				to: TYPE.workspace,
				anySubscription: true,
			}),
		]),
	computed: (context) => ({ immutableId: `dcr-${context.hex(32)}`, guid: guid(context) }),
});

/** A flow carries streams that a source gives to destinations that the rule names. */
function flowRows({ inputs }: CheckContext): Refusal[] {
	const sources = Object.values(object(inputs, "dataSources")).flatMap((kind) => (Array.isArray(kind) ? kind : []));
	const streams = sources.flatMap((source) => texts(source, "streams"));
	const named = Object.values(object(inputs, "destinations")).flatMap((kind) => (Array.isArray(kind) ? kind : [kind]));
	const destinations = named.flatMap((each) => text(each, "name") ?? []);
	return [
		{
			when: isAbsent(inputs, "dataFlows") || isAbsent(inputs, "destinations"),
			property: "dataFlows",
			reason: "dataFlows and destinations are both needed, or nothing arrives anywhere; set them",
		},
		...list(inputs, "dataFlows").flatMap((flow, i) => [
			...texts(flow, "destinations").map((name, j) => ({
				when: destinations.length > 0 && !destinations.includes(name),
				property: `dataFlows[${i}].destinations[${j}]`,
				reason: `must be a destination of the rule (${oneOf(destinations)}), but ${JSON.stringify(name)} was given`,
			})),
			...texts(flow, "streams").map((name, j) => ({
				when: streams.length > 0 && !name.startsWith("Custom-") && !streams.includes(name),
				property: `dataFlows[${i}].streams[${j}]`,
				reason: `must be a stream of a source (${oneOf(streams)}), but ${JSON.stringify(name)} was given`,
			})),
		]),
	];
}

/** Binds a rule to what the agent runs on. */
export const dataCollectionRuleAssociation: TypeModel = defineAzure({
	type: TYPE.dataCollectionRuleAssociation,
	path: "{resourceUri}/providers/Microsoft.Insights/dataCollectionRuleAssociations/{associationName}",
	naming: { pattern: /^[\w.()-]{1,64}$/, allowed: "1 to 64 of letters, digits and -_.()" },
	references: [byId("dataCollectionRuleId", [TYPE.dataCollectionRule]), byId("resourceUri", ALL_TYPES)],
	check: ({ inputs }) =>
		faultsOf([
			{
				when: isAbsent(inputs, "dataCollectionRuleId") && isAbsent(inputs, "dataCollectionEndpointId"),
				property: "dataCollectionRuleId",
				reason: "dataCollectionRuleId or dataCollectionEndpointId is needed; set one",
			},
		]),
});
