import type { RequirementRow } from "../row";
import { agentRows } from "./agents";
import { frontierRows } from "./frontier";
import { onpremRows } from "./onprem";
import { platformRows } from "./platform";
import { servingRows } from "./serving";
import { tradingRows } from "./trading";

/** Every requirement, by document and then by topic: the order of the trace. */
export const requirementRows: readonly RequirementRow[] = [
	...frontierRows,
	...servingRows,
	...tradingRows,
	...agentRows,
	...onpremRows,
	...platformRows,
];
