import { isDeepStrictEqual } from "node:util";
import type { Properties, Value } from "../../lib/values";
import { at, isSet, text } from "../check/inputs";
import { factsOfType } from "../facts";
import type { CheckContext, CreateContext, Fault, Reference, SandboxObject, TypeModel, World } from "../model";
import { armTypeOf, expandPath, guid, parametersOf } from "./arm-id";
import { containmentFaults, type Naming, placeFaults } from "./container-rules";
import { openEnumFaults } from "./enums";
import { locationOf } from "./place";
import { CONTAINMENT } from "./types";

/** A resource type of Azure: a model whose id is an ARM path and whose outputs are given by what makes them. */
export interface AzureType extends Omit<TypeModel, "create" | "update" | "name" | "global"> {
	/** ARM path with the inputs that fill it; the last one is the object's own name. */
	readonly path: string;
	readonly naming: Naming;
	/** True where Azure itself makes the resource group that holds it (NetworkWatcherRG). */
	readonly groupIsAzures?: boolean;
	/** Types of what lives inside and goes along when the object is deleted, as a vault's keys. */
	readonly takes?: readonly string[];
	/** True for what is in no region: its location is `global`. */
	readonly placeless?: boolean;
	/** Paths whose enumeration the API leaves open. */
	readonly openEnums?: readonly string[];
	/** Paths that the API refuses to change, although azure-native does not replace for them. */
	readonly immutable?: readonly string[];
	/** Top-level outputs that take this value where the program leaves the input out. */
	readonly defaults?: Properties;
	/** Outputs that are fixed at creation. */
	readonly computed?: (context: CreateContext, id: string) => Properties;
	/** Outputs that follow the inputs, at creation and at each update. */
	readonly derived?: (context: CreateContext, id: string) => Properties;
}

/** A reference by ARM id. Ids are unique in all of Azure; where Azure wants one place, the model checks it. */
export function byId(path: string, to: readonly string[], options: { readonly holds?: boolean } = {}): Reference {
	return { path, to, by: "id", anyRegion: true, ...options };
}

/** The model of an Azure type: adds names, places, containers, open enumerations and the outputs that all types have. */
export function defineAzure(spec: AzureType): TypeModel {
	const { type, path } = spec;
	return {
		type,
		...(spec.references ? { references: spec.references } : {}),
		...(spec.values ? { values: spec.values } : {}),
		...(spec.retains ? { retains: spec.retains } : {}),
		...(spec.keepsName ? { keepsName: true } : {}),
		// What azure-native named at random it makes anew first; everything else has the same id again.
		deletesFirst: (inputs) => isSet(inputs, ownName(path)) || !isRandomlyNamed(spec),
		check: (context) => faults(spec, context),
		create: (context) => {
			const name = nameOf(spec, context);
			const named = { ...context, inputs: { ...context.inputs, [ownName(path)]: name } };
			const id = expandPath(path, named.inputs, context.scope.account);
			return { id, outputs: { ...following(spec, named, id, name), ...spec.computed?.(named, id) } };
		},
		update: (context) => {
			refuseFixed(spec, context);
			const name = nameOf(spec, context);
			const named = { ...context, inputs: { ...context.inputs, [ownName(path)]: name } };
			return following(spec, named, context.self?.id ?? "", name);
		},
		refusesDelete: (object, world) => inhabited(object, world, spec.takes) ?? spec.refusesDelete?.(object, world),
		...(spec.takes ? { takesAlong: (object: SandboxObject, world: World) => inside(object, world, spec.takes) } : {}),
	};
}

function faults(spec: AzureType, context: CheckContext): Fault[] {
	const open = openEnumFaults(spec.type, context.inputs);
	const bare = (property: string): string => property.replaceAll(/\[\d+\]/g, "[]");
	return [
		...open.filter(({ property }) => !spec.openEnums?.includes(bare(property))),
		...placeFaults(spec, context),
		...containmentFaults(spec, context),
		...(spec.check?.(context) ?? []),
	];
}

function ownName(path: string): string {
	return parametersOf(path).at(-1) ?? "";
}

/**
 * The given name, the one that it has, or one as azure-native makes it (`AutoName` of its generator): a GUID for role
 * assignments, the logical name for what lives in something, else the logical name and 8 hex digits.
 */
function nameOf({ path, type }: AzureType, context: CreateContext): string {
	const own = ownName(path);
	const known = text(context.inputs, own) ?? text(context.self?.outputs, own);
	if (known !== undefined) {
		return known;
	}
	if (own === "roleAssignmentName") {
		return guid(context);
	}
	return isRandomlyNamed({ path, type }) ? context.logicalName + context.hex(8) : context.logicalName;
}

function isRandomlyNamed({ path, type }: Pick<AzureType, "path" | "type">): boolean {
	return !CONTAINMENT.some(({ child }) => child === type) && ownName(path) !== "flowLogName";
}

function following(spec: AzureType, context: CreateContext, id: string, name: string): Properties {
	return {
		...everywhere(spec, context, name),
		...filled(context.inputs, spec.defaults ?? {}),
		...spec.derived?.(context, id),
	};
}

/** Each default, or the program's own value where it gives one. */
function filled(inputs: Properties, defaults: Properties): Properties {
	const rows = Object.entries(defaults).map(([key, value]): [string, Value] => [key, inputs[key] ?? value]);
	return Object.fromEntries(rows);
}

/** Outputs that every type with them fills in the same way; the path's own parameter goes along, so that children find it. */
function everywhere(spec: AzureType, context: CreateContext, name: string): Properties {
	const facts = factsOfType(spec.type);
	const has = (output: string): boolean => Object.hasOwn(facts?.outputs ?? {}, output);
	const place = spec.placeless ? "global" : locationOf(spec.type, context);
	const before = text(context.self?.outputs, "etag");
	return {
		[ownName(spec.path)]: name,
		...(has("name") ? { name } : {}),
		...(has("type") ? { type: armTypeOf(spec.path) } : {}),
		...(has("location") && place !== undefined ? { location: place } : {}),
		...(has("provisioningState") ? { provisioningState: "Succeeded" } : {}),
		...(has("etag") ? { etag: before ?? `W/"${guid(context)}"` } : {}),
	};
}

function refuseFixed({ immutable = [], type }: AzureType, { inputs, self }: CreateContext): void {
	const changed = immutable.filter((path) => {
		const [old, now] = [at(self?.outputs, path), at(inputs, path)];
		return old !== undefined && now !== undefined && !isDeepStrictEqual(old, now);
	});
	if (changed.length > 0) {
		throw new Error(
			`PropertyChangeNotAllowed: Azure does not change ${changed.join(", ")} of ${type} ${self?.id} in place, and ` +
				"azure-native does not replace for it; name it in replaceOnChanges or give the resource another name",
		);
	}
}

/** What lives inside an object, of the given types where they are named. */
function inside(object: SandboxObject, world: World, types?: readonly string[]): SandboxObject[] {
	const relations = CONTAINMENT.filter(
		({ child, parent }) => parent === object.type && (types?.includes(child) ?? true),
	);
	return relations.flatMap(({ child, by }) => {
		const names = ["resourceGroupName", ...by];
		const last = by.at(-1) ?? "";
		const same = (other: SandboxObject): boolean =>
			other.account === object.account && names.every((name) => other.outputs[name] === object.outputs[name]);
		return world.find([child], last, object.outputs[last] ?? "").filter(same);
	});
}

/** Azure would delete what lives inside along with the object; undeclared loss is refused here. */
function inhabited(object: SandboxObject, world: World, takes: readonly string[] = []): string | undefined {
	const kept = inside(object, world).filter(({ type }) => !takes.includes(type));
	const ids = kept.map(({ id }) => id).join(", ");
	return kept.length === 0 ? undefined : `it holds ${ids}, which Azure would delete with it; delete these first`;
}
