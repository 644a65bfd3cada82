import { isUnknown } from "../../lib/values";
import { text } from "../check/inputs";
import { factsOfType } from "../facts";
import type { CheckContext, SandboxObject, World } from "../model";
import { normalLocation } from "./locations";
import { CONTAINMENT, TYPE } from "./types";

type Place = Pick<CheckContext, "inputs" | "scope" | "world">;

/** Objects of a type whose inputs of these names are those of the resource; an unknown resource group may be any. */
export function sharing(type: string, names: readonly string[], { inputs, scope, world }: Place): SandboxObject[] {
	const last = names.at(-1) ?? "";
	const value = text(inputs, last);
	const found = value === undefined ? [] : world.find([type], last, value);
	const all = ["resourceGroupName", ...names];
	return found.filter(
		(other) => other.account === scope.account && all.every((name) => may(other.outputs[name], inputs[name])),
	);
}

function may(theirs: unknown, ours: unknown): boolean {
	return theirs === ours || isUnknown(theirs) || isUnknown(ours);
}

/** The resource group that the inputs name, in the provider's subscription. */
export function groupOf({ inputs, scope, world }: Place): SandboxObject | undefined {
	const name = text(inputs, "resourceGroupName") ?? "";
	return world.find([TYPE.resourceGroup], "resourceGroupName", name).find((group) => group.account === scope.account);
}

/** The object that one of this type lives in, the resource group aside. */
export function parentOf(type: string, place: Place): SandboxObject | undefined {
	const [relation] = CONTAINMENT.filter(({ child }) => child === type);
	return relation && sharing(relation.parent, relation.by, place)[0];
}

/**
 * Where a resource will be: its own location, else the provider's, else that of its resource group, as azure-native
 * fills it in (`getDefaultLocation`); a part of something is where that is. Undefined where it is not known yet.
 */
export function locationOf(type: string, place: Place): string | undefined {
	const own = place.inputs.location;
	if (own !== undefined && own !== null) {
		return typeof own === "string" && !isUnknown(own) ? normalLocation(own) : undefined;
	}
	if (!Object.hasOwn(factsOfType(type)?.inputs ?? {}, "location")) {
		const parent = parentOf(type, place);
		return parent && locationOfObject(parent, place.world);
	}
	const fixed = place.scope.region === "global" ? undefined : place.scope.region;
	const group = type === TYPE.resourceGroup ? undefined : groupOf(place);
	return fixed ?? (group && locationOfObject(group, place.world));
}

/** Where a live or planned object is. */
export function locationOfObject(object: SandboxObject, world: World): string | undefined {
	const own = text(object.outputs, "location");
	const scope = { account: object.account, region: object.region };
	return own === undefined ? locationOf(object.type, { inputs: object.outputs, scope, world }) : normalLocation(own);
}
