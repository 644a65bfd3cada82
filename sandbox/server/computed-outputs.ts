import { isDeepStrictEqual } from "node:util";
import type { Properties } from "../../lib/values";
import type { SandboxObject } from "../model";

/** What an object has beyond its inputs, or otherwise than they say. */
export function computedOutputs(object: SandboxObject): Properties {
	const entries = Object.entries(object.outputs);
	return Object.fromEntries(entries.filter(([key, value]) => !isDeepStrictEqual(object.inputs[key], value)));
}
