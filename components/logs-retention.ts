import { inDays } from "../lib/units";
import type { CellContext } from "./cell-context";

/** Retention of the cell's log groups in whole days. */
export function retentionDays(context: CellContext): number {
	return Math.ceil(inDays(context.spec.logs.retention));
}
