import { isUnknown } from "../../lib/values";
import { text } from "../check/inputs";
import type { CheckContext, SandboxObject, World } from "../model";
import { matchesAction, roleOf } from "./roles";
import { TYPE } from "./types";

/** Something that an identity must be allowed. */
export interface Grant {
	/** `Microsoft.Network/virtualNetworks/subnets/join/action`. */
	readonly action: string;
	/** True for an action on data, as wrapping a key is. */
	readonly data?: boolean;
	/** Id of what it is done to. */
	readonly on: string;
}

/**
 * True where a role assignment gives the principal the action on the object or on what holds it. Custom roles and
 * assignments of which a part is not known yet may give it, so they count.
 */
export function isGranted(principalId: string, grant: Grant, world: World): boolean {
	return world.find([TYPE.roleAssignment], "principalId", principalId).some(({ outputs }) => {
		const scope = text(outputs, "scope");
		const definition = text(outputs, "roleDefinitionId");
		const inScope = scope === undefined || grant.on === scope || grant.on.startsWith(`${scope}/`) || scope === "/";
		const role = definition === undefined ? undefined : roleOf(definition);
		const patterns = (grant.data ? role?.dataActions : role?.actions) ?? ["*"];
		return inScope && matchesAction(patterns, grant.action);
	});
}

/** The user-assigned identity of an id; undefined where the world has none. */
export function identityOf(id: string | undefined, { world }: Pick<CheckContext, "world">): SandboxObject | undefined {
	return id === undefined ? undefined : world.find([TYPE.identity], "id", id)[0];
}

/** True where the identity is known to lack the action; false while its principal is not known. */
export function lacks(identity: SandboxObject | undefined, grant: Grant, world: World): boolean {
	const principal = text(identity?.outputs, "principalId");
	return principal !== undefined && !isUnknown(principal) && !isGranted(principal, grant, world);
}
