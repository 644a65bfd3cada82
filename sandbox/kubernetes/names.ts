/** A rule for names of Kubernetes objects. */
export interface NameForm {
	readonly pattern: RegExp;
	readonly allowed: string;
	/** Longest name, in characters. */
	readonly length: number;
}

/** RFC 1123 subdomain, the form of most names. */
export const SUBDOMAIN: NameForm = subdomain(253);

/** RFC 1123 label, the form of names that become DNS labels; Services too, as of Kubernetes 1.36 (tried on its API server). */
export const LABEL: NameForm = {
	pattern: /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
	allowed: "1 to 63 of lower-case letters, digits and hyphens, beginning and ending with a letter or digit (RFC 1123)",
	length: 63,
};

/** A path segment, the form of RBAC names, which may carry colons and capitals. */
export const SEGMENT: NameForm = {
	pattern: /^(?!\.{1,2}$)[^/%]{1,253}$/,
	allowed: "1 to 253 characters without / and %, not . or ..",
	length: 253,
};

/** An RFC 1123 subdomain of at most `length` characters. */
export function subdomain(length: number): NameForm {
	return {
		pattern: new RegExp(`^(?=.{1,${length}}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$`),
		allowed: `1 to ${length} of lower-case letters, digits, hyphens and dots, beginning and ending with a letter or digit (RFC 1123)`,
		length,
	};
}
