import { fromJsonText } from "../../lib/json-text";
import { isObject, type Properties, type Value } from "../../lib/values";
import { factsFor } from "../facts";
import type { Fault, Scope } from "../model";
import type { SandboxPackage } from "../package";
import { eksClusters } from "./eks-control-plane";
import { awsModels } from "./registry";

/** The emulated AWS: a provider instance works in one account and one region. */
export const awsPackage: SandboxPackage = {
	name: "aws",
	version: factsFor("aws").version,
	models: awsModels,
	clusters: eksClusters,
	scopeOf,
	scopeOfResource: (inputs, scope) => (typeof inputs.region === "string" ? { ...scope, region: inputs.region } : scope),
	configuredOutputs,
};

/**
 * The account is the one that the provider allows (`allowedAccountIds`): without it the sandbox could not tell accounts
 * apart, and on the real cloud nothing would stop an update of the wrong account.
 */
function scopeOf(config: Properties): { scope: Scope } | { faults: Fault[] } {
	const accounts = stringList(config.allowedAccountIds);
	const region = config.region;
	const faults: Fault[] = [];
	if (typeof region !== "string" || !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
		faults.push({
			property: "region",
			reason: `must name an AWS region such as us-east-1, but ${JSON.stringify(region)} was given`,
		});
	}
	const account = accounts[0];
	if (account === undefined || accounts.length > 1 || !/^\d{12}$/.test(account)) {
		faults.push({
			property: "allowedAccountIds",
			reason: `must name exactly one account of 12 digits, but ${JSON.stringify(accounts)} was given`,
		});
	}
	if (faults.length > 0 || account === undefined || typeof region !== "string") {
		return { faults };
	}
	return { scope: { account, region } };
}

/** `tagsAll` is the provider's default tags under the resource's own. */
function configuredOutputs(config: Properties, computed: Properties): Properties {
	const defaults = fromJsonText(config.defaultTags);
	const tags = isObject(defaults) ? defaults.tags : undefined;
	if (!isObject(computed.tagsAll) || !isObject(tags)) {
		return {};
	}
	return { tagsAll: { ...tags, ...computed.tagsAll } };
}

/** A list in a provider's configuration arrives as JSON text. */
function stringList(value: Value | undefined): string[] {
	const list = fromJsonText(value);
	return Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
}
