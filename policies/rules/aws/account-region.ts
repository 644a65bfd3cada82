import type { ResourceNode } from "../../../lib/graph";
import { readText } from "../../reading";

/**
 * Where a resource lives, as text: its own `region` (provider version 7), else its provider's, else the provider
 * itself, so that resources of one provider of unknown region still meet.
 */
export function regionOf(node: ResourceNode): string {
	const own = readText(node.inputs, "region");
	return own.kind === "known" ? own.value : (node.provider?.region ?? node.provider?.urn ?? "");
}

/** True where an account-wide setting of one reaches the other: same region, and one provider or one cell. */
export function sharesAccountRegion(setting: ResourceNode, node: ResourceNode): boolean {
	const sameAccount = setting.provider?.urn === node.provider?.urn || setting.cell === node.cell;
	return sameAccount && regionOf(setting) === regionOf(node);
}
