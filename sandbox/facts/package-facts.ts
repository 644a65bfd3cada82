import type { ObjectFacts, PackageFacts, ResourceFacts } from "../facts";
import { mergeSides, OUTPUT_SUFFIX } from "./merge-sides";
import type { Member, SdkPackage } from "./sdk-package";
import { type Side, typeText } from "./type-text";

/** Replacing input paths by type token, as sandbox/facts/replace.json keeps them, corrections applied. */
export type ReplaceTable = { readonly [token: string]: readonly string[] };

/** The facts of the given types of one SDK, with just the nested objects that they reach; keys sorted. */
export function readPackageFacts(sdk: SdkPackage, tokens: readonly string[], replace: ReplaceTable): PackageFacts {
	const reader = new ObjectReader(sdk);
	const resources: { [token: string]: ResourceFacts } = {};
	for (const token of [...tokens].sort()) {
		const found = sdk.classOf(token);
		resources[token] = {
			inputs: reader.fields(found.args),
			required: requiredOf(found.args),
			outputs: reader.fields(found.outputs),
			secretOutputs: [...found.secretOutputs].sort(),
			replaceOn: [...(replace[token] ?? [])].sort(),
		};
	}
	return mergeSides({ package: sdk.name, version: sdk.version, resources, objects: reader.objects() });
}

/** Turns nested types into `#name` references and keeps a definition of each that was met. */
class ObjectReader {
	private readonly sdk: SdkPackage;
	private readonly met = new Map<string, ObjectFacts | undefined>();

	constructor(sdk: SdkPackage) {
		this.sdk = sdk;
	}

	fields(members: readonly Member[]): { [name: string]: string } {
		const sources = {
			object: (at: Side, name: string) => this.object(at, name),
			enumeration: (name: string) => this.sdk.enumeration(name),
		};
		const rows = members.map(({ name, type }) => [name, typeText(type, sources)] as const);
		return Object.fromEntries(rows.sort(([a], [b]) => (a < b ? -1 : 1)));
	}

	objects(): { [name: string]: ObjectFacts } {
		const read = [...this.met].flatMap(([key, facts]) => (facts ? [[key, facts] as const] : []));
		return Object.fromEntries(read.sort(([a], [b]) => (a < b ? -1 : 1)));
	}

	private object(side: Side, name: string): string {
		const key = side === "input" ? name : name + OUTPUT_SUFFIX;
		if (!this.met.has(key)) {
			this.met.set(key, undefined);
			const members = this.sdk.objectMembers(side, name);
			this.met.set(key, { fields: this.fields(members), required: requiredOf(members) });
		}
		return `#${key}`;
	}
}

function requiredOf(members: readonly Member[]): string[] {
	return members
		.filter((member) => !member.optional)
		.map((member) => member.name)
		.sort();
}
