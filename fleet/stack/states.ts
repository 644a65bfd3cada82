import { rmSync } from "node:fs";
import { join } from "node:path";
import { homeFolder } from "../../lib/folders";

/** Forgets the stacks of this checkout's own state: what they name is gone. */
export function clearStates(): void {
	for (const name of ["state", "work", "plans"]) {
		rmSync(join(homeFolder(), name), { recursive: true, force: true });
	}
}
