import type { Refusal } from "../check/fault-table";
import { object } from "../check/inputs";
import type { CheckContext, TypeModel } from "../model";
import { defineAzure } from "./define";
import { TYPE } from "./types";

/**
 * A feature that a subscription asks for. The real one takes minutes until it is Registered; here it is at once. Source:
 * Microsoft Learn, "Set up preview features in Azure subscription", read 2026-11-21.
 */
export const featureRegistration: TypeModel = defineAzure({
	type: TYPE.feature,
	path: "/subscriptions/{subscriptionId}/providers/Microsoft.Features/featureProviders/{providerNamespace}/subscriptionFeatureRegistrations/{featureName}",
	naming: { pattern: /^[\w.-]{1,100}$/, allowed: "the name of a feature, 1 to 100 of letters, digits and -_." },
	placeless: true,
	derived: ({ inputs }) => ({ properties: { ...object(inputs, "properties"), state: "Registered" } }),
});

/** Refused where the subscription has not asked for a feature that the input needs. */
export function needsFeature(
	{ scope, world }: CheckContext,
	needed: { readonly when: boolean; readonly property: string; readonly namespace: string; readonly feature: string },
): Refusal {
	const asked = world
		.find([TYPE.feature], "featureName", needed.feature)
		.some(({ account }) => account === scope.account);
	return {
		when: needed.when && !asked,
		property: needed.property,
		reason: `needs the feature ${needed.namespace}/${needed.feature}, which the subscription ${scope.account} has not registered; register it first and let this resource depend on that`,
	};
}
