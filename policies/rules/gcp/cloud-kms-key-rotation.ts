import { z } from "zod";
import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { controlsOf } from "../../controls";
import { about, fail, problemsOr, undetermined } from "../../judging";
import { type Reading, readText } from "../../reading";
import { defineRule, type Judgement, type RuleContext } from "../../rule";
import { isOn, isOneOf } from "../../settings";
import { allOf, notOf } from "../../tri";
import { GRANT_PLACES, publicMemberProblems } from "./public-members";

const KEY = "gcp:kms/cryptoKey:CryptoKey";
const GRANTS = [
	"gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
	"gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding",
	"gcp:kms/cryptoKeyIAMPolicy:CryptoKeyIAMPolicy",
	"gcp:kms/keyRingIAMMember:KeyRingIAMMember",
	"gcp:kms/keyRingIAMBinding:KeyRingIAMBinding",
	"gcp:kms/keyRingIAMPolicy:KeyRingIAMPolicy",
];
const PERIOD = "rotationPeriod";
const SECONDS_A_DAY = 86_400;

const params = z.strictObject({
	/** Longest time between rotations in days; the cloud allows no fewer than one. */
	maxRotationDays: z.number().int().min(1).max(36_500).default(90),
});
type Params = z.infer<typeof params>;

/**
 * G04: symmetric keys rotate by themselves, nobody unnamed may use a key, and no update deletes one by accident. Where
 * the environment relaxes protection, the option `protect` is not asked for.
 */
export const cloudKmsKeyRotation = defineRule<Params>({
	id: "G04",
	name: "cloud-kms-key-rotation",
	title: "Cloud KMS keys rotate every 90 days, are protected and never public",
	severity: "high",
	level: "mandatory",
	blocksOnUndetermined: true,
	params,
	appliesTo: [KEY, ...GRANTS],
	controls: controlsOf({
		soc2Gcp: ["PI1.5"],
		isoGcp: ["A.8.1", "A.8.12", "A.8.24", "A.5.16"],
		hipaaGcp: ["164.312(a)(2)(iv)", "164.312(c)(1)", "164.312(e)(2)(ii)", "164.308(a)(1)(ii)(b)"],
		ccm: ["CEK-08", "CEK-12", "DSP-07", "DSP-17"],
		cis: ["3.3"],
	}),
	remedy: "set a rotationPeriod of at most 7776000s and the option protect on keys, and grant keys to named principals",
	check: {
		kind: "graph",
		judge: (graph, given, context) => [
			...graph.ofType(KEY).flatMap((node) => about(node.urn, judgeKey(node, given, context))),
			...graph.ofType(...GRANTS).flatMap((node) => about(node.urn, judgeGrant(graph, node))),
		],
	},
});

function judgeKey(node: ResourceNode, given: Params, { relaxed }: RuleContext): readonly Judgement[] {
	const isProtected = node.options.protect === true;
	const protection =
		relaxed || isProtected ? [] : [fail("an update may delete the key: protect is not set", "protect")];
	const excused = relaxed && !isProtected ? "; this environment relaxes protection, so it may be deleted" : "";
	return problemsOr(
		[...rotationProblems(node, given), ...protection],
		`the key rotates where it can, and is protected${excused}`,
	);
}

function judgeGrant(graph: ResourceGraph, node: ResourceNode): readonly Judgement[] {
	return problemsOr(publicMemberProblems(graph, node, GRANT_PLACES), "the key is granted to named principals");
}

/** Only keys for symmetric encryption whose material Cloud KMS makes rotate by themselves. */
function rotationProblems({ inputs }: ResourceNode, given: Params): Judgement[] {
	const rotates = allOf(
		isOneOf(inputs, "purpose", ["ENCRYPT_DECRYPT"], "yes"),
		notOf(isOn(inputs, "importOnly", "no")),
	);
	if (rotates === "no") {
		return [];
	}
	const problems = periodProblems(readText(inputs, PERIOD), given);
	return rotates === "yes" ? problems : problems.map((problem) => ({ ...problem, verdict: "undetermined" }));
}

function periodProblems(period: Reading<string>, given: Params): Judgement[] {
	const bound = `it must be at most ${given.maxRotationDays} days, ${given.maxRotationDays * SECONDS_A_DAY}s`;
	switch (period.kind) {
		case "unknown":
			return [undetermined("the rotation period is not known yet", PERIOD)];
		case "absent":
			return [fail(`the key does not rotate by itself; ${bound}`, PERIOD)];
		case "invalid":
			return [fail(`the rotation period is no number of seconds such as 7776000s; ${bound}`, PERIOD)];
		case "known": {
			const seconds = secondsIn(period.value);
			const within = seconds !== undefined && seconds > 0 && seconds <= given.maxRotationDays * SECONDS_A_DAY;
			return within ? [] : [fail(`the rotation period is ${seconds ?? "no number of"} seconds; ${bound}`, PERIOD)];
		}
	}
}

/** The cloud's text form of a duration: seconds with up to nine decimals and the letter s. */
function secondsIn(text: string): number | undefined {
	const match = /^(\d+(?:\.\d{1,9})?)s$/.exec(text.trim());
	return match ? Number(match[1]) : undefined;
}
