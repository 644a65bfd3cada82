import { readFileSync } from "node:fs";
import ts from "typescript";

/** The doc comment of each setting by its path: `regions[].zones`; an alternative of a union is `capacity{on-demand}`. */
export type DocComments = ReadonlyMap<string, string>;

/** Reads the doc comments of a schema that source files build with zod under the name `root`; empty where it has none. */
export function schemaComments(files: readonly string[], root: string): DocComments {
	const reader = new CommentReader(files.map(parse));
	reader.read(ts.factory.createIdentifier(root), "");
	return reader.comments;
}

/** The doc comment of the exported constant that is made by `defineRule`; empty where there is none. */
export function ruleComment(file: string): string {
	const made = parse(file).statements.filter(ts.isVariableStatement);
	const rule = made.find((statement) => statement.getText().includes("= defineRule"));
	return rule === undefined ? "" : commentOf(rule);
}

function parse(file: string): ts.SourceFile {
	return ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
}

function commentOf(node: ts.Node): string {
	const texts = ts.getJSDocCommentsAndTags(node).map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? "");
	return texts.join(" ").replace(/\s+/g, " ").trim();
}

/** Follows a zod expression through its calls and constants to the objects it is made of. */
class CommentReader {
	readonly comments = new Map<string, string>();
	private readonly constants: ReadonlyMap<string, ReadonlyMap<string, ts.Expression>>;

	constructor(sources: readonly ts.SourceFile[]) {
		this.constants = new Map(sources.map((source) => [source.fileName, constantsOf(source)]));
	}

	read(expression: ts.Expression, path: string): void {
		if (ts.isIdentifier(expression)) {
			const value = this.constant(expression);
			if (value !== undefined) {
				this.read(value, path);
			}
			return;
		}
		if (ts.isCallExpression(expression) && ts.isPropertyAccessExpression(expression.expression)) {
			this.readCall(expression, expression.expression, path);
		}
	}

	private readCall(call: ts.CallExpression, callee: ts.PropertyAccessExpression, path: string): void {
		const [first, second] = call.arguments;
		switch (callee.name.text) {
			case "strictObject":
				this.readFields(first, path);
				return;
			case "array":
				if (first !== undefined) {
					this.read(first, `${path}[]`);
				}
				return;
			case "discriminatedUnion":
				this.readAlternatives(second, path);
				return;
			default:
				this.read(callee.expression, path);
		}
	}

	private readFields(literal: ts.Expression | undefined, path: string): void {
		for (const field of literal !== undefined && ts.isObjectLiteralExpression(literal) ? literal.properties : []) {
			if (ts.isSpreadAssignment(field) && ts.isIdentifier(field.expression)) {
				this.readFields(this.constant(field.expression), path);
			}
			if (!ts.isPropertyAssignment(field) && !ts.isShorthandPropertyAssignment(field)) {
				continue;
			}
			const at = path === "" ? field.name.getText() : `${path}.${field.name.getText()}`;
			this.note(at, commentOf(field));
			this.read(ts.isPropertyAssignment(field) ? field.initializer : field.name, at);
		}
	}

	private readAlternatives(list: ts.Expression | undefined, path: string): void {
		for (const alternative of list !== undefined && ts.isArrayLiteralExpression(list) ? list.elements : []) {
			const kind = /z\.literal\("([^"]+)"\)/.exec(this.textOf(alternative))?.[1] ?? "";
			this.note(`${path}{${kind}}`, leadingComment(alternative));
			this.read(alternative, `${path}{${kind}}`);
		}
	}

	private textOf(expression: ts.Expression): string {
		const meant = ts.isIdentifier(expression) ? this.constant(expression) : expression;
		return meant?.getText() ?? "";
	}

	/** The constant of a name: the file's own first, as files may use one name for different things. */
	private constant(name: ts.Identifier): ts.Expression | undefined {
		const own = this.constants.get(name.getSourceFile()?.fileName ?? "")?.get(name.text);
		return own ?? [...this.constants.values()].flatMap((file) => file.get(name.text) ?? [])[0];
	}

	private note(path: string, comment: string): void {
		if (comment !== "") {
			this.comments.set(path, comment);
		}
	}
}

function constantsOf(source: ts.SourceFile): ReadonlyMap<string, ts.Expression> {
	const declared = source.statements
		.filter(ts.isVariableStatement)
		.flatMap((statement) => [...statement.declarationList.declarations])
		.flatMap(({ name, initializer }) =>
			ts.isIdentifier(name) && initializer ? [[name.text, initializer] as const] : [],
		);
	return new Map(declared);
}

/** A doc comment before an element of a list, which the compiler attaches to nothing. */
function leadingComment(node: ts.Node): string {
	const text = node.getSourceFile().text;
	const last = ts.getLeadingCommentRanges(text, node.getFullStart())?.at(-1);
	const comment = last === undefined ? "" : text.slice(last.pos, last.end);
	return comment
		.replace(/^\/\*+|\*\/$/g, "")
		.replace(/\s*\n\s*\*?\s*/g, " ")
		.trim();
}
