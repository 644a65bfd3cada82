import type { ResourceGraph, ResourceNode } from "../../lib/graph";
import { comesFrom, textAt } from "../counting";

/** A storage account. */
export const ACCOUNT = "azure-native:storage:StorageAccount";

/** The resources of a type that are about this account: by its literal name, else computed from it. */
export function sidesOf(graph: ResourceGraph, account: ResourceNode, type: string): ResourceNode[] {
	const name = textAt(account.inputs, "accountName");
	return graph.ofType(type).filter((side) => {
		const given = textAt(side.inputs, "accountName");
		const computed = comesFrom(graph, side, { property: "accountName", source: account });
		return computed || (given !== undefined && given === name);
	});
}
