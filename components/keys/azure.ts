import * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import { inDays } from "../../lib/units";
import { type AzurePlace, roleDefinition } from "../azure-place";
import { tenantOf } from "../azure-provider";
import { physicalName } from "../cell-context";
import type { AzurePrivateServices } from "../network/azure-private-services";
import type { KeyPurpose, Keys } from "./keys";

export interface AzureKeysArgs extends AzurePlace {
	/** Private endpoints of the network that reaches the vault. */
	readonly services: AzurePrivateServices;
	readonly purposes: readonly KeyPurpose[];
}

/** A key as Azure's services take it: by vault and name, so that they follow its rotation. */
export interface VaultKey {
	readonly name: pulumi.Output<string>;
	readonly vaultId: pulumi.Output<string>;
	readonly vaultUri: pulumi.Output<string>;
	/** Address of the key's present version. */
	readonly versionUrl: pulumi.Output<string>;
}

/**
 * A Key Vault with an RSA key for each purpose, rotated and never purged before its time; one identity may use them.
 * A deleted vault keeps its name until it is purged, so the name ends in a part that is new with each vault.
 */
export class AzureKeys extends pulumi.ComponentResource implements Keys {
	readonly vault: azure.keyvault.Vault;
	/** The identity that disks and stores use the keys as. */
	readonly identity: azure.managedidentity.UserAssignedIdentity;
	/** Whoever encrypts waits for these: the identity may use the keys, and the vault is reached. */
	readonly usable: readonly pulumi.Resource[];
	private readonly keys = new Map<KeyPurpose, azure.keyvault.Key>();

	constructor(
		private readonly name: string,
		private readonly args: AzureKeysArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:keys:AzureKeys", name, {}, opts);
		const { context, group, purposes } = args;
		this.identity = new azure.managedidentity.UserAssignedIdentity(
			`${name}-identity`,
			{ resourceGroupName: group.name, resourceName: physicalName(context, "encryption", 128) },
			{ parent: this },
		);
		this.vault = this.createVault();
		const permission = new azure.authorization.RoleAssignment(
			`${name}-use`,
			{
				scope: this.vault.id,
				roleDefinitionId: roleDefinition(context, "keyUser"),
				principalId: this.identity.principalId,
				principalType: "ServicePrincipal",
			},
			{ parent: this },
		);
		// An assignment takes minutes until Azure holds to it everywhere; the endpoint's own making gives it that time.
		const reached = args.services.connect("keys", "vault", { target: this.vault, after: [permission] });
		this.usable = [permission, reached];
		for (const purpose of purposes) {
			this.keys.set(purpose, this.createKey(purpose));
		}
		this.registerOutputs({});
	}

	/** Address of the purpose's key, without a version. */
	keyFor(purpose: KeyPurpose): pulumi.Output<string> {
		return this.key(purpose).keyUri;
	}

	/** The purpose's key as disks and stores take it. */
	vaultKey(purpose: KeyPurpose): VaultKey {
		const key = this.key(purpose);
		return {
			name: key.name,
			vaultId: this.vault.id,
			vaultUri: this.vault.properties.vaultUri.apply((uri) => uri ?? ""),
			versionUrl: key.keyUriWithVersion,
		};
	}

	private key(purpose: KeyPurpose): azure.keyvault.Key {
		const key = this.keys.get(purpose);
		if (key === undefined) {
			throw new Error(`the cell has no key for ${purpose}`);
		}
		return key;
	}

	private createVault(): azure.keyvault.Vault {
		const { context, group } = this.args;
		const { keys, protection } = context.spec;
		// 15 characters, a hyphen and 8: a vault's name has 24 at most.
		const beginning = physicalName(context, "keys", 15);
		return new azure.keyvault.Vault(
			`${this.name}-vault`,
			{
				resourceGroupName: group.name,
				vaultName: this.identity.clientId.apply((id) => `${beginning}-${id.slice(0, 8)}`),
				properties: {
					tenantId: tenantOf(context),
					sku: { family: "A", name: keys.protection === "hsm" ? "premium" : "standard" },
					enableRbacAuthorization: true,
					enableSoftDelete: true,
					softDeleteRetentionInDays: Math.floor(inDays(protection.keyDeletionWindow)),
					// Disks and stores take keys of no vault that could be purged, where everything may be lost too.
					enablePurgeProtection: true,
					publicNetworkAccess: "Disabled",
					networkAcls: { bypass: "AzureServices", defaultAction: "Deny" },
				},
			},
			{ parent: this, protect: !protection.relaxed },
		);
	}

	private createKey(purpose: KeyPurpose): azure.keyvault.Key {
		const { context, group } = this.args;
		const { keys, protection } = context.spec;
		const rotation = Math.floor(inDays(keys.rotation));
		return new azure.keyvault.Key(
			`${this.name}-${purpose}`,
			{
				resourceGroupName: group.name,
				vaultName: this.vault.name,
				keyName: purpose,
				properties: {
					kty: keys.protection === "hsm" ? "RSA-HSM" : "RSA",
					keySize: 3072,
					keyOps: ["wrapKey", "unwrapKey"],
					rotationPolicy: {
						// A version lives on for a year after the next one is made, so that whoever uses it can follow.
						attributes: { expiryTime: `P${rotation + 365}D` },
						lifetimeActions: [{ action: { type: "rotate" }, trigger: { timeAfterCreate: `P${rotation}D` } }],
					},
				},
			},
			// A key goes with its vault: by itself it is deleted over the vault's own interface, which is closed to us.
			{ parent: this, protect: !protection.relaxed, retainOnDelete: true },
		);
	}
}
