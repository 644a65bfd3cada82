import ts from "typescript";

/** Which of an SDK's two trees of nested types a name comes from. */
export type Side = "input" | "output";

/** Where type text gets what lies outside the type itself. */
export interface TypeSources {
	/** Called with each nested object met; gives the text that stands for it (`#ec2.Foo`). */
	readonly object: (side: Side, name: string) => string;
	/** Values of an SDK enumeration such as `iam.PolicyDocumentVersion`. */
	readonly enumeration: (name: string) => readonly string[];
}

/** The compact text of an SDK type: `pulumi.Input<>` and `undefined` fall away. Throws on a form it does not know. */
export function typeText(node: ts.TypeNode, sources: TypeSources): string {
	const members = alternatives(node, sources);
	return members.length === 0 ? "any" : members.join("|");
}

/** The members of a union in the SDK's order, without twins; literals are gathered into one `enum(...)`. */
function alternatives(node: ts.TypeNode, sources: TypeSources): string[] {
	const parts = ts.isUnionTypeNode(node) ? [...node.types] : [node];
	const literals: string[] = [];
	const texts: string[] = [];
	for (const part of parts) {
		if (ts.isLiteralTypeNode(part) && ts.isStringLiteral(part.literal)) {
			literals.push(part.literal.text);
		} else if (part.kind !== ts.SyntaxKind.UndefinedKeyword) {
			texts.push(...single(part, sources));
		}
	}
	const all = literals.length > 0 ? [...texts, enumText(literals)] : texts;
	return [...new Set(all)];
}

function single(node: ts.TypeNode, sources: TypeSources): string[] {
	switch (node.kind) {
		case ts.SyntaxKind.StringKeyword:
			return ["string"];
		case ts.SyntaxKind.NumberKeyword:
			return ["number"];
		case ts.SyntaxKind.BooleanKeyword:
			return ["boolean"];
		case ts.SyntaxKind.AnyKeyword:
			return ["any"];
	}
	if (ts.isParenthesizedTypeNode(node) || ts.isUnionTypeNode(node)) {
		return alternatives(ts.isParenthesizedTypeNode(node) ? node.type : node, sources);
	}
	if (ts.isArrayTypeNode(node)) {
		return [listOf(typeText(node.elementType, sources))];
	}
	if (ts.isTypeLiteralNode(node)) {
		return [mapOf(node, sources)];
	}
	if (ts.isTypeReferenceNode(node)) {
		return reference(node, sources);
	}
	throw new Error(`no text for the type ${ts.SyntaxKind[node.kind]}`);
}

/** Wrappers are looked through, SDK trees followed; a resource class or an alias such as `ARN` stands for a string. */
function reference(node: ts.TypeReferenceNode, sources: TypeSources): string[] {
	const path = nameOf(node.typeName);
	const wrapped = node.typeArguments?.[0];
	if (wrapped && (path === "pulumi.Input" || path === "pulumi.Output")) {
		return alternatives(wrapped, sources);
	}
	if (path.startsWith("pulumi.asset.")) {
		return ["asset"];
	}
	const dot = path.indexOf(".");
	const [tree, name] = [path.slice(0, dot), path.slice(dot + 1)];
	switch (dot < 0 ? "" : tree) {
		case "inputs":
			return [sources.object("input", name)];
		case "outputs":
			return [sources.object("output", name)];
		case "enums":
			return [enumText(sources.enumeration(name))];
		case "":
			return ["string"];
		default:
			throw new Error(`no text for the type ${path}`);
	}
}

function mapOf(node: ts.TypeLiteralNode, sources: TypeSources): string {
	const [member] = node.members;
	if (node.members.length !== 1 || !member || !ts.isIndexSignatureDeclaration(member)) {
		throw new Error("no text for an object type that is not a map");
	}
	return `map<${typeText(member.type, sources)}>`;
}

/** The text of a list of what a text describes. */
export function listOf(element: string): string {
	return element.includes("|") && !element.startsWith("enum(") ? `(${element})[]` : `${element}[]`;
}

/** The text of one of a few values. */
export function enumText(values: readonly string[]): string {
	return `enum(${values.map((value) => JSON.stringify(value)).join("|")})`;
}

function nameOf(name: ts.EntityName): string {
	return ts.isIdentifier(name) ? name.text : `${nameOf(name.left)}.${name.right.text}`;
}
