import { parse } from "yaml";
import { isObject, type Properties } from "../../lib/values";
import { flag, text } from "../check/inputs";
import type { SandboxObject, World } from "../model";

const ADDON = "aws:eks/addon:Addon";

/** Add-ons that EKS installs with a cluster unless `bootstrapSelfManagedAddons` is false. Source: aws-eks of the CDK, 2026-11-21. */
const bootstrapped = ["vpc-cni", "kube-proxy", "coredns"] as const;

/** Names of the add-ons of a cluster, those included that EKS installs with it. */
export function addonNames(cluster: SandboxObject, world: World): string[] {
	const own = flag(cluster.outputs, "bootstrapSelfManagedAddons") === false ? [] : bootstrapped;
	const added = addonsOf(cluster, world).map(({ outputs }) => text(outputs, "addonName") ?? "");
	return [...new Set([...own, ...added])];
}

/** Settings of an add-on of a cluster; empty where it has none, nothing where the cluster does not have the add-on. */
export function addonSettings(cluster: SandboxObject, world: World, name: string): Properties | undefined {
	const addon = addonsOf(cluster, world).find(({ outputs }) => outputs.addonName === name);
	return addon && parsed(text(addon.outputs, "configurationValues") ?? "");
}

function addonsOf(cluster: SandboxObject, world: World): SandboxObject[] {
	const { account, outputs, region } = cluster;
	return world
		.find([ADDON], "clusterName", text(outputs, "name") ?? "")
		.filter((addon) => addon.account === account && addon.region === region);
}

/** Settings are JSON or YAML, which JSON is too. */
function parsed(values: string): Properties {
	try {
		const settings: unknown = parse(values);
		return isObject(settings) ? settings : {};
	} catch {
		return {};
	}
}
