import { faultsOf } from "../check/fault-table";
import { text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, TypeModel } from "../model";
import { defineAws } from "./define";
import { kmsReferences } from "./kms";
import { unusableKeyFaults } from "./kms-use";

const BY_DEFAULT = "aws:ebs/encryptionByDefault:EncryptionByDefault";
const DEFAULT_KEY = "aws:ebs/defaultKmsKey:DefaultKmsKey";

/** Whether new volumes of the account and region are encrypted: a setting, so there is one. */
export const encryptionByDefault: TypeModel = defineAws({
	type: BY_DEFAULT,
	check: (context) => onlyOne(BY_DEFAULT, context),
	defaults: { enabled: true },
	id: (context) => `terraform-${context.digits(26)}`,
});

/** The key that new volumes of the account and region are encrypted with: a setting, so there is one. */
export const defaultKmsKey: TypeModel = defineAws({
	type: DEFAULT_KEY,
	references: kmsReferences("keyArn"),
	check: (context) => [
		...onlyOne(DEFAULT_KEY, context),
		...unusableKeyFaults(context, text(context.inputs, "keyArn"), "keyArn"),
	],
	id: ({ inputs }) => String(inputs.keyArn),
});

function onlyOne(type: string, context: CheckContext): Fault[] {
	const other = context.world.list(type, context.scope).find((candidate) => !isSelf(candidate, context));
	const { account, region } = context.scope;
	const reason = `the setting of ${account} in ${region} is managed by ${other?.urn} already; keep one of them`;
	return faultsOf([{ when: other !== undefined, property: "", reason }]);
}
