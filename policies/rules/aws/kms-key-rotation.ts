import { z } from "zod";
import type { ResourceNode } from "../../../lib/graph";
import { controlsOf } from "../../controls";
import { fail, problemsOr, undetermined } from "../../judging";
import { readBoolean, readNumber, readText } from "../../reading";
import { defineRule, type Judgement, type RuleContext } from "../../rule";

const KEY = "aws:kms/key:Key";

const params = z.strictObject({
	/** Longest time between rotations in days. */
	maxRotationDays: z.number().int().min(90).max(2560).default(365),
	/** Shortest time between a key's scheduled deletion and its end in days; the cloud allows 7 to 30. */
	minDeletionDays: z.number().int().min(7).max(30).default(30),
	/** The same where the environment relaxes protection. */
	relaxedMinDeletionDays: z.number().int().min(7).max(30).default(7),
});
type Params = z.infer<typeof params>;

/** A02: symmetric keys rotate by themselves, and a deleted key can be restored for a month. */
export const kmsKeyRotation = defineRule<Params>({
	id: "A02",
	name: "kms-key-rotation",
	title: "KMS keys rotate yearly and are deleted late",
	severity: "high",
	level: "mandatory",
	blocksOnUndetermined: true,
	params,
	appliesTo: [
		KEY,
		"aws:kms/replicaKey:ReplicaKey",
		"aws:kms/externalKey:ExternalKey",
		"aws:kms/replicaExternalKey:ReplicaExternalKey",
	],
	controls: controlsOf({
		soc2: ["PI1.5"],
		iso27001: ["A.8.11", "A.8.24", "A.8.5"],
		hipaa: ["164.312(a)(2)(iv)"],
		gdpr: ["Art. 25", "Art. 30"],
		nist: ["SC-12", "CM-6", "CM-9", "SA-9"],
		ccm: ["CEK-12", "CEK-14", "LOG-10"],
	}),
	remedy: "set enableKeyRotation, a rotationPeriodInDays of at most 365 and a deletionWindowInDays of 30",
	check: {
		kind: "resource",
		judge: (node, given, context) =>
			problemsOr(
				[...rotationProblems(node, given), ...deletionProblems(node, given, context)],
				"the key rotates where it can, and its deletion waits long enough",
			),
	},
});

function rotationProblems(node: ResourceNode, given: Params): Judgement[] {
	if (node.type !== KEY) {
		return [];
	}
	const rotates = canRotate(node);
	if (rotates === "no") {
		return [];
	}
	const enabled = readBoolean(node.inputs, "enableKeyRotation");
	const days = readNumber(node.inputs, "rotationPeriodInDays");
	const problems: Judgement[] = [];
	if (enabled.kind === "unknown") {
		problems.push(undetermined("it is not known yet whether the key rotates", "enableKeyRotation"));
	} else if (enabled.kind !== "known" || !enabled.value) {
		problems.push(fail("rotation is not enabled", "enableKeyRotation"));
	}
	if (days.kind === "unknown") {
		problems.push(undetermined("the rotation period is not known yet", "rotationPeriodInDays"));
	} else if (days.kind === "invalid" || (days.kind === "known" && days.value > given.maxRotationDays)) {
		problems.push(fail(`the rotation period must be at most ${given.maxRotationDays} days`, "rotationPeriodInDays"));
	}
	return rotates === "yes" ? problems : problems.map(inDoubt);
}

/** Only symmetric keys whose material KMS makes and keeps can rotate by themselves. */
function canRotate(node: ResourceNode): "yes" | "no" | "maybe" {
	const spec = readText(node.inputs, "customerMasterKeySpec");
	const store = readText(node.inputs, "customKeyStoreId");
	if ((spec.kind === "known" && spec.value !== "SYMMETRIC_DEFAULT") || store.kind === "known") {
		return "no";
	}
	return spec.kind === "unknown" || store.kind === "unknown" ? "maybe" : "yes";
}

function inDoubt(problem: Judgement): Judgement {
	return { ...problem, verdict: "undetermined" };
}

function deletionProblems(node: ResourceNode, given: Params, context: RuleContext): Judgement[] {
	const least = context.relaxed ? given.relaxedMinDeletionDays : given.minDeletionDays;
	const window = readNumber(node.inputs, "deletionWindowInDays");
	if (window.kind === "unknown") {
		return [undetermined("the deletion window is not known yet", "deletionWindowInDays")];
	}
	// The provider's default is 30 days, the most that the cloud allows.
	const short = window.kind === "invalid" || (window.kind === "known" && window.value < least);
	return short ? [fail(`the deletion window must be at least ${least} days`, "deletionWindowInDays")] : [];
}
