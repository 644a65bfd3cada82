import { strict as assert } from "node:assert";
import { ruleParamProblems } from "../../../policies/engine/rule-params";
import { rules } from "../../../policies/rules";

describe("ruleParamProblems", () => {
	it("finds nothing wrong with what a rule takes", () => {
		assert.deepEqual(ruleParamProblems(rules, { A18: { ports: [22] } }), []);
	});

	it("names an unknown rule and the nearest one", () => {
		const [problem] = ruleParamProblems(rules, { A19: {} });
		assert.equal(problem?.path, "policies.params.A19");
		assert.match(problem?.message ?? "", /is no rule; did you mean A18\?|did you mean A/);
	});

	it("names the parameter that does not fit", () => {
		const problems = ruleParamProblems(rules, { A18: { ports: [70000], port: 1 } });
		assert.ok(problems.some((problem) => problem.path === "policies.params.A18.ports.0"));
		assert.equal(problems.length, 2);
	});
});
