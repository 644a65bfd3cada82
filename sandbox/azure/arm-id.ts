import type { Properties } from "../../lib/values";
import { text } from "../check/inputs";
import type { CheckContext, CreateContext } from "../model";

const PARAMETER = /\{(\w+)\}/g;

/** ARM path of what lives in a resource group: `inGroup("Microsoft.Network/virtualNetworks/{virtualNetworkName}")`. */
export function inGroup(path: string): string {
	return `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${path}`;
}

/** Inputs that an ARM path names, the subscription aside; the last is the object's own name. */
export function parametersOf(path: string): string[] {
	return [...path.matchAll(PARAMETER)].flatMap(([, name]) => (name && name !== "subscriptionId" ? [name] : []));
}

/** The ARM id: the path with its parameters filled in. */
export function expandPath(path: string, inputs: Properties, subscription: string): string {
	return path.replaceAll(PARAMETER, (_, name: string) =>
		name === "subscriptionId" ? subscription : (text(inputs, name) ?? ""),
	);
}

/** ARM type of a path: `Microsoft.Network/virtualNetworks/subnets`. */
export function armTypeOf(path: string): string {
	const [namespace = "", ...segments] = (path.split("/providers/").at(-1) ?? "").split("/");
	const types = segments.filter((_, i) => i % 2 === 0);
	return path.includes("/providers/") ? [namespace, ...types].join("/") : "Microsoft.Resources/resourceGroups";
}

/** What an ARM id says. */
export interface ArmId {
	readonly subscription: string;
	readonly resourceGroup: string;
	/** `Microsoft.Network/virtualNetworks/subnets`. */
	readonly type: string;
	readonly name: string;
}

const ID = /^\/subscriptions\/([0-9a-f-]{36})\/resourceGroups\/([^/]+)\/providers\/([^/]+)\/(.+)$/;

/** The parts of a resource's id; undefined for text that is no id of a resource in a resource group, exact in its casing. */
export function parseArmId(id: string): ArmId | undefined {
	const [, subscription, resourceGroup, namespace, rest = ""] = ID.exec(id) ?? [];
	const segments = rest.split("/");
	if (!subscription || !resourceGroup || !namespace || segments.length % 2 !== 0 || segments.includes("")) {
		return undefined;
	}
	const types = segments.filter((_, i) => i % 2 === 0);
	return { subscription, resourceGroup, type: [namespace, ...types].join("/"), name: segments.at(-1) ?? "" };
}

/** The id of the virtual network that a subnet's id lies in. */
export function networkIdOf(subnetId: string): string {
	return subnetId.replace(/\/subnets\/[^/]+$/, "");
}

/** A new GUID. */
export function guid(context: Pick<CreateContext, "hex">): string {
	return [8, 4, 4, 4, 12].map((digits) => context.hex(digits)).join("-");
}

/**
 * The tenant of a subscription. A model does not see the provider's tenantId, so the sandbox derives one that is always
 * the same for a subscription.
 */
export function tenantOf({ scope }: Pick<CheckContext, "scope">): string {
	return scope.account
		.split("")
		.reverse()
		.join("")
		.replaceAll("-", "")
		.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
