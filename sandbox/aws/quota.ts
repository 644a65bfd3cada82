import { type QuotaName, SERVICE_QUOTAS, type ServiceQuota } from "../../catalogue/aws/service-quotas";
import type { Refusal } from "../check/fault-table";
import { isSelf } from "../check/model-check";
import type { CheckContext, SandboxObject } from "../model";

/**
 * A refusal where one more object would exceed an account's default quota. `others` are the objects that count, the
 * one being updated among them or not.
 */
export function overQuota(
	name: QuotaName,
	others: readonly SandboxObject[],
	context: CheckContext,
	property: string,
): Refusal {
	const quota: ServiceQuota = SERVICE_QUOTAS[name];
	const taken = others.filter((other) => !isSelf(other, context)).length;
	return {
		when: taken + 1 > quota.limit,
		property,
		reason:
			`the quota "${quota.title}" (${quota.code ?? "fixed"}) allows ${quota.limit} ${quota.unit} per ${quota.per}, ` +
			`and ${taken} exist; ${quota.adjustable ? "ask AWS for more or use fewer" : "use fewer"}`,
	};
}

/** The default limit of a quota. */
export function limitOf(name: QuotaName): number {
	return SERVICE_QUOTAS[name].limit;
}
