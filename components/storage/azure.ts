import * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import { type AzurePlace, accountName, knownName, roleDefinition } from "../azure-place";
import { plainInputs } from "../azure-plain-inputs";
import type { AzureKeys } from "../keys/azure";
import type { KeyPurpose } from "../keys/keys";
import type { Bucket, BucketAccess } from "./bucket";

/** How long blobs live. */
export interface History {
	/** True where what is changed or deleted can be had back. */
	readonly versions: boolean;
	/** Days until versions that are no longer current are deleted. */
	readonly versionDays?: number;
	/** Days from its last change until a blob is deleted; nothing where it is kept. */
	readonly blobDays?: number;
}

export interface AzureStorageArgs extends AzurePlace {
	/** What it is for, as `artifacts`; part of the name, and of its own container's. */
	readonly role: string;
	readonly keys: AzureKeys;
	readonly purpose: KeyPurpose;
	readonly history: History;
	/** Who writes: pods by private endpoint alone, or Azure's own services too, which record logs there. */
	readonly writers: "private-endpoint" | "azure-services";
	/** Blobs cannot be deleted for this many days, by nobody; nothing where there is no lock. */
	readonly lockDays?: number;
}

/** Deleted blobs and containers can be brought back for a week. */
const softDeleteDays = 7;

/** A storage account under a key of our own, closed to the internet, with versions kept and a container. */
export class AzureStorage extends pulumi.ComponentResource implements Bucket {
	readonly id: pulumi.Output<string>;
	readonly url: pulumi.Output<string>;
	readonly account: azure.storage.StorageAccount;
	/** Id of the account's blobs, which record who did what. */
	readonly blobsId: pulumi.Output<string>;
	private readonly container: azure.storage.BlobContainer;

	constructor(
		private readonly name: string,
		private readonly args: AzureStorageArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:storage:AzureStorage", name, {}, opts);
		const { group, role } = args;
		this.account = this.createAccount();
		const settings = this.keepVersions();
		this.container = new azure.storage.BlobContainer(
			`${name}-container`,
			{
				resourceGroupName: group.name,
				accountName: knownName(this.account, this.accountName),
				containerName: role,
				publicAccess: "None",
			},
			{ parent: this, dependsOn: [settings] },
		);
		this.expire(settings);
		this.blobsId = settings.id;
		this.id = this.account.id;
		this.url = pulumi.interpolate`${this.account.primaryEndpoints.blob}${role}`;
		this.registerOutputs({ id: this.id, url: this.url });
	}

	grant(name: string, principal: pulumi.Output<string>, access: BucketAccess): void {
		new azure.authorization.RoleAssignment(
			`${this.name}-grant-${name}`,
			{
				scope: this.container.id,
				roleDefinitionId: roleDefinition(this.args.context, access === "read" ? "blobReader" : "blobContributor"),
				principalId: principal,
				principalType: "ServicePrincipal",
			},
			{ parent: this },
		);
	}

	private get accountName(): string {
		return accountName(this.args.context, this.args.role);
	}

	private createAccount(): azure.storage.StorageAccount {
		const { context, group, keys, lockDays, purpose, writers } = this.args;
		const key = keys.vaultKey(purpose);
		const { relaxed } = context.spec.protection;
		const closed = writers === "private-endpoint";
		const encryption = {
			keySource: "Microsoft.Keyvault",
			requireInfrastructureEncryption: true,
			keyVaultProperties: { keyName: key.name, keyVaultUri: key.vaultUri },
			encryptionIdentity: { encryptionUserAssignedIdentity: keys.identity.id },
			services: { blob: { enabled: true, keyType: "Account" }, file: { enabled: true, keyType: "Account" } },
		};
		return new azure.storage.StorageAccount(
			this.name,
			{
				resourceGroupName: group.name,
				accountName: this.accountName,
				kind: "StorageV2",
				sku: { name: "Standard_ZRS" },
				accessTier: "Hot",
				enableHttpsTrafficOnly: true,
				minimumTlsVersion: "TLS1_2",
				allowBlobPublicAccess: false,
				allowCrossTenantReplication: false,
				allowSharedKeyAccess: !closed,
				defaultToOAuthAuthentication: true,
				isLocalUserEnabled: false,
				publicNetworkAccess: closed ? "Disabled" : "Enabled",
				networkRuleSet: { defaultAction: "Deny", bypass: closed ? "None" : "AzureServices" },
				identity: { type: "UserAssigned", userAssignedIdentities: [keys.identity.id] },
				encryption,
				...(lockDays === undefined ? {} : { immutableStorageWithVersioning: lock(lockDays) }),
			},
			{ parent: this, dependsOn: [...keys.usable], protect: !relaxed, ...plainInputs({ encryption }) },
		);
	}

	private keepVersions(): azure.storage.BlobServiceProperties {
		const { group } = this.args;
		const { versions } = this.args.history;
		const retained = versions ? { enabled: true, days: softDeleteDays } : { enabled: false };
		return new azure.storage.BlobServiceProperties(
			`${this.name}-blobs`,
			{
				resourceGroupName: group.name,
				accountName: knownName(this.account, this.accountName),
				blobServicesName: "default",
				isVersioningEnabled: versions,
				deleteRetentionPolicy: retained,
				containerDeleteRetentionPolicy: retained,
			},
			{ parent: this },
		);
	}

	private expire(settings: pulumi.Resource): void {
		const { group, history } = this.args;
		const { blobDays, versionDays } = history;
		new azure.storage.ManagementPolicy(
			`${this.name}-lifecycle`,
			{
				resourceGroupName: group.name,
				accountName: knownName(this.account, this.accountName),
				managementPolicyName: "default",
				policy: {
					rules: [
						{
							name: "expire",
							type: "Lifecycle",
							enabled: true,
							definition: {
								filters: { blobTypes: ["blockBlob", "appendBlob"] },
								actions: {
									...(blobDays === undefined
										? {}
										: { baseBlob: { delete: { daysAfterModificationGreaterThan: blobDays } } }),
									...(versionDays === undefined
										? {}
										: { version: { delete: { daysAfterCreationGreaterThan: versionDays } } }),
								},
							},
						},
					],
				},
			},
			{ parent: this, dependsOn: [settings] },
		);
	}
}

/**
 * A lock of all blobs from their creation on. Azure takes it unlocked first; a person locks it for good, once records
 * arrive. Source: Microsoft Learn, "Configure version-level immutability policies", read 2026-11-21.
 */
function lock(days: number): azure.types.input.storage.ImmutableStorageAccountArgs {
	return {
		enabled: true,
		immutabilityPolicy: {
			immutabilityPeriodSinceCreationInDays: days,
			state: "Unlocked",
			allowProtectedAppendWrites: true,
		},
	};
}
