import type { ObjectFacts, PackageFacts } from "../facts";

/** Marks an object type that outputs carry with other fields than inputs of the same name. */
export const OUTPUT_SUFFIX = "$out";

type Objects = PackageFacts["objects"];

/** Drops the output twin of every nested object whose fields are those of the input's, all the way down. */
export function mergeSides(facts: PackageFacts): PackageFacts {
	const merged = mergeable(facts.objects);
	const rename = (text: string): string =>
		text.replaceAll(/#([\w.-]+)\$out/g, (whole, name: string) => (merged.has(name) ? `#${name}` : whole));
	const renameAll = (types: { [name: string]: string }) =>
		Object.fromEntries(Object.entries(types).map(([name, text]) => [name, rename(text)]));
	const resources = Object.entries(facts.resources).map(
		([token, of]) => [token, { ...of, outputs: renameAll(of.outputs) }] as const,
	);
	return {
		...facts,
		resources: Object.fromEntries(resources),
		objects: sorted(renameObjects(facts.objects, merged, renameAll)),
	};
}

/** Names whose output side may go by the input's name: equal fields, or no input side at all. */
function mergeable(objects: Objects): ReadonlySet<string> {
	const names = Object.keys(objects).flatMap((key) => (key.endsWith(OUTPUT_SUFFIX) ? [plain(key)] : []));
	let merged = new Set(names.filter((name) => sameFields(objects[name], objects[name + OUTPUT_SUFFIX])));
	for (let before = -1; before !== merged.size; ) {
		before = merged.size;
		merged = new Set([...merged].filter((name) => reaches(objects[name + OUTPUT_SUFFIX], merged)));
	}
	return merged;
}

function sameFields(input: ObjectFacts | undefined, output: ObjectFacts | undefined): boolean {
	const fields = Object.entries(output?.fields ?? {});
	return (
		input === undefined ||
		(fields.length === Object.keys(input.fields).length &&
			fields.every(([name, text]) => input.fields[name] === text.replaceAll(OUTPUT_SUFFIX, "")))
	);
}

/** True where every output object that this one names is itself merged. */
function reaches(output: ObjectFacts | undefined, merged: ReadonlySet<string>): boolean {
	const texts = Object.values(output?.fields ?? {}).join(" ");
	return [...texts.matchAll(/#([\w.-]+)\$out/g)].every(([, name]) => name !== undefined && merged.has(name));
}

function renameObjects(
	objects: Objects,
	merged: ReadonlySet<string>,
	renameAll: (types: { [name: string]: string }) => { [name: string]: string },
): Objects {
	const kept: Objects = {};
	for (const [key, facts] of Object.entries(objects)) {
		const name = plain(key);
		if (key === name || !merged.has(name)) {
			kept[key] = { ...facts, fields: renameAll(facts.fields) };
		} else if (!Object.hasOwn(objects, name)) {
			kept[name] = { ...facts, fields: renameAll(facts.fields) };
		}
	}
	return kept;
}

function plain(key: string): string {
	return key.replace(OUTPUT_SUFFIX, "");
}

function sorted(objects: Objects): Objects {
	return Object.fromEntries(Object.entries(objects).sort(([a], [b]) => (a < b ? -1 : 1)));
}
