import type { Properties } from "../../lib/values";
import type { Refusal } from "../check/fault-table";
import { text } from "../check/inputs";
import type { CheckContext } from "../model";
import { keyNamed } from "./kms-use";
import type { ConditionKeys } from "./policy-conditions";
import { parsePolicy } from "./policy-document";
import { allows } from "./policy-grants";

/** What a service needs to be allowed on something that is named by an input. */
export interface Need {
	/** Input that names the role or key. */
	readonly path: string;
	/** Service principal, as `eks.amazonaws.com`. */
	readonly service: string;
	readonly actions: readonly string[];
	/** What the service says of its request; `aws:SourceAccount` is always known. */
	readonly keys?: ConditionKeys;
}

/** A refusal where the role's trust policy does not let the service assume it; nothing where the role is unknown. */
export function untrusted(context: CheckContext, need: Need): Refusal {
	const arn = text(context.inputs, need.path);
	const [role] = arn === undefined ? [] : context.world.find(["aws:iam/role:Role"], "arn", arn);
	const policy = parsePolicy(role?.outputs.assumeRolePolicy);
	const missing = policy === undefined ? [] : refused(policy, context, need);
	return {
		when: missing.length > 0,
		property: need.path,
		reason: `the trust policy of ${arn} does not let ${need.service} call ${missing.join(" and ")}; add it to assumeRolePolicy`,
	};
}

/** A refusal where the key's policy does not let the service use it; nothing where the key or its policy is unknown. */
export function keyClosed(context: CheckContext, need: Need): Refusal {
	const name = text(context.inputs, need.path);
	const key = name === undefined ? undefined : keyNamed(context, name);
	const policy = parsePolicy(key?.outputs.policy);
	const missing = policy === undefined ? [] : refused(policy, context, need);
	return {
		when: missing.length > 0,
		property: need.path,
		reason: `the policy of the key ${name} does not let ${need.service} call ${missing.join(" and ")}; add a statement to the key's policy`,
	};
}

function refused(policy: Properties, { scope }: CheckContext, need: Need): string[] {
	const keys = { "aws:SourceAccount": scope.account, ...need.keys };
	return need.actions.filter((action) => !allows(policy, { action, principal: need.service, keys }));
}
