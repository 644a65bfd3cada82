import { quotaNeeds } from "../../spec/capacity-needs";
import { enabledRegions } from "../../spec/cells";
import { deviations } from "../../spec/inference/deviations";
import { reservationsOf } from "../../spec/reservations";
import type { Spec } from "../../spec/schema";
import type { Assessment } from "../assessment";
import type { RehearsalReport } from "../rehearsal";
import type { ChangeCounts } from "../stack/protocol";
import { capacityLines, reservationLines } from "./capacity";
import { changeLine } from "./changes";
import { deviationLines, moduleLines } from "./estate";
import { conflictLines, inventoryLines, judgementLines, lockLines } from "./overview";
import { rehearsalLines } from "./rehearsal";

/** What a plan shows. */
export interface Planned {
	readonly assessment: Assessment;
	readonly plans: readonly {
		readonly stack: string;
		readonly changes: ChangeCounts;
		/** True where the blueprint told the changes, because the engine could not yet. */
		readonly estimated?: boolean;
	}[];
	/** Nothing where the programs of a control plane are missing. */
	readonly rehearsed: RehearsalReport | undefined;
}

const beforeShared = " (from the blueprint: the engine can plan it when the global cell exists)";

/** A plan for a person. */
export function planLines({ assessment, plans, rehearsed }: Planned, environment: string): string[] {
	const placed = rehearsed ? ["Placed on scratch control planes", ...rehearsalLines(rehearsed), ""] : [];
	return [
		"",
		"What exists when it is applied",
		...inventoryLines(assessment.blueprint),
		"",
		...estateLines(assessment.spec),
		"Contradictions between the source documents, and the answer that holds",
		...conflictLines(assessment.conflicts),
		"",
		"Taken as given, because it cannot be verified from here (catalogue/lock.ts)",
		...lockLines(),
		"",
		...placed,
		`Plan for ${environment}`,
		...plans.map((each) => `  ${each.stack}: ${changeLine(each.changes)}${each.estimated ? beforeShared : ""}`),
		"",
		...judgementLines(assessment, environment),
		"",
		`Next: npx meridian up ${environment}`,
	];
}

/** A plan for a program. */
export function planDocument({ assessment, plans, rehearsed }: Planned, environment: string): object {
	const { spec, findings, conflicts, unverified } = assessment;
	return {
		schemaVersion: 1,
		environment,
		stacks: plans.map(({ stack, changes }) => ({ stack, planned: changes })),
		findings,
		conflicts,
		unverified,
		schedule: rehearsed,
		deviations: deviations(spec, enabledRegions(spec)),
		reservations: reservationsOf(spec),
		capacity: quotaNeeds(spec),
	};
}

/** What the specification says of modules, of hardware that is not as asked, and of capacity; nothing where it says nothing. */
function estateLines(spec: Spec): string[] {
	const parts = [
		{ title: "Inference modules", lines: moduleLines(spec) },
		{
			title: "Hardware that is not offered as asked, and what is given instead",
			lines: deviationLines(deviations(spec, enabledRegions(spec))),
		},
		{ title: "Reservations that pools draw from", lines: reservationLines(reservationsOf(spec)) },
		{
			title: "Quotas: what pools take at the start and may grow to, and what was granted",
			lines: capacityLines(quotaNeeds(spec)),
		},
	];
	return parts.flatMap(({ title, lines }) => (lines.length > 0 ? [title, ...lines, ""] : []));
}
