import { faultsOf } from "../check/fault-table";
import { isAbsent, text, texts } from "../check/inputs";
import type { CheckContext, Fault, TypeModel } from "../model";
import { inGroup } from "./arm-id";
import { byId, defineAzure } from "./define";
import { keyUseFaults } from "./key-use";
import { COMPUTE_NAME } from "./names";
import { identityOutput, identityRows } from "./resource-identity";
import { elsewhere } from "./same-place";
import { TYPE } from "./types";

/** A disk encryption set: binds managed disks to a customer's key through an identity that may wrap with it. */
export const diskEncryptionSet: TypeModel = defineAzure({
	type: TYPE.diskEncryptionSet,
	path: inGroup("Microsoft.Compute/diskEncryptionSets/{diskEncryptionSetName}"),
	naming: COMPUTE_NAME,
	references: [
		byId("activeKey.sourceVault.id", [TYPE.vault]),
		byId("identity.userAssignedIdentities[]", [TYPE.identity]),
		{ path: "activeKey.keyUrl", to: [TYPE.key], by: "keyUriWithVersion", anyRegion: true, only: /\/[0-9a-f]{32}$/ },
	],
	check: (context) => [
		...shapeFaults(context),
		...keyUseFaults(
			{
				url: text(context.inputs, "activeKey.keyUrl"),
				property: "activeKey.keyUrl",
				identity: texts(context.inputs, "identity.userAssignedIdentities")[0],
				by: "a disk encryption set",
			},
			context,
		),
	],
	immutable: ["encryptionType"],
	defaults: { encryptionType: "EncryptionAtRestWithCustomerKey", rotationToLatestKeyVersionEnabled: false },
	computed: (context) => ({ lastKeyRotationTimestamp: context.now, previousKeys: [] }),
	derived: (context) => ({ identity: identityOutput(context) }),
});

function shapeFaults(context: CheckContext): Fault[] {
	const { inputs } = context;
	const vault = text(inputs, "activeKey.sourceVault.id");
	const host = /^https:\/\/([^.]+)\./.exec(text(inputs, "activeKey.keyUrl") ?? "")?.[1];
	return faultsOf([
		elsewhere(context, TYPE.diskEncryptionSet, { path: "activeKey.sourceVault.id", to: TYPE.vault }),
		{
			when: isAbsent(inputs, "identity.type"),
			property: "identity",
			reason: "is required: with which the set uses the key; give type UserAssigned and an identity",
		},
		...identityRows(inputs),
		{
			when: isAbsent(inputs, "activeKey.keyUrl"),
			property: "activeKey.keyUrl",
			reason: "is required: keyUriWithVersion of a key; set it",
		},
		{
			when: host !== undefined && vault !== undefined && vault.split("/").at(-1)?.toLowerCase() !== host,
			property: "activeKey.sourceVault.id",
			reason: `must be the vault of the key, ${host}, but ${vault} was given`,
		},
	]);
}
