import type { Properties } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { list, text } from "../check/inputs";
import type { CheckContext, Fault, SandboxObject } from "../model";
import { keyNamed } from "./kms-use";
import { globalArn } from "./names";
import { parsePolicy } from "./policy-document";
import { allows } from "./policy-grants";

/** What EBS does with a volume's key. Source: Amazon EBS user guide, "Required permissions for EBS encryption". */
const ACTIONS = [
	"kms:CreateGrant",
	"kms:Decrypt",
	"kms:DescribeKey",
	"kms:GenerateDataKeyWithoutPlaintext",
	"kms:ReEncryptFrom",
	"kms:ReEncryptTo",
];

/** Node groups launch as the autoscaling service's own role: one whose disks' key is closed to it launches nothing. */
export function diskKeyFaults(context: CheckContext, template: SandboxObject): Fault[] {
	const names = list(template.outputs, "blockDeviceMappings").flatMap((each) => text(each, "ebs.kmsKeyId") ?? []);
	return [...new Set(names)].flatMap((name) => {
		const policy = parsePolicy(keyNamed(context, name)?.outputs.policy);
		const missing = policy === undefined ? [] : ACTIONS.filter((action) => !launcherMay(context, policy, action));
		return faultsOf([
			{
				when: missing.length > 0,
				property: "launchTemplate",
				reason: `the policy of the disks' key ${name} does not let ${launcher(context)} call ${missing.join(", ")}, so no node can start; add a statement to the key's policy`,
			},
		]);
	});
}

/**
 * The account's root in a key policy only hands the decision to IAM, and the service's role has no word on keys there:
 * the key's policy must name the role or everybody. Source: AWS KMS guide, "Default key policy".
 */
function launcherMay(context: CheckContext, policy: Properties, action: string): boolean {
	const principal = launcher(context);
	const keys = {
		"aws:PrincipalArn": principal,
		"aws:PrincipalAccount": context.scope.account,
		"kms:CallerAccount": context.scope.account,
		"kms:GrantIsForAWSResource": "true",
	};
	return allows(policy, { action, principal, keys });
}

function launcher({ scope }: CheckContext): string {
	const name = "aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
	return globalArn(scope, "iam", `role/${name}`);
}
