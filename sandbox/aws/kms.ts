import { faultsOf, outside } from "../check/fault-table";
import { flag, isAbsent, isSet, number, text } from "../check/inputs";
import type { CheckContext, Fault, Reference, TypeModel } from "../model";
import { defineAws } from "./define";
import { arn, globalArn, uuid } from "./names";
import { matches, oneOrMore, parsePolicy, policyFaults, policyText, statementsOf } from "./policy-document";

/** Type of a key. */
export const KEY = "aws:kms/key:Key";
/** Type of a key's alias. */
export const ALIAS = "aws:kms/alias:Alias";

const SIGNING = /^(ECC_|ML_DSA_)/;

/** References to a customer key by ARN, id or alias; AWS's own aliases are left out. Keys never hold on. */
export function kmsReferences(path: string): Reference[] {
	return [
		{ path, to: [KEY], by: "arn", only: /^arn:[^:]+:kms:[^:]+:\d{12}:key\//, holds: false },
		{ path, to: [KEY], by: "keyId", only: /^[0-9a-f]{8}-[0-9a-f-]{27}$/, holds: false },
		{ path, to: [ALIAS], by: "arn", only: /^arn:[^:]+:kms:[^:]+:\d{12}:alias\/(?!aws\/)/, holds: false },
		{ path, to: [ALIAS], by: "name", only: /^alias\/(?!aws\/)/, holds: false },
	];
}

/** A customer key; deleting it schedules the deletion, so the cloud keeps it for 7 to 30 days. */
export const key: TypeModel = defineAws({
	type: KEY,
	values: {
		keyUsage: ["ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"],
		customerMasterKeySpec: [
			"SYMMETRIC_DEFAULT",
			"RSA_2048",
			"RSA_3072",
			"RSA_4096",
			"HMAC_224",
			"HMAC_256",
			"HMAC_384",
			"HMAC_512",
			"ECC_NIST_P256",
			"ECC_NIST_P384",
			"ECC_NIST_P521",
			"ECC_SECG_P256K1",
			"ECC_NIST_EDWARDS25519",
			"ML_DSA_44",
			"ML_DSA_65",
			"ML_DSA_87",
			"SM2",
		],
	},
	check: (context) => [
		...settingFaults(context),
		...policyFaults(context.inputs.policy, "policy", "key"),
		...lockoutFaults(context),
	],
	defaults: {
		bypassPolicyLockoutSafetyCheck: false,
		customKeyStoreId: "",
		customerMasterKeySpec: "SYMMETRIC_DEFAULT",
		description: "",
		enableKeyRotation: false,
		isEnabled: true,
		keyUsage: "ENCRYPT_DECRYPT",
		multiRegion: false,
		xksKeyId: "",
	},
	id: uuid,
	computed: (context, id) => ({ arn: arn(context.scope, "kms", `key/${id}`), keyId: id }),
	derived: ({ inputs, scope }) => ({
		policy: policyText(inputs.policy) || defaultPolicy(globalArn(scope, "iam", "root")),
		rotationPeriodInDays: number(inputs, "rotationPeriodInDays") ?? (inputs.enableKeyRotation === true ? 365 : 0),
	}),
	retains: ({ inputs }) => `pending deletion for ${number(inputs, "deletionWindowInDays") ?? 30} days`,
});

function defaultPolicy(root: string): string {
	const statement = {
		Sid: "Enable IAM User Permissions",
		Effect: "Allow",
		Principal: { AWS: root },
		Action: "kms:*",
		Resource: "*",
	};
	return JSON.stringify({ Version: "2012-10-17", Id: "key-default-1", Statement: [statement] });
}

function settingFaults({ inputs }: CheckContext): Fault[] {
	const spec = text(inputs, "customerMasterKeySpec") ?? "SYMMETRIC_DEFAULT";
	const usage = text(inputs, "keyUsage") ?? "ENCRYPT_DECRYPT";
	const symmetric = spec === "SYMMETRIC_DEFAULT";
	const rotates = flag(inputs, "enableKeyRotation") === true;
	return faultsOf([
		outside(number(inputs, "deletionWindowInDays"), "deletionWindowInDays", { min: 7, max: 30, unit: "days" }),
		outside(number(inputs, "rotationPeriodInDays"), "rotationPeriodInDays", { min: 90, max: 2560, unit: "days" }),
		{
			when:
				isSet(inputs, "rotationPeriodInDays") &&
				(isAbsent(inputs, "enableKeyRotation") || flag(inputs, "enableKeyRotation") === false),
			property: "rotationPeriodInDays",
			reason: "needs enableKeyRotation; set it to true or remove the period",
		},
		{
			when: rotates && !symmetric,
			property: "enableKeyRotation",
			reason: `rotates symmetric keys only, but the key spec is ${spec}; leave it out`,
		},
		{
			when: usage === "ENCRYPT_DECRYPT" && (SIGNING.test(spec) || spec.startsWith("HMAC_")),
			property: "keyUsage",
			reason: `ENCRYPT_DECRYPT does not go with ${spec}; use ${spec.startsWith("HMAC_") ? "GENERATE_VERIFY_MAC" : "SIGN_VERIFY"}`,
		},
		{
			when: usage !== "ENCRYPT_DECRYPT" && symmetric,
			property: "keyUsage",
			reason: `${usage} does not go with SYMMETRIC_DEFAULT; choose a key spec for it`,
		},
	]);
}

/** KMS refuses a policy under which nobody could change it again. */
function lockoutFaults({ inputs }: CheckContext): Fault[] {
	const policy = parsePolicy(inputs.policy);
	if (!policy || flag(inputs, "bypassPolicyLockoutSafetyCheck") === true) {
		return [];
	}
	const keepsAccess = statementsOf(policy).some((statement) => {
		const actions = typeof statement === "object" && statement !== null && !Array.isArray(statement) ? statement : {};
		const covers = oneOrMore(actions.Action).some((pattern) => matches(pattern, "kms:PutKeyPolicy"));
		return actions.Effect === "Allow" && covers;
	});
	const reason =
		"lets nobody call kms:PutKeyPolicy, so the key could not be managed again; allow it to the account's root";
	return keepsAccess ? [] : [{ property: "policy", reason }];
}

/** A name for a key; it goes away with its own deletion, not with the key's. */
export const alias: TypeModel = defineAws({
	type: ALIAS,
	name: {
		path: "name",
		pattern: /^alias\/(?!aws\/)[\w/-]{1,250}$/,
		allowed: "alias/ and 1 to 250 of letters, digits and /_-, not beginning with alias/aws/",
		unique: "region",
	},
	references: kmsReferences("targetKeyId"),
	check: ({ inputs }) =>
		faultsOf([
			{
				when: isAbsent(inputs, "name") && isAbsent(inputs, "namePrefix"),
				property: "name",
				reason: "is required: the provider's own names do not begin with alias/; set alias/<name>",
			},
		]),
	defaults: { namePrefix: "" },
	id: (context) => aliasName(context.inputs.name, context.inputs.namePrefix, context.digits(26)),
	computed: (context, id) => ({ arn: arn(context.scope, "kms", id), name: id }),
	derived: ({ inputs, scope }) => {
		const target = text(inputs, "targetKeyId") ?? "";
		return { targetKeyArn: target.startsWith("arn:") ? target : arn(scope, "kms", `key/${target}`) };
	},
});

function aliasName(name: unknown, prefix: unknown, digits: string): string {
	return typeof name === "string" ? name : `${typeof prefix === "string" ? prefix : "alias/terraform-"}${digits}`;
}
