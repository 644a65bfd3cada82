import type { Scope } from "../model";

/** What accounts, projects and subscriptions were granted: account, region, family of catalogue/quota-families.ts, amount in the family's unit. */
export interface Grants {
	readonly [account: string]: AccountGrants;
}

/** What one account was granted: region, family, amount in the family's unit. */
export interface AccountGrants {
	readonly [region: string]: { readonly [family: string]: number };
}

/** How much was granted of a family in an account and region; undefined where nothing is said: then nothing is limited. */
export function grantedOf(grants: Grants, { account, region }: Scope, family: string): number | undefined {
	return grants[account]?.[region]?.[family];
}
