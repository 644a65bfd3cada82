/** What a built-in role allows: control-plane actions, and actions on data, with `*` for any part. */
export interface Role {
	readonly name: string;
	readonly actions: readonly string[];
	readonly dataActions: readonly string[];
}

const WRAP = [
	"Microsoft.KeyVault/vaults/keys/read",
	"Microsoft.KeyVault/vaults/keys/wrap/action",
	"Microsoft.KeyVault/vaults/keys/unwrap/action",
];
const BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";

function role(name: string, actions: readonly string[], dataActions: readonly string[] = []): Role {
	return { name, actions, dataActions };
}

/**
 * Built-in roles, with those of their actions that the sandbox asks for. Source: Microsoft Learn, "Azure built-in
 * roles", and public templates that use the ids, read 2026-11-21.
 */
const ROLES: { readonly [id: string]: Role } = {
	"8e3af657-a8ff-443c-a75c-2fe8c4bcb635": role("Owner", ["*"]),
	"b24988ac-6180-42a0-ab88-20f7382dd24c": role("Contributor", ["*"]),
	"acdd72a7-3385-48ef-bd42-f606fba81ae7": role("Reader", ["*/read"]),
	"4d97b98b-1d4f-4787-a291-c67834d212e7": role("Network Contributor", ["Microsoft.Network/*"]),
	"b12aa53e-6015-4669-85d0-8515ebb3ae7f": role("Private DNS Zone Contributor", ["Microsoft.Network/privateDnsZones/*"]),
	"f1a07417-d97a-45cb-824c-7a7467783830": role("Managed Identity Operator", [
		"Microsoft.ManagedIdentity/userAssignedIdentities/*/read",
		"Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action",
	]),
	"e147488a-f6f5-4113-8e2d-b22465e65bf6": role("Key Vault Crypto Service Encryption User", [], WRAP),
	"12338af0-0e69-4776-bea7-57ae8d297424": role("Key Vault Crypto User", [], WRAP),
	"14b46e9e-c2b7-41b4-b07b-48a6ebf60603": role("Key Vault Crypto Officer", [], ["Microsoft.KeyVault/vaults/keys/*"]),
	"00482a5a-887f-4fb3-b363-3b7fe8e74483": role("Key Vault Administrator", [], ["Microsoft.KeyVault/vaults/*"]),
	"4633458b-17de-408a-b874-0445c86b69e6": role("Key Vault Secrets User", [], ["Microsoft.KeyVault/vaults/secrets/*"]),
	"2a2b9908-6ea1-4ae2-8e65-a410df84e7d1": role("Storage Blob Data Reader", [], [`${BLOBS}/read`]),
	"ba92f5b4-2d11-453d-a403-e96b0029c9fe": role("Storage Blob Data Contributor", [], [`${BLOBS}/*`]),
	"b7e6dc6d-f1e8-4753-8033-0f276bb0955b": role("Storage Blob Data Owner", [], [`${BLOBS}/*`]),
	"7f951dda-4ed3-4680-a7ca-43fe172d538d": role("AcrPull", ["Microsoft.ContainerRegistry/registries/pull/read"]),
	"8311e382-0749-4cb8-b61a-304f252e45ec": role("AcrPush", ["Microsoft.ContainerRegistry/registries/*"]),
};

/** The built-in role of a role definition's id; undefined for custom roles and built-in ones that nothing here asks of. */
export function roleOf(definitionId: string): Role | undefined {
	const id = definitionId.split("/").at(-1) ?? "";
	return Object.hasOwn(ROLES, id) ? ROLES[id] : undefined;
}

/** True where an action matches one of the patterns; case-insensitive, as Azure compares. */
export function matchesAction(patterns: readonly string[], action: string): boolean {
	return patterns.some((pattern) => {
		const parts = pattern.split("*").map((part) => part.replaceAll(/[.\\/]/g, "\\$&"));
		return new RegExp(`^${parts.join(".*")}$`, "i").test(action);
	});
}
