import { createHash } from "node:crypto";

/**
 * A physical name of at most `limit` characters. A longer one keeps its beginning and ends in a hash of the whole,
 * so that two long names never meet and the same input gives the same name.
 */
export function fitName(name: string, limit: number): string {
	if (name.length <= limit) {
		return name;
	}
	const hash = createHash("sha256").update(name).digest("hex").slice(0, 7);
	return `${name.slice(0, limit - hash.length - 1).replace(/-+$/, "")}-${hash}`;
}

/**
 * A resource's URN by the engine's rule: the chain of parent types without the stack's own, then the type and name.
 * `parent` is the parent's URN; the stack itself or nothing for a resource at the root.
 */
export function resourceUrn(
	stack: string,
	project: string,
	resource: { type: string; name: string },
	parent?: string,
): string {
	const chain = parent === undefined ? "" : typeChain(parent);
	const type = chain === "" || chain === stackType ? resource.type : `${chain}$${resource.type}`;
	return `urn:pulumi:${stack}::${project}::${type}::${resource.name}`;
}

/** Type token of the stack's own resource, which never appears in a URN's chain. */
export const stackType = "pulumi:pulumi:Stack";

function typeChain(urn: string): string {
	return urn.split("::")[2] ?? "";
}

/** The stack that a URN belongs to. */
export function stackOfUrn(urn: string): string {
	return urn.split("::")[0]?.replace("urn:pulumi:", "") ?? "";
}

/** The type token that a URN ends in. */
export function typeOfUrn(urn: string): string {
	return typeChain(urn).split("$").at(-1) ?? "";
}

/** The logical name that a URN ends in; names may hold `::`. */
export function nameOfUrn(urn: string): string {
	return urn.split("::").slice(3).join("::");
}
