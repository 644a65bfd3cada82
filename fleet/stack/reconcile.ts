import { isDeepStrictEqual } from "node:util";
import { redactAll } from "../../lib/secret-marker";
import type { SandboxObject } from "../../sandbox/model";
import type { Deployment, RecordedResource } from "./deployment";

/** What a state and the emulated clouds say differently of some resources. */
export interface Differences {
	/** Live objects that no resource stands for: they were made, but the engine did not live to record it. */
	readonly unrecorded: readonly SandboxObject[];
	/** URNs of resources whose object is gone, is otherwise than recorded, or was being changed. */
	readonly outdated: readonly string[];
}

/** Operations after which an object may be otherwise than the state says. */
const changing = ["updating", "deleting"];

/** Compares a stack's state with what is live, for the URNs that an interrupted operation touched. */
export function compareStates(
	deployment: Deployment,
	live: readonly SandboxObject[],
	touched: ReadonlySet<string>,
): Differences {
	const standing = (deployment.resources ?? []).filter(standsForObject);
	const objects = new Map(live.map((object) => [keyOf(object), object]));
	const recorded = new Set(standing.map(keyOf));
	// After a rename of the resource (an alias) its object keeps the old URN until the next update.
	const renamed = new Set(standing.filter((each) => !objects.has(keyOf(each))).map(placeOf));
	const unrecorded = live.filter(
		(object) => touched.has(object.urn) && !recorded.has(keyOf(object)) && !renamed.has(placeOf(object)),
	);
	const pending = new Set(
		(deployment.pending_operations ?? [])
			.filter(({ type }) => changing.includes(type))
			.map(({ resource }) => keyOf(resource)),
	);
	const outdated = standing.filter(
		(resource) =>
			touched.has(resource.urn) && (pending.has(keyOf(resource)) || differs(resource, objects.get(keyOf(resource)))),
	);
	return { unrecorded, outdated: [...new Set(outdated.map(({ urn }) => urn))] };
}

/**
 * True for a resource that the engine takes for existing. One that awaits its replacement is deleted or was being
 * deleted, and the engine will not delete it again: an object that is still there is in the way of the new one.
 */
function standsForObject({ custom, type, external, pendingReplacement }: RecordedResource): boolean {
	const isProvider = type?.startsWith("pulumi:") === true;
	return custom === true && !isProvider && external !== true && pendingReplacement !== true;
}

function differs(resource: RecordedResource, object: SandboxObject | undefined): boolean {
	return object === undefined || !isDeepStrictEqual(redactAll(resource.inputs ?? {}), object.inputs);
}

function keyOf({ urn, id }: { readonly urn: string; readonly id?: string }): string {
	return `${urn}|${id ?? ""}`;
}

function placeOf({ type, id }: { readonly type?: string; readonly id?: string }): string {
	return `${type}|${id ?? ""}`;
}
