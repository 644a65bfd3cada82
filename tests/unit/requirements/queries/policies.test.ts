import assert from "node:assert/strict";
import type { Finding, Verdict } from "../../../../lib/findings";
import { policyQueries, tallyFindings } from "../../../../requirements/queries/policies";
import type { RuleTally } from "../../../../requirements/row";
import { ask, outcome, queryOf } from "./asking";
import { vpc } from "./estate";
import { vnet } from "./estate-azure";
import { gkeSubnet } from "./estate-gcp";

const passed: RuleTally = { mandatory: true, pass: 2, fail: 0, undetermined: 0 };
const RULES = [
	...["A01", "A02", "A05", "A08", "A18", "A20", "K05"],
	...["G03", "G04", "G06", "G07"],
	...["Z02", "Z04", "Z05", "Z08", "Z09"],
];
const threeClouds = [vpc(), gkeSubnet(), vnet()];

/** The answer where every rule passed but for the changed tallies, and the plan holds these resources. */
function answer(key: string, changed: { readonly [rule: string]: RuleTally } = {}, nodes = threeClouds) {
	const findings = { ...Object.fromEntries(RULES.map((rule) => [rule, passed])), ...changed };
	return ask(queryOf(policyQueries, key), nodes, { environment: "dev", findings });
}

function finding(rule: string, verdict: Verdict): Finding {
	const level = "mandatory";
	const rest = {
		severity: "high",
		blocks: false,
		urn: "urn",
		cell: "global",
		message: "",
		remedy: "",
		controls: [],
	} as const;
	return { rule, verdict, level, ...rest };
}

describe("policy queries", () => {
	const rulesOf = {
		"FR-SEC-1/private-subnets-policy": ["A20", "G07", "Z09"],
		"FR-SEC-1/ingress-policy": ["A18", "G06", "Z08", "K05"],
		"FR-SEC-1/egress-policy": ["K05"],
		"FR-SEC-1/encryption-policy": ["A01", "A05", "A08", "G03", "Z02", "Z05"],
		"FR-SEC-1/key-rotation-policy": ["A02", "G04", "Z04"],
	};

	it("have an example of every query", () => {
		assert.deepEqual(Object.keys(rulesOf).sort(), Object.keys(policyQueries).sort());
	});

	for (const [key, rules] of Object.entries(rulesOf)) {
		it(`${key} works by ${rules.join(", ")}, each of which can break it`, () => {
			assert.equal(answer(key).works, true);
			for (const rule of rules) {
				assert.equal(answer(key, { [rule]: { ...passed, fail: 1 } }).works, false);
				assert.equal(answer(key, { [rule]: { ...passed, pass: 0, undetermined: 2 } }).works, false);
				assert.equal(answer(key, { [rule]: { ...passed, mandatory: false } }).works, false);
			}
		});
	}

	it("say what each rule counted", () => {
		const { found } = answer("FR-SEC-1/egress-policy", { K05: { ...passed, fail: 3 } });
		assert.equal(found, "K05: mandatory, 2 pass, 3 fail, 0 undetermined");
	});

	it("ask for the rules of the clouds in use only", () => {
		const unused = { ...passed, pass: 0 };
		const key = "FR-SEC-1/key-rotation-policy";
		assert.equal(answer(key, { G04: unused, Z04: unused }, [vpc()]).works, true);
		assert.equal(answer(key, { A02: unused, Z04: unused }, [gkeSubnet()]).works, true);
		assert.equal(answer(key, { G04: unused }).works, false);
		assert.deepEqual(outcome(answer(key, {}, [])), { found: "no rule of a cloud in use", works: false });
	});

	it("do not work where no rule was run", () => {
		const given = ask(queryOf(policyQueries, "FR-SEC-1/key-rotation-policy"), [vpc()]);
		assert.deepEqual(outcome(given), { found: "A02: judged nothing", works: false });
	});
});

describe("tallyFindings", () => {
	it("counts the verdicts by rule and leaves out what does not apply", () => {
		const findings = [
			finding("A02", "pass"),
			finding("A02", "fail"),
			finding("A02", "pass"),
			finding("K05", "not-applicable"),
			finding("K05", "undetermined"),
		];
		assert.deepEqual(tallyFindings(findings), {
			A02: { mandatory: true, pass: 2, fail: 1, undetermined: 0 },
			K05: { mandatory: true, pass: 0, fail: 0, undetermined: 1 },
		});
	});
});
