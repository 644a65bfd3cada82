import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { z } from "zod";

/** Members of a class or an interface: name, declared type, whether it may be left out. */
export interface Member {
	readonly name: string;
	readonly type: ts.TypeNode;
	readonly optional: boolean;
}

/** What one class file of an SDK says. */
export interface SdkClass {
	/** Members of `<Class>Args`. */
	readonly args: readonly Member[];
	/** `readonly` properties of the class. */
	readonly outputs: readonly Member[];
	readonly secretOutputs: readonly string[];
}

/** The files of an installed Pulumi SDK, read as syntax only: no type check, a few tens of milliseconds a file. */
export class SdkPackage {
	readonly name: string;
	readonly version: string;
	private readonly root: string;
	private readonly trees = new Map<string, ReadonlyMap<string, readonly Member[]>>();

	constructor(name: string) {
		this.name = name;
		const manifest = require.resolve(`@pulumi/${name}/package.json`);
		this.root = dirname(manifest);
		this.version = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, "utf8"))).version;
	}

	/** The class of a token; throws where no file of the SDK carries that token. */
	classOf(token: string): SdkClass {
		const found = candidates(token).find((path) => this.carries(path, token));
		if (found === undefined) {
			throw new Error(`@pulumi/${this.name} has no class with the token ${token}`);
		}
		const script = readFileSync(join(this.root, `${found}.js`), "utf8");
		const name = token.startsWith("pulumi:providers:") ? "Provider" : (token.split(":")[2] ?? "");
		const interfaces = interfacesOf(this.parse(`${found}.d.ts`));
		return {
			args: interfaces.get(`${name}Args`) ?? [],
			outputs: interfaces.get(name) ?? [],
			secretOutputs: secretsOf(script),
		};
	}

	/** Members of a nested object type, as `ec2.LaunchTemplatePlacement`. */
	objectMembers(side: "input" | "output", name: string): readonly Member[] {
		const members = this.tree(`types/${side}.d.ts`).get(name);
		if (!members) {
			throw new Error(`@pulumi/${this.name} has no ${side} type ${name}`);
		}
		return members;
	}

	/** Values of an enumeration, as `ec2.Tenancy`, in the SDK's order. */
	enumeration(name: string): readonly string[] {
		const steps = name.split(".");
		const last = steps.pop() ?? "";
		const file = join("types/enums", ...steps, "index.d.ts");
		const member = this.tree(file).get(last);
		if (!member) {
			throw new Error(`@pulumi/${this.name} has no enumeration ${name}`);
		}
		return member.flatMap(({ type }) =>
			ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? [type.literal.text] : [],
		);
	}

	private carries(path: string, token: string): boolean {
		const file = join(this.root, `${path}.js`);
		const type = token.replace(/^pulumi:providers:/, "");
		return existsSync(file) && readFileSync(file, "utf8").includes(`__pulumiType = '${type}'`);
	}

	private tree(file: string): ReadonlyMap<string, readonly Member[]> {
		const known = this.trees.get(file);
		if (known) {
			return known;
		}
		const read = interfacesOf(this.parse(file));
		this.trees.set(file, read);
		return read;
	}

	private parse(file: string): ts.SourceFile {
		return ts.createSourceFile(file, readFileSync(join(this.root, file), "utf8"), ts.ScriptTarget.ES2022, false);
	}
}

/** Files that may hold a token: `ec2/vpc`, `core/v1/namespace`, `networking/v1/networkPolicy` (group suffix cut). */
function candidates(token: string): string[] {
	if (token.startsWith("pulumi:providers:")) {
		return ["provider"];
	}
	const [, module = "", name = ""] = token.split(":");
	const file = name.charAt(0).toLowerCase() + name.slice(1);
	const short = module.replace(/^([^./]+)\.[^/]+/, "$1");
	// `IAMMember` is in `iammember`: a leading acronym is written small as a whole.
	const small = name.replace(/^[A-Z]+/, (capitals) => capitals.toLowerCase());
	return [module, `${module}/${file}`, `${short}/${file}`, join(dirname(module), small)];
}

function secretsOf(script: string): string[] {
	const list = /additionalSecretOutputs: (\[[^\]]*\])/.exec(script)?.[1];
	return list === undefined ? [] : z.array(z.string()).parse(JSON.parse(list));
}

/** Members by qualified name of every interface, class and constant object of a file, in nested namespaces too. */
function interfacesOf(source: ts.SourceFile): ReadonlyMap<string, readonly Member[]> {
	const found = new Map<string, readonly Member[]>();
	const visit = (node: ts.Node, scope: string): void => {
		if (ts.isModuleDeclaration(node) && node.body) {
			ts.forEachChild(node.body, (child) => visit(child, `${scope}${node.name.text}.`));
		} else if ((ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node)) && node.name) {
			found.set(scope + node.name.text, membersOf(node.members));
		} else if (ts.isVariableStatement(node)) {
			for (const [name, members] of constantsOf(node)) {
				found.set(scope + name, members);
			}
		}
	};
	ts.forEachChild(source, (node) => visit(node, ""));
	return found;
}

/** Constant objects of a statement: the SDK writes enumerations so. */
function constantsOf(statement: ts.VariableStatement): (readonly [string, Member[]])[] {
	return statement.declarationList.declarations.flatMap(({ name, type }) =>
		ts.isIdentifier(name) && type && ts.isTypeLiteralNode(type) ? [[name.text, membersOf(type.members)] as const] : [],
	);
}

function membersOf(members: ts.NodeArray<ts.ClassElement> | ts.NodeArray<ts.TypeElement>): Member[] {
	return [...members].flatMap((member) => {
		const isProperty = ts.isPropertySignature(member) || ts.isPropertyDeclaration(member);
		if (!isProperty || !member.type || ts.isComputedPropertyName(member.name) || isStatic(member)) {
			return [];
		}
		return [{ name: member.name.text, type: member.type, optional: member.questionToken !== undefined }];
	});
}

function isStatic(member: ts.PropertySignature | ts.PropertyDeclaration): boolean {
	return member.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.StaticKeyword) ?? false;
}
