import type { Refusal } from "../check/fault-table";
import { text } from "../check/inputs";
import type { CheckContext } from "../model";
import { allowsService, parsePolicy } from "./policy-document";

/** What a service needs to be allowed on something that is named by an input. */
export interface Need {
	/** Input that names the role or key, by ARN. */
	readonly path: string;
	/** Service principal, as `eks.amazonaws.com`. */
	readonly service: string;
	readonly actions: readonly string[];
}

/** A refusal where the role's trust policy does not let the service assume it; nothing where the role is unknown. */
export function untrusted(context: CheckContext, need: Need): Refusal {
	const arn = text(context.inputs, need.path);
	const [role] = arn === undefined ? [] : context.world.find(["aws:iam/role:Role"], "arn", arn);
	const policy = parsePolicy(role?.outputs.assumeRolePolicy);
	const missing = need.actions.filter((action) => !allowsService(policy, need.service, action));
	return {
		when: policy !== undefined && missing.length > 0,
		property: need.path,
		reason: `the trust policy of ${arn} does not let ${need.service} call ${missing.join(" and ")}; add it to assumeRolePolicy`,
	};
}

/** A refusal where the key's policy does not let the service use it; nothing where the key or its policy is unknown. */
export function keyClosed(context: CheckContext, need: Need): Refusal {
	const arn = text(context.inputs, need.path);
	const [key] = arn === undefined ? [] : context.world.find(["aws:kms/key:Key"], "arn", arn);
	const policy = parsePolicy(key?.outputs.policy);
	const missing = need.actions.filter((action) => !allowsService(policy, need.service, action));
	return {
		when: policy !== undefined && missing.length > 0,
		property: need.path,
		reason: `the policy of the key ${arn} does not let ${need.service} call ${missing.join(" and ")}; add a statement to the key's policy`,
	};
}
