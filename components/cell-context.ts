import type { Cloud } from "../lib/cells";
import { fitName } from "../lib/names";
import type { Spec } from "../spec/schema";

/** What every component of a cell knows of where it stands. */
export interface CellContext {
	/** Cell id, as `aws-us-east-1`; also the beginning of logical names. */
	readonly cell: string;
	readonly cloud: Cloud;
	readonly region: string;
	/** Account, project or subscription id. */
	readonly account: string;
	readonly spec: Spec;
}

/** A physical name `<organization>-<environment>-<cell>-<role>` of at most `limit` characters. */
export function physicalName(context: CellContext, role: string, limit: number): string {
	const { organization, environment } = context.spec;
	return fitName([organization.name, environment, context.cell, role].join("-"), limit);
}

/** Tags that every resource of a cell carries, set once at the provider. */
export function cellTags(context: CellContext): { [key: string]: string } {
	const { organization, environment } = context.spec;
	return {
		organization: organization.name,
		environment,
		cell: context.cell,
		owner: organization.owner,
		"cost-centre": organization.costCentre,
		"managed-by": "meridian",
	};
}

/** The account, project or subscription that a cloud's cells stand in. */
export function accountOf(spec: Spec, cloud: Cloud): string {
	const { aws, gcp, azure } = spec.accounts;
	const ids = { aws: aws?.id, gcp: gcp?.project, azure: azure?.subscription };
	const account = ids[cloud];
	if (account === undefined) {
		throw new Error(`the specification let ${cloud} through without an account`);
	}
	return account;
}
