import assert from "node:assert/strict";
import { z } from "zod";
import { evaluate } from "../../../policies/engine/evaluate";
import { fail, pass, undetermined } from "../../../policies/judging";
import { summariseFindings, violations } from "../../../policies/report";
import { defineRule, type Judgement, type Rule, type RuleContext } from "../../../policies/rule";
import { rules } from "../../../policies/rules";
import { PROD } from "../../support/judging";
import { bucket, bucketEncryption, ingressRule, kmsKey, resource } from "../../support/resources";

const TYPE = "test:index:Thing";
const thing = resource(TYPE, "thing", { secret: "hunter2" });
const DEV: RuleContext = { environment: "dev", target: "sandbox", relaxed: false };

function ruleWith(judge: () => readonly Judgement[], changes: Partial<Rule> = {}): Rule {
	return defineRule({
		id: "T01",
		name: "test-rule",
		title: "A rule of a test",
		severity: "high",
		level: "mandatory",
		blocksOnUndetermined: true,
		params: z.unknown(),
		appliesTo: [TYPE],
		controls: [],
		remedy: "mend it",
		check: { kind: "resource", judge },
		...changes,
	});
}

function blocksOf(judgement: Judgement, context: RuleContext, changes: Partial<Rule> = {}): boolean | undefined {
	return evaluate([ruleWith(() => [judgement], changes)], [thing], context)[0]?.blocks;
}

describe("evaluate", () => {
	it("gives a finding for each judgement, with the rule's facts", () => {
		const source = { file: "index.ts", line: 3 };
		const [finding] = evaluate([ruleWith(() => [fail("broken", "a.b")])], [{ ...thing, source }], PROD);
		assert.deepEqual(finding, {
			rule: "T01",
			verdict: "fail",
			severity: "high",
			level: "mandatory",
			blocks: true,
			urn: thing.urn,
			cell: thing.cell,
			property: "a.b",
			message: "broken",
			remedy: "mend it",
			controls: [],
			source,
		});
	});

	it("runs a rule on its types only", () => {
		assert.deepEqual(evaluate([ruleWith(() => [fail("broken")])], [bucket()], PROD), []);
	});

	it("turns a rule that throws into a failure that blocks, also where the rule is advisory", () => {
		const broken = () => {
			throw new Error("boom");
		};
		for (const level of ["mandatory", "advisory"] as const) {
			const [finding] = evaluate([ruleWith(broken, { level })], [thing], DEV);
			assert.equal(finding?.verdict, "fail");
			assert.equal(finding?.blocks, true);
			assert.equal(finding?.message, "rule T01 failed to run: boom");
		}
	});

	it("does not quote what did not parse", () => {
		const parsing = ruleWith(() => {
			JSON.parse(String(thing.inputs.secret));
			return [];
		});
		const [finding] = evaluate([parsing], [thing], PROD);
		assert.equal(finding?.verdict, "fail");
		assert.equal(finding?.message.includes("hunter2"), false);
	});

	it("goes on with the other resources after one throws", () => {
		const twin = resource(TYPE, "twin", {});
		const moody = ruleWith(() => [], {
			check: {
				kind: "resource",
				judge: (node) => {
					if (node.name === "thing") {
						throw new Error("boom");
					}
					return [pass("fine")];
				},
			},
		});
		const verdicts = evaluate([moody], [thing, twin], PROD).map(({ urn, verdict }) => [urn, verdict]);
		assert.deepEqual(verdicts, [
			[thing.urn, "fail"],
			[twin.urn, "pass"],
		]);
	});

	it("reports a graph rule that throws, or whose parameters do not parse, on the stack", () => {
		const stack = "urn:pulumi:dev::meridian::pulumi:pulumi:Stack::meridian-dev";
		const graphRule = ruleWith(() => [], {
			check: {
				kind: "graph",
				judge: () => {
					throw new Error("boom");
				},
			},
		});
		assert.equal(evaluate([graphRule], [thing], PROD)[0]?.urn, stack);
		const bad = evaluate(rules, [kmsKey()], PROD, { A05: { requireAccountDefault: "perhaps" } });
		const finding = bad.find(({ rule }) => rule === "A05");
		assert.equal(finding?.blocks, true);
		assert.match(finding?.message ?? "", /^rule A05 failed to run: /);
	});

	it("blocks on doubt outside dev, where the rule says so and is mandatory", () => {
		const doubt = undetermined("not known");
		assert.equal(blocksOf(doubt, PROD), true);
		assert.equal(blocksOf(doubt, { ...PROD, target: "sandbox" }), true);
		assert.equal(blocksOf(doubt, DEV), false);
		assert.equal(blocksOf(doubt, PROD, { blocksOnUndetermined: false }), false);
		assert.equal(blocksOf(doubt, PROD, { level: "advisory" }), false);
	});

	it("does not block a sandbox for an unresolved value alone", () => {
		const unresolved = { ...undetermined("digest is unresolved"), unresolved: true };
		assert.equal(blocksOf(unresolved, { ...PROD, target: "sandbox" }), false);
		assert.equal(blocksOf(unresolved, PROD), true);
		assert.equal(blocksOf({ ...fail("bad"), unresolved: true }, { ...PROD, target: "sandbox" }), true);
	});

	it("blocks on a failure in every environment, unless the rule is advisory", () => {
		assert.equal(blocksOf(fail("bad"), DEV), true);
		assert.equal(blocksOf(fail("bad"), PROD, { level: "advisory" }), false);
		assert.equal(blocksOf(pass("good"), PROD), false);
	});

	it("gives the same bytes whatever the order of rules and resources", () => {
		const key = kmsKey();
		const data = bucket();
		const nodes = [data, key, bucketEncryption(data, key), ingressRule({ cidrIpv4: "0.0.0.0/0" }), bucket("other")];
		const once = evaluate(rules, nodes, PROD);
		const again = evaluate([...rules].reverse(), [...nodes].reverse(), PROD);
		assert.ok(once.length >= 4);
		assert.equal(JSON.stringify(again), JSON.stringify(once));
	});
});

describe("rules", () => {
	it("have ids, names and remedies of their own", () => {
		for (const field of ["id", "name", "remedy"] as const) {
			assert.equal(new Set(rules.map((rule) => rule[field])).size, rules.length);
		}
		assert.deepEqual(rules.map(({ id }) => id).sort(), [
			...["A01", "A02", "A05", "A08", "A18", "A20", "A22"],
			...["G01", "G03", "G04", "G06", "G07"],
			...["K01", "K05"],
			...["Z01", "Z02", "Z04", "Z05", "Z08", "Z09"],
		]);
	});

	it("claim no reviewed control, and give each a source", () => {
		for (const control of rules.flatMap((rule) => rule.controls)) {
			assert.equal(control.reviewed, false);
			assert.match(control.source, /^prowler@3e000faa /);
		}
	});

	it("survive any shape of inputs", () => {
		const shapes = [null, "", "x", 1, true, [], {}, [null], [{}], { a: [] }];
		const names = [
			"ingress",
			"spec",
			"metadata",
			"rules",
			"vpcConfig",
			"metadataOptions",
			"encryptionConfig",
			"entries",
		];
		for (const shape of shapes) {
			const inputs = Object.fromEntries(names.map((name) => [name, shape]));
			const types = [...new Set(rules.flatMap((rule) => rule.appliesTo))];
			const findings = evaluate(
				rules,
				types.map((type, i) => resource(type, `r${i}`, inputs)),
				PROD,
			);
			const thrown = findings.filter(({ message }) => message.includes("failed to run"));
			assert.deepEqual(thrown, [], JSON.stringify(shape));
		}
	});
});

describe("summariseFindings", () => {
	it("counts verdicts, severities and what blocks", () => {
		const judgements = [fail("a"), fail("b"), undetermined("c"), pass("d")];
		const findings = evaluate([ruleWith(() => judgements)], [thing], DEV);
		assert.deepEqual(summariseFindings(findings), {
			total: 4,
			blocking: 2,
			verdicts: { pass: 1, fail: 2, undetermined: 1, "not-applicable": 0 },
			failedBySeverity: { critical: 0, high: 2, medium: 0, low: 0 },
			rules: ["T01"],
		});
		assert.deepEqual(
			violations(findings).map(({ message }) => message),
			["a", "b"],
		);
	});
});
