import type { Requirement } from "../lib/errors";
import { type QuotaNeed, quotaNeeds } from "./capacity-needs";
import type { Spec } from "./schema";

/** Every quota that was granted must cover what the pools may grow to; on a real account every one must be known. */
export function quotaRules(spec: Spec): Requirement[] {
	return quotaNeeds(spec).flatMap((need) => [covered(need), known(need, spec)]);
}

function covered({ cloud, region, family, most, wanted, granted }: QuotaNeed): Requirement {
	const { key, title, unit } = family;
	return {
		when: granted !== undefined && most > granted,
		path: `accounts.${cloud}.quotas.${region}.${key}`,
		message: `must cover the ${most} ${unit} that the pools of ${region} may grow to (${wanted} at the start), but ${granted} ${unit} of "${title}" are granted; ask the cloud for ${most}, or lower the pools' nodes`,
	};
}

function known({ cloud, region, family, most, granted }: QuotaNeed, { target }: Spec): Requirement {
	const { key, title, unit } = family;
	return {
		when: target === "cloud" && most > 0 && granted === undefined,
		path: `accounts.${cloud}.quotas.${region}.${key}`,
		message: `must say how many ${unit} of "${title}" the account was granted where target is cloud, because ${most} are needed; read it in the cloud's console`,
	};
}
