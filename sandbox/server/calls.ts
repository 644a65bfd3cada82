import type { Properties } from "../../lib/values";
import type { PropertyChange } from "../diff";

/** A failure that the emulated cloud answers with; its message is what the engine prints. */
export class CloudError extends Error {}

/** A resource as the engine names it in a call. */
export interface ResourceCall {
	readonly urn: string;
	readonly type: string;
	/** Logical name. */
	readonly name: string;
}

/** A resource's inputs before and after, and its recorded outputs. */
export interface Change {
	readonly olds: Properties;
	readonly news: Properties;
	readonly outputs: Properties;
}

/** What the engine keeps of an object. */
export interface ObjectState {
	readonly inputs: Properties;
	readonly outputs: Properties;
}

/** What a change means for the resource. */
export interface Difference {
	readonly changes: readonly PropertyChange[];
	readonly deleteBeforeReplace: boolean;
}
