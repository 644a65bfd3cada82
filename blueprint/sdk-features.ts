/**
 * Tells the SDK what our monitor can do, above all that it takes secrets as secrets. The SDK keeps these flags in a
 * module that its types leave out, so what is there is looked at first; without it secrets would arrive in clear.
 */
export function declareFeatures(flags: { readonly [feature: string]: boolean }): void {
	const state: unknown = require("@pulumi/pulumi/runtime/state");
	if (!hasStore(state)) {
		throw new Error("this version of @pulumi/pulumi keeps its features elsewhere: adapt blueprint/sdk-features.ts");
	}
	Object.assign(state.getStore(), flags);
}

function hasStore(state: unknown): state is { getStore: () => object } {
	return typeof state === "object" && state !== null && "getStore" in state && typeof state.getStore === "function";
}
