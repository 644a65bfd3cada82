import { isUnknown, type Properties } from "../../lib/values";
import { factsFor } from "../facts";
import type { Fault, Scope } from "../model";
import type { SandboxPackage } from "../package";
import { aksClusters } from "./aks-control-plane";
import { locationProblem, normalLocation } from "./locations";
import { azureModels } from "./registry";

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The emulated Azure: a provider instance works in one subscription, and in one region where it names one. */
export const azurePackage: SandboxPackage = {
	name: "azure-native",
	version: factsFor("azure-native").version,
	models: azureModels,
	clusters: aksClusters,
	scopeOf,
	scopeOfResource: ({ location }, scope) =>
		typeof location === "string" && !isUnknown(location) ? { ...scope, region: normalLocation(location) } : scope,
};

/**
 * The subscription must be named: without it azure-native takes the one that is logged in on the machine. The region is
 * optional, as resources may name theirs or take that of their resource group; without it a resource that has none of
 * its own counts as `global`.
 */
function scopeOf(config: Properties): { scope: Scope } | { faults: Fault[] } {
	const { subscriptionId, location } = config;
	const faults: Fault[] = [];
	if (typeof subscriptionId !== "string" || !GUID.test(subscriptionId)) {
		faults.push({
			property: "subscriptionId",
			reason: `must be the id of a subscription, a GUID in lower case, but ${JSON.stringify(subscriptionId)} was given`,
		});
	}
	const region = typeof location === "string" && location !== "" ? normalLocation(location) : "global";
	const problem = region === "global" ? undefined : locationProblem(region, String(location));
	if (problem !== undefined) {
		faults.push({ property: "location", reason: problem });
	}
	return faults.length > 0 || typeof subscriptionId !== "string"
		? { faults }
		: { scope: { account: subscriptionId, region } };
}
