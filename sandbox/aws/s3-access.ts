import { isObject, type Value } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { at, flag, text } from "../check/inputs";
import type { CheckContext, Fault, TypeModel } from "../model";
import { defineAws } from "./define";
import { oneOrMore, parsePolicy, policyFaults, policyText, statementsOf } from "./policy-document";
import { bucketReference, settingId } from "./s3-settings";

const BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const ACCOUNT_BLOCK = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock";

/** The bucket policy type; a trail's bucket is asked for one. */
export const BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy";

const OPEN = {
	blockPublicAcls: false,
	blockPublicPolicy: false,
	ignorePublicAcls: false,
	restrictPublicBuckets: false,
};

/** What of a bucket may never be public. */
export const bucketPublicAccessBlock: TypeModel = defineAws({
	type: BLOCK,
	references: [bucketReference],
	defaults: { ...OPEN, skipDestroy: false },
	id: settingId,
});

/** What of any bucket of the account may never be public; its id is the account's. */
export const accountPublicAccessBlock: TypeModel = defineAws({
	type: ACCOUNT_BLOCK,
	global: true,
	check: ({ inputs, scope }) => {
		const account = text(inputs, "accountId");
		return faultsOf([
			{
				when: account !== undefined && account !== scope.account,
				property: "accountId",
				reason: `must be the provider's account ${scope.account}, but ${account} was given; use that account's provider`,
			},
		]);
	},
	defaults: OPEN,
	id: ({ scope }) => scope.account,
	computed: ({ scope }) => ({ accountId: scope.account }),
});

/** Who may do what with a bucket; its statements name this bucket only. */
export const bucketPolicy: TypeModel = defineAws({
	type: BUCKET_POLICY,
	references: [bucketReference],
	check: (context) => [
		...policyFaults(context.inputs.policy, "policy", "resource"),
		...foreignResources(context),
		...publicFaults(context),
	],
	id: settingId,
	derived: ({ inputs }) => ({ policy: policyText(inputs.policy) }),
});

function foreignResources({ inputs }: CheckContext): Fault[] {
	const bucket = text(inputs, "bucket");
	const statements = statementsOf(parsePolicy(inputs.policy));
	const resources = statements.flatMap((statement) => oneOrMore(at(statement, "Resource")));
	const foreign = resources.find((resource) => !new RegExp(`^(\\*|arn:[^:]+:s3:::${bucket}(/.*)?)$`).test(resource));
	return faultsOf([
		{
			when: bucket !== undefined && foreign !== undefined,
			property: "policy",
			reason: `names the resource ${foreign}, but a policy of ${bucket} may name this bucket and its objects only`,
		},
	]);
}

function publicFaults({ inputs, scope, world }: CheckContext): Fault[] {
	const bucket = text(inputs, "bucket");
	const open = statementsOf(parsePolicy(inputs.policy)).some(isPublic);
	const own = bucket === undefined ? [] : world.find([BLOCK], "bucket", bucket);
	const account = world.list(ACCOUNT_BLOCK, scope);
	const blocked = [...own, ...account].find((each) => flag(each.outputs, "blockPublicPolicy") === true);
	return faultsOf([
		{
			when: open && blocked !== undefined,
			property: "policy",
			reason: `lets everybody in without a condition, but ${blocked?.urn} blocks public policies; name principals or add a condition`,
		},
	]);
}

/** True for a statement that lets anybody in. */
function isPublic(statement: Value): boolean {
	if (!isObject(statement) || statement.Effect !== "Allow" || isObject(statement.Condition)) {
		return false;
	}
	return statement.Principal === "*" || oneOrMore(at(statement, "Principal.AWS")).includes("*");
}
