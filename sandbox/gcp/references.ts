import { text } from "../check/inputs";
import type { CheckContext, Reference, SandboxObject } from "../model";

/** A property that names an object of a cloud by id, by its address in the API, or by name. */
export function named(
	path: string,
	to: readonly string[],
	rest: Pick<Reference, "holds" | "anyRegion"> = {},
): Reference[] {
	return [
		{ path, to, by: "id", only: /^projects\//, ...rest },
		{ path, to, by: "selfLink", only: /^https:\/\//, ...rest },
		{ path, to, by: "name", only: /^(?!projects\/|https:\/\/)/, ...rest },
	];
}

/** The object that a text names in one of these ways, in the scope's project; undefined where there is none. */
export function objectNamed(
	context: Pick<CheckContext, "scope" | "world">,
	type: string,
	name: string | undefined,
): SandboxObject | undefined {
	const { scope, world } = context;
	if (name === undefined) {
		return undefined;
	}
	const [exact = undefined] = [...world.find([type], "id", name), ...world.find([type], "selfLink", name)];
	const near = world
		.find([type], "name", name)
		.find(({ account, region }) => account === scope.account && (region === "global" || region === scope.region));
	return exact ?? near;
}

/** The object that an input names. */
export function objectAt(context: CheckContext, type: string, path: string): SandboxObject | undefined {
	return objectNamed(context, type, text(context.inputs, path));
}
