import type { Properties } from "../../lib/values";
import type { Refusal } from "../check/fault-table";
import { at, isAbsent, list, object, text, texts } from "../check/inputs";
import type { CreateContext } from "../model";
import { guid, tenantOf } from "./arm-id";
import { identityOf } from "./grants";

/** The identity as ARM answers: user-assigned ones as a map of ids, a system-assigned one with its principal. */
export function identityOutput(context: CreateContext): Properties {
	const type = text(context.inputs, "identity.type") ?? "None";
	const before = text(context.self?.outputs, "identity.principalId");
	const assigned = texts(context.inputs, "identity.userAssignedIdentities").map((id) => {
		const identity = identityOf(id, context);
		const known = {
			clientId: text(identity?.outputs, "clientId"),
			principalId: text(identity?.outputs, "principalId"),
		};
		return [id, { clientId: known.clientId ?? "", principalId: known.principalId ?? "" }] as const;
	});
	return {
		type,
		...(assigned.length > 0 ? { userAssignedIdentities: Object.fromEntries(assigned) } : {}),
		...(type.startsWith("SystemAssigned") ? { principalId: before ?? guid(context), tenantId: tenantOf(context) } : {}),
	};
}

/** A type of identity and its list must go together: `UserAssigned` with ids, the others without. */
export function identityRows(inputs: Properties): Refusal[] {
	const type = text(inputs, "identity.type");
	const path = "identity.userAssignedIdentities";
	const ids = list(inputs, path).length;
	const isKnown = isAbsent(inputs, path) || Array.isArray(at(inputs, path));
	const needs = type?.includes("UserAssigned") === true;
	return [
		{
			when: type !== undefined && isKnown && needs !== ids > 0,
			property: path,
			reason: `must ${needs ? "name an identity" : "be left out"} for the type ${type}, but ${ids} were given`,
		},
	];
}

/** The first user-assigned identity of a resource: a list in its inputs, a map in what ARM answers. */
export function assignedTo(bag: Properties): string | undefined {
	const path = "identity.userAssignedIdentities";
	return texts(bag, path)[0] ?? Object.keys(object(bag, path))[0];
}
