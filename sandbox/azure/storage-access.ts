import { text } from "../check/inputs";
import type { SandboxObject } from "../model";

/** True where a storage account, vault or registry refuses connections from the internet by default. */
export function isClosed({ outputs }: SandboxObject): boolean {
	const bag = outputs.networkRuleSet ?? null;
	return text(outputs, "publicNetworkAccess") === "Disabled" || text(bag, "defaultAction") === "Deny";
}

/** True where a storage account's rules let Azure's own services pass, which they do unless said. */
export function letsAzureIn({ outputs }: SandboxObject): boolean {
	const bypass = text(outputs, "networkRuleSet.bypass") ?? "AzureServices";
	return bypass.split(",").some((each) => each.trim() === "AzureServices");
}
