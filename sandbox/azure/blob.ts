import { faultsOf, outside, type Refusal } from "../check/fault-table";
import { flag, isAbsent, isSet, number, text } from "../check/inputs";
import type { CheckContext, TypeModel } from "../model";
import { inGroup } from "./arm-id";
import { defineAzure } from "./define";
import { DEFAULT_NAME } from "./names";
import { parentOf } from "./place";
import { TYPE } from "./types";

const ACCOUNT = "Microsoft.Storage/storageAccounts/{accountName}";

/** An account's settings for blobs, of which it has one set. */
export const blobService: TypeModel = defineAzure({
	type: TYPE.blobService,
	path: inGroup(`${ACCOUNT}/blobServices/{blobServicesName}`),
	naming: DEFAULT_NAME,
	check: (context) => faultsOf([...retentionRows(context), ...restoreRows(context)]),
	defaults: { isVersioningEnabled: false },
});

function retentionRows(context: CheckContext): Refusal[] {
	const { inputs } = context;
	const account = parentOf(TYPE.blobService, context);
	const hierarchical = flag(account?.outputs, "isHnsEnabled") === true;
	return [
		...["deleteRetentionPolicy", "containerDeleteRetentionPolicy"].flatMap((path) => [
			outside(number(inputs, `${path}.days`), `${path}.days`, { min: 1, max: 365, unit: "days" }),
			{
				when: flag(inputs, `${path}.enabled`) === true && isAbsent(inputs, `${path}.days`),
				property: `${path}.days`,
				reason: "is required where the policy is enabled: 1 to 365 days; set it",
			},
		]),
		{
			when: flag(inputs, "isVersioningEnabled") === true && hierarchical,
			property: "isVersioningEnabled",
			reason: "does not go with a hierarchical namespace (isHnsEnabled of the account); leave it out",
		},
		outside(number(inputs, "changeFeed.retentionInDays"), "changeFeed.retentionInDays", {
			min: 1,
			max: 146000,
			unit: "days",
		}),
	];
}

function restoreRows({ inputs }: CheckContext): Refusal[] {
	const on = flag(inputs, "restorePolicy.enabled") === true;
	const [days, kept] = [number(inputs, "restorePolicy.days"), number(inputs, "deleteRetentionPolicy.days")];
	const needs = ["isVersioningEnabled", "changeFeed.enabled", "deleteRetentionPolicy.enabled"];
	return [
		...needs.map((path) => ({
			when: on && (isAbsent(inputs, path) || flag(inputs, path) === false),
			property: path,
			reason: "must be true where restorePolicy is enabled; set it",
		})),
		{
			when: on && days !== undefined && kept !== undefined && days >= kept,
			property: "restorePolicy.days",
			reason: `must be fewer than deleteRetentionPolicy.days (${kept}), but ${days} was given`,
		},
	];
}

/** A container of blobs. */
export const container: TypeModel = defineAzure({
	type: TYPE.container,
	path: inGroup(`${ACCOUNT}/blobServices/default/containers/{containerName}`),
	naming: {
		pattern: /^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$|^\$(root|web|logs)$/,
		allowed: "3 to 63 of lower-case letters, digits and single hyphens, beginning and ending with a letter or digit",
	},
	check: (context) => {
		const account = parentOf(TYPE.container, context);
		const access = text(context.inputs, "publicAccess") ?? "None";
		return faultsOf([
			{
				when: access !== "None" && account !== undefined && flag(account.outputs, "allowBlobPublicAccess") !== true,
				property: "publicAccess",
				reason: `must be "None": the account does not allow public access to blobs, but ${JSON.stringify(access)} was given`,
			},
		]);
	},
	immutable: ["immutableStorageWithVersioning.enabled", "defaultEncryptionScope"],
	defaults: { publicAccess: "None", denyEncryptionScopeOverride: false },
	computed: (context) => ({
		deleted: false,
		hasImmutabilityPolicy: false,
		hasLegalHold: false,
		lastModifiedTime: context.now,
		leaseState: "Available",
		leaseStatus: "Unlocked",
	}),
});

/** How long blobs of a container cannot be changed or deleted. It is unlocked: locking is an action of its own. */
export const immutabilityPolicy: TypeModel = defineAzure({
	type: TYPE.immutabilityPolicy,
	path: inGroup(
		`${ACCOUNT}/blobServices/default/containers/{containerName}/immutabilityPolicies/{immutabilityPolicyName}`,
	),
	naming: DEFAULT_NAME,
	check: ({ inputs }) => {
		const days = number(inputs, "immutabilityPeriodSinceCreationInDays");
		return faultsOf([
			outside(days, "immutabilityPeriodSinceCreationInDays", { min: 1, max: 146000, unit: "days" }),
			{
				when: isAbsent(inputs, "immutabilityPeriodSinceCreationInDays"),
				property: "immutabilityPeriodSinceCreationInDays",
				reason: "is required: 1 to 146000 days; set it",
			},
			{
				when: isSet(inputs, "allowProtectedAppendWrites") && isSet(inputs, "allowProtectedAppendWritesAll"),
				property: "allowProtectedAppendWritesAll",
				reason: "cannot be combined with allowProtectedAppendWrites; remove one of them",
			},
		]);
	},
	computed: () => ({ state: "Unlocked" }),
});
