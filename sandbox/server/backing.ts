import type { Properties } from "../../lib/values";
import type { SandboxObject, World } from "../model";
import type { ResourceCall } from "./calls";

/** What really stands behind an object once it was made or changed. */
export interface RealObject {
	readonly outputs: Properties;
	/** Why it is not ready, where it did not become so in time; it exists all the same. */
	readonly waitsFor?: string;
}

/** What really stands behind emulated objects: the API server of a cluster, or the control plane that is one. */
export interface Backing {
	/** True for types that the real thing judges, so that the sandbox's own rules for them rest. */
	judges(type: string): boolean;
	/** Has a planned object judged by what is real; throws its answer. `world` holds what the same preview plans. */
	judge(call: ResourceCall, inputs: Properties, world: World): Promise<void>;
	/** Makes what is real and waits until it is ready; nothing for types that have nothing real. */
	create(object: SandboxObject): Promise<RealObject | undefined>;
	/** Changes what is real and waits until it is ready; nothing for types that have nothing real. */
	update(object: SandboxObject): Promise<RealObject | undefined>;
	/** The outputs of what is real; `gone` where it does not exist, nothing for types that have nothing real. */
	read(object: SandboxObject): Promise<Properties | "gone" | undefined>;
	/** Deletes what is real and waits until it is gone. */
	remove(object: SandboxObject): Promise<void>;
	/** Does what follows from an object that was recorded, or taken off the record. */
	follow(object: SandboxObject, isGone: boolean): Promise<void>;
}
