import type { TypeText } from "../facts";

/** A type of the facts, parsed. */
export type FactType =
	| { readonly kind: "any" | "asset" }
	| { readonly kind: "string" | "number" | "boolean" }
	| { readonly kind: "list" | "map"; readonly element: FactType }
	| { readonly kind: "object"; readonly name: string }
	| { readonly kind: "enum"; readonly values: readonly string[] }
	| { readonly kind: "union"; readonly members: readonly FactType[] };

const parsed = new Map<TypeText, FactType>();

/** Parses type text such as `(string|#iam.PolicyDocument)[]`; each text once. Throws on text that is no type. */
export function parseType(text: TypeText): FactType {
	const known = parsed.get(text);
	if (known) {
		return known;
	}
	const parser = new Parser(text);
	const type = parser.union();
	parser.end();
	parsed.set(text, type);
	return type;
}

/** The type in words, for messages: `a list of strings`, `true or false`. */
export function describeType(type: FactType): string {
	switch (type.kind) {
		case "any":
			return "any value";
		case "asset":
			return "an asset or archive";
		case "string":
			return "a string";
		case "number":
			return "a number";
		case "boolean":
			return "true or false (not text)";
		case "list":
			return `a list, each element ${describeType(type.element)}`;
		case "map":
			return `a map, each value ${describeType(type.element)}`;
		case "object":
			return `an object (${type.name})`;
		case "enum":
			return type.values.map((value) => JSON.stringify(value)).join(", ");
		case "union":
			return type.members
				.filter((member) => member.kind !== "enum")
				.map(describeType)
				.join(" or ");
	}
}

/** Reads one text from left to right. */
class Parser {
	private readonly text: string;
	private at = 0;

	constructor(text: string) {
		this.text = text;
	}

	union(): FactType {
		const members = [this.suffixed()];
		while (this.take("|")) {
			members.push(this.suffixed());
		}
		const [only] = members;
		return members.length === 1 && only ? only : { kind: "union", members };
	}

	end(): void {
		if (this.at < this.text.length) {
			this.fail();
		}
	}

	private suffixed(): FactType {
		let type = this.single();
		while (this.take("[]")) {
			type = { kind: "list", element: type };
		}
		return type;
	}

	private single(): FactType {
		if (this.take("(")) {
			return this.closed(this.union(), ")");
		}
		if (this.take("map<")) {
			return this.closed({ kind: "map", element: this.union() }, ">");
		}
		if (this.take("enum(")) {
			return this.enumeration();
		}
		if (this.take("#")) {
			return { kind: "object", name: this.match(/[\w.$-]+/y) };
		}
		for (const kind of ["any", "asset", "string", "number", "boolean"] as const) {
			if (this.take(kind)) {
				return { kind };
			}
		}
		return this.fail();
	}

	private enumeration(): FactType {
		const values: string[] = [];
		do {
			const literal: unknown = JSON.parse(this.match(/"(?:[^"\\]|\\.)*"/y));
			values.push(String(literal));
		} while (this.take("|"));
		return this.closed({ kind: "enum", values }, ")");
	}

	private closed(type: FactType, bracket: string): FactType {
		return this.take(bracket) ? type : this.fail();
	}

	private take(token: string): boolean {
		const found = this.text.startsWith(token, this.at);
		this.at += found ? token.length : 0;
		return found;
	}

	private match(pattern: RegExp): string {
		pattern.lastIndex = this.at;
		const found = pattern.exec(this.text)?.[0];
		this.at += found?.length ?? 0;
		return found ?? this.fail();
	}

	private fail(): never {
		throw new Error(`no type at character ${this.at} of ${JSON.stringify(this.text)}`);
	}
}
