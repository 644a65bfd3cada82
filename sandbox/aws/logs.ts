import { logRetentionDays } from "../../catalogue/aws/log-retention";
import { faultsOf } from "../check/fault-table";
import { flag, number, text } from "../check/inputs";
import type { CheckContext, TypeModel } from "../model";
import { defineAws } from "./define";
import { kmsReferences } from "./kms";
import { arn, givenName } from "./names";
import type { ConditionKeys } from "./policy-conditions";
import { keyClosed } from "./trust";

/** 0 keeps events for ever. */
const RETENTION = [0, ...logRetentionDays];

/** A log group. Its key must let the logs service of the region use it. */
export const logGroup: TypeModel = defineAws({
	type: "aws:cloudwatch/logGroup:LogGroup",
	name: {
		path: "name",
		pattern: /^(?!aws\/)[\w/.#-]{1,512}$/,
		allowed: "1 to 512 of letters, digits and _/.#-, not beginning with aws/",
		unique: "region",
		autoNameLength: 512,
	},
	references: kmsReferences("kmsKeyId"),
	values: { logGroupClass: ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"] },
	check: (context) => {
		const days = number(context.inputs, "retentionInDays");
		const service = `logs.${context.scope.region}.amazonaws.com`;
		return faultsOf([
			{
				when: days !== undefined && !RETENTION.includes(days),
				property: "retentionInDays",
				reason: `must be one of ${RETENTION.join(", ")} days, but ${days} was given; take the next longer one`,
			},
			keyClosed(context, {
				path: "kmsKeyId",
				service,
				actions: ["kms:Encrypt", "kms:Decrypt"],
				keys: groupKeys(context),
			}),
		]);
	},
	defaults: {
		deletionProtectionEnabled: false,
		kmsKeyId: "",
		logGroupClass: "STANDARD",
		namePrefix: "",
		retentionInDays: 0,
		skipDestroy: false,
	},
	id: (context) => givenName(context, "name", "namePrefix"),
	computed: (context, id) => ({ arn: arn(context.scope, "logs", `log-group:${id}`), name: id }),
	refusesDelete: ({ inputs }) =>
		flag(inputs, "deletionProtectionEnabled") === true
			? "deletionProtectionEnabled is on; set it to false and update first"
			: undefined,
	retains: ({ inputs }) => (flag(inputs, "skipDestroy") === true ? "skipDestroy keeps the log group" : undefined),
});

/** The logs service encrypts under the group's ARN, which a key policy may ask for. */
function groupKeys({ inputs, scope }: CheckContext): ConditionKeys {
	const name = text(inputs, "name");
	return {
		"kms:EncryptionContext:aws:logs:arn": name === undefined ? undefined : arn(scope, "logs", `log-group:${name}`),
	};
}
