import { faultsOf } from "../check/fault-table";
import { flag, text } from "../check/inputs";
import type { CheckContext, Fault, SandboxObject } from "../model";
import { type Grant, identityOf, lacks } from "./grants";
import { TYPE } from "./types";

/** A customer-managed key as a resource names it. */
export interface KeyUse {
	/** Address of the key, with or without its version, and the property that gives it. */
	readonly url: string | undefined;
	readonly property: string;
	/** Id of the user-assigned identity that uses the key; undefined where none is known. */
	readonly identity: string | undefined;
	/** Who uses it, for messages: `a disk encryption set`. */
	readonly by: string;
}

const KEY_URL = /^(https:\/\/[0-9a-z-]+\.vault\.azure\.net\/)keys\/([0-9A-Za-z-]+)(?:\/([0-9a-f]{32}))?$/;

/** The actions with which a service wraps its own keys. Source: Microsoft Learn, "Key Vault RBAC guide", read 2026-11-21. */
const WRAP = ["read", "wrap/action", "unwrap/action"].map((each) => `Microsoft.KeyVault/vaults/keys/${each}`);

/**
 * Why a service cannot use a customer-managed key: no such key, disabled, its vault unguarded against purge (storage,
 * disks and registries ask for that), closed to Azure's services, or the identity without the role.
 */
export function keyUseFaults(use: KeyUse, context: CheckContext): Fault[] {
	const { url, property, by } = use;
	if (url === undefined) {
		return [];
	}
	const parts = KEY_URL.exec(url);
	if (!parts) {
		const reason = `must be a key's address, https://<vault>.vault.azure.net/keys/<key>/<version>, but ${JSON.stringify(url)} was given`;
		return [{ property, reason }];
	}
	const { vault, key } = keyAt(parts[1] ?? "", parts[2] ?? "", context);
	if (!vault || !key) {
		return [{ property, reason: `names no existing key: ${url}; create the vault and the key first` }];
	}
	const current = text(key.outputs, "keyUriWithVersion");
	const stale = parts[3] !== undefined && current !== undefined && current !== url;
	return [
		...faultsOf([
			{ when: stale, property, reason: `names no version of the key: ${url}; its version is ${current}` },
			{
				when:
					flag(key.outputs, "attributes.enabled") === false ||
					flag(key.inputs, "properties.attributes.enabled") === false,
				property,
				reason: `the key ${text(key.outputs, "keyName")} is disabled; set properties.attributes.enabled on it`,
			},
		]),
		...vaultFaults(vault, use),
		...roleFaults(vault, key, use, context),
	].map((fault) => ({ ...fault, reason: `${fault.reason} (${by})` }));
}

function keyAt(uri: string, name: string, { world }: CheckContext): { vault?: SandboxObject; key?: SandboxObject } {
	const host = /^https:\/\/([0-9a-z-]+)\./.exec(uri)?.[1] ?? "";
	const vault = world
		.find([TYPE.vault], "properties.vaultUri", uri)
		.concat(world.find([TYPE.vault], "vaultName", host))[0];
	const key = world
		.find([TYPE.key], "keyName", name)
		.find((each) => text(each.outputs, "vaultName")?.toLowerCase() === host);
	return { ...(vault ? { vault } : {}), ...(key ? { key } : {}) };
}

function vaultFaults(vault: SandboxObject, { property }: KeyUse): Fault[] {
	const name = text(vault.outputs, "vaultName");
	const acls = text(vault.outputs, "properties.networkAcls.bypass") ?? "AzureServices";
	const hidden =
		text(vault.outputs, "properties.publicNetworkAccess")?.toLowerCase() === "disabled" ||
		text(vault.outputs, "properties.networkAcls.defaultAction") === "Deny";
	return faultsOf([
		{
			when: flag(vault.outputs, "properties.enablePurgeProtection") !== true,
			property,
			reason: `the vault ${name} has no purge protection, which customer-managed keys need; set enablePurgeProtection on it`,
		},
		{
			when: hidden && acls === "None",
			property,
			reason: `the vault ${name} is closed and lets no Azure service pass; set networkAcls.bypass to AzureServices on it`,
		},
	]);
}

function roleFaults(vault: SandboxObject, key: SandboxObject, use: KeyUse, context: CheckContext): Fault[] {
	const identity = identityOf(use.identity, context);
	const legacy = flag(vault.outputs, "properties.enableRbacAuthorization") !== true;
	const grants = WRAP.map((action): Grant => ({ action, data: true, on: key.id }));
	const missing = grants.filter((grant) => lacks(identity, grant, context.world)).map(({ action }) => action);
	return faultsOf([
		{
			when: missing.length > 0 && !legacy,
			property: use.property,
			reason: `the identity ${use.identity} may not call ${missing.join(", ")} on it; assign Key Vault Crypto Service Encryption User at the key or vault, and depend on the assignment`,
		},
	]);
}
