import { strict as assert } from "node:assert";
import { UserError } from "../../lib/errors";
import { parseSpec } from "../../spec/parse";
import type { SpecValue } from "./environments";

/** The problems of a specification, as `path: message`; none where it is good. */
export function specProblems(value: SpecValue): string[] {
	try {
		parseSpec(value, "the test's specification");
		return [];
	} catch (error) {
		assert.ok(error instanceof UserError, String(error));
		return error.problems.map(({ path, message }) => `${path}: ${message}`);
	}
}
