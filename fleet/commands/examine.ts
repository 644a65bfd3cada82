import { ExitCode, UserError } from "../../lib/errors";
import { stackOfUrn } from "../../lib/names";
import { violations } from "../../policies/report";
import { quotaNeeds } from "../../spec/capacity-needs";
import type { EnvironmentFile } from "../../spec/load";
import { type Assessment, assess } from "../assessment";
import type { Console } from "../console";
import { capacityCountLine } from "../report/capacity";
import { findingLines } from "../report/findings";

/** Judges the environment before an engine is asked; a rule that blocks ends it here, before anything exists. */
export async function examined(environment: EnvironmentFile, console: Console): Promise<Assessment> {
	const { spec } = environment;
	console.say(`Environment ${spec.environment}, target ${spec.target}: reading the program ...`);
	const assessment = await assess(environment);
	console.say(capacityCountLine(quotaNeeds(spec)));
	if (violations(assessment.findings).length > 0) {
		findingLines(assessment.findings, false).forEach(console.say);
		throw new UserError(`Mandatory rules refuse environment ${spec.environment}; nothing was changed`, {
			code: ExitCode.policyDenied,
			remedy: `mend what is named above; npx meridian check ${spec.environment} judges again without an engine`,
		});
	}
	return assessment;
}

/** Resources that the engine visits in a stack, for a progress line; its cells' of the blueprint. */
export function sizeOf(assessment: Assessment, stack: string): number {
	return assessment.blueprint.resources.filter(({ urn }) => stackOfUrn(urn) === stack).length;
}
