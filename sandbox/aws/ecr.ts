import { isObject, isUnknown, type Value } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { at, isSet, list, number, text } from "../check/inputs";
import type { CheckContext, Fault, TypeModel } from "../model";
import { defineAws } from "./define";
import { kmsReferences } from "./kms";
import { unusableKeyFaults } from "./kms-use";
import { arn, dnsSuffixOf } from "./names";
import { parsePolicy, policyText } from "./policy-document";

const REPOSITORY = "aws:ecr/repository:Repository";

/** A container repository. */
export const repository: TypeModel = defineAws({
	type: REPOSITORY,
	name: {
		path: "name",
		pattern: /^(?=.{2,256}$)([a-z0-9]+([._-]|__)?)*[a-z0-9](\/([a-z0-9]+([._-]|__)?)*[a-z0-9])*$/,
		allowed: "2 to 256 of lower-case letters, digits and ._-/, each part beginning and ending with a letter or digit",
		unique: "region",
		autoNameLength: 256,
	},
	references: kmsReferences("encryptionConfigurations[].kmsKey"),
	values: {
		imageTagMutability: ["MUTABLE", "IMMUTABLE", "MUTABLE_WITH_EXCLUSION", "IMMUTABLE_WITH_EXCLUSION"],
		"encryptionConfigurations[].encryptionType": ["AES256", "KMS", "KMS_DSSE"],
		"imageTagMutabilityExclusionFilters[].filterType": ["WILDCARD"],
	},
	check: (context) => [
		...repositoryFaults(context),
		...list(context.inputs, "encryptionConfigurations").flatMap((each, i) =>
			unusableKeyFaults(context, text(each, "kmsKey"), `encryptionConfigurations[${i}].kmsKey`),
		),
	],
	defaults: {
		encryptionConfigurations: [{ encryptionType: "AES256", kmsKey: "" }],
		forceDelete: false,
		imageScanningConfiguration: { scanOnPush: false },
		imageTagMutability: "MUTABLE",
	},
	id: ({ inputs }) => text(inputs, "name") ?? "",
	computed: (context, id) => {
		const { account, region } = context.scope;
		return {
			arn: arn(context.scope, "ecr", `repository/${id}`),
			registryId: account,
			repositoryUrl: `${account}.dkr.ecr.${region}.${dnsSuffixOf(region)}/${id}`,
		};
	},
});

function repositoryFaults({ inputs }: CheckContext): Fault[] {
	const mutability = text(inputs, "imageTagMutability") ?? "MUTABLE";
	const filters = list(inputs, "imageTagMutabilityExclusionFilters").length;
	const exclusive = mutability.endsWith("_WITH_EXCLUSION");
	const keyed = list(inputs, "encryptionConfigurations").findIndex(
		(each) =>
			isSet(each, "kmsKey") &&
			(text(each, "encryptionType") ?? "AES256") === "AES256" &&
			!isUnknown(at(each, "encryptionType")),
	);
	return faultsOf([
		{
			when: exclusive !== filters > 0 && !isUnknown(inputs.imageTagMutability),
			property: "imageTagMutabilityExclusionFilters",
			reason: `goes with MUTABLE_WITH_EXCLUSION and IMMUTABLE_WITH_EXCLUSION, but ${mutability} and ${filters} filters were given`,
		},
		{
			when: filters > 5,
			property: "imageTagMutabilityExclusionFilters",
			reason: `must be at most 5 filters, but ${filters} were given`,
		},
		{
			when: keyed >= 0,
			property: `encryptionConfigurations[${keyed}].kmsKey`,
			reason: "goes with encryptionType KMS only; set it or remove the key",
		},
	]);
}

/** Which images of a repository end, and when. */
export const lifecyclePolicy: TypeModel = defineAws({
	type: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
	references: [{ path: "repository", to: [REPOSITORY], by: "name", holds: false }],
	check: policyRuleFaults,
	id: ({ inputs }) => text(inputs, "repository") ?? "",
	computed: ({ scope }) => ({ registryId: scope.account }),
	derived: ({ inputs }) => ({ policy: policyText(inputs.policy) }),
});

function policyRuleFaults({ inputs }: CheckContext): Fault[] {
	if (inputs.policy === undefined || isUnknown(inputs.policy)) {
		return [];
	}
	const document = parsePolicy(inputs.policy);
	const rules = list(document, "rules");
	if (!document || rules.length === 0) {
		return [{ property: "policy", reason: "must be JSON with at least one rule under rules; mend it" }];
	}
	const priorities = rules.map((rule) => number(rule, "rulePriority"));
	const twice = priorities.find((priority, i) => priority !== undefined && priorities.indexOf(priority) !== i);
	return [
		...faultsOf([
			{
				when: twice !== undefined,
				property: "policy",
				reason: `must have rules of different priorities, but ${twice} occurs twice`,
			},
		]),
		...rules.flatMap((rule, i) => faultsOf(ruleRows(rule, `policy.rules[${i}]`))),
	];
}

function ruleRows(rule: Value, property: string): Refusal[] {
	const status = text(rule, "selection.tagStatus");
	const count = text(rule, "selection.countType");
	const patterns = ["tagPrefixList", "tagPatternList"].some((path) => list(rule, `selection.${path}`).length > 0);
	const amount = number(rule, "selection.countNumber");
	return [
		{
			when: !isObject(rule) || number(rule, "rulePriority") === undefined,
			property,
			reason: "must have a number as rulePriority",
		},
		{
			when: !["tagged", "untagged", "any"].includes(status ?? ""),
			property,
			reason: `selection.tagStatus must be "tagged", "untagged" or "any", but ${JSON.stringify(status)} was given`,
		},
		{
			when: status === "tagged" && !patterns,
			property,
			reason: 'needs tagPrefixList or tagPatternList where tagStatus is "tagged"',
		},
		{
			when: !["imageCountMoreThan", "sinceImagePushed", "sinceImagePulled", "sinceImageTransitioned"].includes(
				count ?? "",
			),
			property,
			reason: `selection.countType must be imageCountMoreThan or sinceImagePushed, but ${JSON.stringify(count)} was given`,
		},
		{
			when: count?.startsWith("since") === true && text(rule, "selection.countUnit") !== "days",
			property,
			reason: `selection.countUnit must be "days" for ${count}`,
		},
		{
			when: amount === undefined || amount < 1,
			property,
			reason: `selection.countNumber must be at least 1, but ${amount} was given`,
		},
		{
			when: !["expire", "transition"].includes(text(rule, "action.type") ?? ""),
			property,
			reason: 'action.type must be "expire" (or "transition")',
		},
	];
}
