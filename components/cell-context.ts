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
