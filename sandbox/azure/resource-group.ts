import { text } from "../check/inputs";
import type { SandboxObject, TypeModel, World } from "../model";
import { defineAzure } from "./define";
import { ALL_TYPES, TYPE } from "./types";

/** A resource group. Azure deletes what is in it along with it; the sandbox refuses, so that nothing undeclared is lost. */
export const resourceGroup: TypeModel = defineAzure({
	type: TYPE.resourceGroup,
	path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}",
	naming: {
		pattern: /^[\w.()-]{0,89}[\w()-]$/,
		allowed: "1 to 90 of letters, digits and _-.(), not ending with a dot",
	},
	computed: () => ({ properties: { provisioningState: "Succeeded" } }),
	refusesDelete: inhabitants,
});

function inhabitants(group: SandboxObject, world: World): string | undefined {
	const name = text(group.outputs, "resourceGroupName") ?? "";
	const inside = world
		.find(ALL_TYPES, "resourceGroupName", name)
		.filter((other) => other.id !== group.id && other.account === group.account);
	const ids = inside.map(({ id }) => id).join(", ");
	return inside.length === 0 ? undefined : `it holds ${ids}, which Azure would delete with it; delete these first`;
}
