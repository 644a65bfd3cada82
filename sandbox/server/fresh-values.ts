import { randomBytes, randomInt } from "node:crypto";
import type { CreateContext } from "../model";

/** Random digits and the time, from which a cloud makes ids that it never gives twice. */
export function freshValues(): Pick<CreateContext, "hex" | "digits" | "now"> {
	return {
		hex: (count) =>
			randomBytes(Math.ceil(count / 2))
				.toString("hex")
				.slice(0, count),
		digits: (count) => Array.from({ length: count }, () => randomInt(10)).join(""),
		now: new Date().toISOString(),
	};
}
