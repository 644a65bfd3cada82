import { strict as assert } from "node:assert";
import { completions } from "../../../fleet/command-line";

describe("completions", () => {
	it("are commands, then environments or the command's own verbs, then nothing", () => {
		assert.ok(completions(["u"]).includes("up"));
		assert.deepEqual(completions(["up", ""]), ["dev", "prod", "staging"]);
		assert.deepEqual(completions(["sandbox", ""]), [
			"ls",
			"status",
			"pods",
			"kubeconfig",
			"faults",
			"reset",
			"stop",
			"env",
		]);
		assert.deepEqual(completions(["doctor", ""]), []);
		assert.deepEqual(completions(["up", "dev", ""]), []);
	});
});
