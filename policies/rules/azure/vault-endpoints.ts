import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { readList, readText } from "../../reading";
import { allOf, anyOf, type Tri } from "../../tri";
import { azureSources, ofAzureType } from "./versioned-types";

const ENDPOINT = "azure-native:network:PrivateEndpoint";
const VAULT = "azure-native:keyvault:Vault";
const CONNECTIONS = ["privateLinkServiceConnections", "manualPrivateLinkServiceConnections"] as const;

/** Whether a private endpoint of the program leads to the vault. */
export function hasPrivateEndpoint(graph: ResourceGraph, vault: ResourceNode): Tri {
	return anyOf(
		...ofAzureType(graph, ENDPOINT).flatMap((endpoint) =>
			CONNECTIONS.map((property) => leadsTo(graph, endpoint, property, vault)),
		),
	);
}

function leadsTo(graph: ResourceGraph, endpoint: ResourceNode, property: string, vault: ResourceNode): Tri {
	const connections = readList(endpoint.inputs, property);
	const known = connections.items.map(({ value }) => {
		const target = readText(value, "privateLinkServiceId");
		const byId = target.kind === "known" ? isIdOf(target.value, vault) : undefined;
		const named = byId ?? isBehind(graph, endpoint, property, vault);
		const groups = readList(value, "groupIds");
		const forVaults = groups.items.some((group) => group.value === "vault");
		return target.kind === "absent" || target.kind === "invalid"
			? "no"
			: allOf(named, forVaults ? "yes" : groups.complete ? "no" : "maybe");
	});
	const hidden = connections.complete ? "no" : allOf("maybe", isBehind(graph, endpoint, property, vault));
	return anyOf(...known, hidden);
}

/** Ids of Azure compare in any case; undefined where the vault has no name yet to compare. */
function isIdOf(id: string, vault: ResourceNode): Tri | undefined {
	const own = readText(vault.inputs, "id");
	if (own.kind === "known") {
		return own.value.toLowerCase() === id.toLowerCase() ? "yes" : "no";
	}
	const name = readText(vault.inputs, "vaultName");
	const last = /\/vaults\/([^/]+)$/i.exec(id)?.[1]?.toLowerCase();
	if (last === undefined) {
		return "no";
	}
	return name.kind === "known" ? (last === name.value.toLowerCase() ? "yes" : "no") : undefined;
}

function isBehind(graph: ResourceGraph, endpoint: ResourceNode, property: string, vault: ResourceNode): Tri {
	const vaults = azureSources(graph, endpoint, property, VAULT);
	if (vaults.length === 0) {
		// The id may come from another program, or from a resource that is no vault.
		return graph.sourcesOf(endpoint, property).length === 0 ? "maybe" : "no";
	}
	return !vaults.includes(vault) ? "no" : vaults.length === 1 ? "yes" : "maybe";
}
