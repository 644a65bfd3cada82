import { isUnknown } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { isAbsent, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import { factsOfType } from "../facts";
import type { CheckContext, Fault } from "../model";
import { parametersOf } from "./arm-id";
import { locationProblem, normalLocation } from "./locations";
import { groupOf, locationOf, parentOf, sharing } from "./place";
import { CONTAINMENT, TYPE } from "./types";

/** The rule for an object's name. */
export interface Naming {
	readonly pattern: RegExp;
	/** In words, with lengths: `1 to 80 of letters, digits and ._-`. */
	readonly allowed: string;
	/** True where no other customer of Azure may have the name. */
	readonly everywhere?: boolean;
	/** The only name that Azure accepts; azure-native would otherwise take the logical name. */
	readonly fixed?: string;
}

interface Placed {
	readonly type: string;
	readonly path: string;
	readonly naming: Naming;
	readonly groupIsAzures?: boolean;
	readonly placeless?: boolean;
}

/** What is wrong with an object's name and location. */
export function placeFaults(spec: Placed, context: CheckContext): Fault[] {
	const { inputs } = context;
	const given = text(inputs, "location");
	const location = given === undefined ? undefined : normalLocation(given);
	const problem = location === undefined || spec.placeless ? undefined : locationProblem(location, given ?? "");
	const takesOne = Object.hasOwn(factsOfType(spec.type)?.inputs ?? {}, "location");
	const groupless = spec.type === TYPE.resourceGroup || spec.groupIsAzures === true;
	const nowhere = groupless && isAbsent(inputs, "location") && locationOf(spec.type, context) === undefined;
	return [
		...nameFaults(spec, context),
		...faultsOf([
			{ when: problem !== undefined, property: "location", reason: problem ?? "" },
			{
				when: spec.placeless === true && (takesOne ? isAbsent(inputs, "location") : false),
				property: "location",
				reason: 'must be "global": azure-native would otherwise take the location of the resource group; set it',
			},
			{
				when: spec.placeless === true && location !== undefined && location !== "global",
				property: "location",
				reason: `must be "global", but ${JSON.stringify(given)} was given; the resource is in no region`,
			},
			{
				when: nowhere,
				property: "location",
				reason: "is required where the provider has no location either; set it",
			},
		]),
	];
}

function nameFaults({ type, path, naming }: Placed, context: CheckContext): Fault[] {
	const parameters = parametersOf(path);
	const own = parameters.at(-1) ?? "";
	const name = text(context.inputs, own);
	if (name === undefined) {
		const reason = `must be ${JSON.stringify(naming.fixed)}: azure-native would take the logical name, which Azure refuses; set it`;
		return naming.fixed && isAbsent(context.inputs, own) ? [{ property: own, reason }] : [];
	}
	if (!naming.pattern.test(name)) {
		return [{ property: own, reason: `must be ${naming.allowed}, but ${JSON.stringify(name)} was given; rename it` }];
	}
	// What holds it is not known yet in a preview: twins show when it is.
	if (!naming.everywhere && parameters.some((each) => isUnknown(context.inputs[each]))) {
		return [];
	}
	const near = parameters.filter((each) => each !== "resourceGroupName");
	const others = naming.everywhere ? context.world.find([type], own, name) : neighbours(type, near, path, context);
	const twin = others.find((other) => !isSelf(other, context) && !isPlannedTwin(other, context));
	const within = naming.everywhere ? "all of Azure" : "what holds it";
	const reason = `must be unique within ${within}, but ${JSON.stringify(name)} is taken by ${twin?.urn || twin?.id}; choose another`;
	return twin ? [{ property: own, reason }] : [];
}

/** A preview plans a replacement beside the live object, under the same URN; that is no twin. */
function isPlannedTwin(other: { readonly urn: string }, { self }: CheckContext): boolean {
	return self !== undefined && other.urn === self.urn;
}

function neighbours(type: string, names: readonly string[], path: string, context: CheckContext) {
	if (path.includes("{resourceGroupName}") && type !== TYPE.resourceGroup) {
		return sharing(type, names, context);
	}
	const [own = "", container] = [names.at(-1), names.at(-2)];
	const same = context.world.find([type], own || "resourceGroupName", context.inputs[own || "resourceGroupName"] ?? "");
	return same.filter(
		({ account, outputs }) =>
			account === context.scope.account && (!container || outputs[container] === context.inputs[container]),
	);
}

/** What holds the object must exist, in the provider's subscription. */
export function containmentFaults(spec: Placed, context: CheckContext): Fault[] {
	const { inputs, scope } = context;
	const group = text(inputs, "resourceGroupName");
	const inGroup = spec.path.includes("{resourceGroupName}") && spec.type !== TYPE.resourceGroup && !spec.groupIsAzures;
	const relation = CONTAINMENT.find(({ child }) => child === spec.type);
	const by = relation?.by.at(-1) ?? "";
	const parent = text(inputs, by);
	const kind = relation?.parent.split(":").at(-1);
	return faultsOf([
		{
			when: inGroup && group !== undefined && groupOf(context) === undefined,
			property: "resourceGroupName",
			reason: `names no resource group of the subscription ${scope.account}: ${JSON.stringify(group)}; create it first, and mind its casing`,
		},
		{
			when: parent !== undefined && group !== undefined && parentOf(spec.type, context) === undefined,
			property: by,
			reason: `names no existing ${kind} in the resource group ${group}: ${JSON.stringify(parent)}; create it first`,
		},
	]);
}
