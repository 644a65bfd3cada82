import type { Properties, Value } from "../lib/values";

/** A live object of an emulated cloud, as the inventory keeps it. */
export interface SandboxObject {
	/** Resource type token, as `aws:ec2/vpc:Vpc`. */
	readonly type: string;
	/** The id that the real cloud or its provider would give. */
	readonly id: string;
	readonly urn: string;
	/** Account, project or subscription that holds it. */
	readonly account: string;
	/** Region; `global` for what has none. */
	readonly region: string;
	readonly inputs: Properties;
	/** Inputs and computed outputs together, as the provider returns them. */
	readonly outputs: Properties;
	/** True where several resources may stand for the same thing in the cloud (`TypeModel.shared`). */
	readonly shared?: true;
}

/** Something wrong with a resource's inputs. `property` is a path such as `vpcConfig.subnetIds[1]`. */
export interface Fault {
	readonly property: string;
	readonly reason: string;
}

/** Where a provider instance works, known from its configuration. */
export interface Scope {
	readonly account: string;
	readonly region: string;
}

/** What exists, as a model sees it: live objects, and in a preview those that the same preview plans. */
export interface World {
	/** Objects of the types whose output `by` equals `value`, in every region of the scope's account and beyond. */
	find(types: readonly string[], by: string, value: Value): SandboxObject[];
	/** All objects of a type in the scope's account and region (`global` objects always count). */
	list(type: string, scope: Scope): SandboxObject[];
	/** How much of a quota's family (catalogue/quota-families.ts, in its unit) was granted; undefined: not limited. */
	granted(scope: Scope, family: string): number | undefined;
}

/** A property that names another object. Checked for existence, and it holds its target against deletion. */
export interface Reference {
	/** Path such as `vpcConfig.subnetIds[]`. */
	readonly path: string;
	/** Types that may be meant. */
	readonly to: readonly string[];
	/** Output of the target that the property repeats: `id`, `arn`, `name`. */
	readonly by: string;
	/** Only values that match are references; others name what the cloud itself owns (`arn:aws:iam::aws:policy/...`). */
	readonly only?: RegExp;
	/** True where the target may live in another region than the object (IAM, S3, Route 53 are always found). */
	readonly anyRegion?: boolean;
	/** False where the cloud lets the target be deleted while this object lives (a log's bucket). Default true. */
	readonly holds?: boolean;
}

/** The rule for an object's name. */
export interface NameRule {
	/** Input that carries it. */
	readonly path: string;
	readonly pattern: RegExp;
	/** In words, with lengths: `1 to 64 of letters, digits and +=,.@_-`. */
	readonly allowed: string;
	/** Within what the name is unique; `none` where the cloud allows twins. */
	readonly unique: "everywhere" | "account" | "region" | "none";
	/** The real provider fills a missing name with `<logical name>-<7 hex>`, cut to this many characters. */
	readonly autoNameLength?: number;
	/** Annotation by which the provider knows later that it chose the name itself. */
	readonly autoNameNote?: string;
}

/** What an object is checked against beyond its own type; `self` is the object being replaced or updated, if any. */
export interface CheckContext {
	readonly inputs: Properties;
	readonly scope: Scope;
	readonly world: World;
	readonly self: SandboxObject | undefined;
}

/** What computed outputs are made from. */
export interface CreateContext extends CheckContext {
	/** Logical name of the resource in the program. */
	readonly logicalName: string;
	/** Lower-case hex digits, new at each call. */
	readonly hex: (digits: number) => string;
	/** Decimal digits, new at each call. */
	readonly digits: (count: number) => string;
	/** RFC 3339 time of creation. */
	readonly now: string;
}

/** The id and the outputs that the cloud computes, beyond the inputs. */
export interface Created {
	readonly id: string;
	readonly outputs: Properties;
}

/**
 * What the sandbox knows of a resource type beyond what the SDK's types say (sandbox/facts): one entry a type,
 * in the package's folder. The server applies facts first, then these, and reports every fault at once.
 */
export interface TypeModel {
	readonly type: string;
	/** True where the object belongs to the account, not to a region (IAM, Route 53). */
	readonly global?: boolean;
	/**
	 * True where creating what exists already is no error, and several resources may stand for it (an enabled service, a
	 * grant): each resource has an object of its own, and the thing is there while one of them lives.
	 */
	readonly shared?: boolean;
	/** True where the cloud never gives the id of a retained object again (a key ring). */
	readonly keepsName?: boolean;
	/**
	 * True where the provider deletes the old object before it makes a replacement with these inputs, `changed` being the
	 * paths that differ; else the name decides.
	 */
	readonly deletesFirst?: (inputs: Properties, changed: readonly string[]) => boolean;
	readonly name?: NameRule;
	readonly references?: readonly Reference[];
	/** Allowed values by path, where the SDK's type only says `string`: `{"metadataOptions.httpTokens": [...]}`. */
	readonly values?: { readonly [path: string]: readonly string[] };
	/** Everything else that the cloud refuses: addresses, ranges, combinations, quotas. */
	readonly check?: (context: CheckContext) => Fault[];
	readonly create: (context: CreateContext) => Created;
	/** Outputs that change with an update; what is not returned stays as it was. */
	readonly update?: (context: CreateContext) => Properties;
	/** Why the cloud refuses to delete the object now (beyond references), or nothing. */
	readonly refusesDelete?: (object: SandboxObject, world: World) => string | undefined;
	/** What the cloud deletes along with the object. */
	readonly takesAlong?: (object: SandboxObject, world: World) => readonly SandboxObject[];
	/** Why the cloud keeps the object after its deletion (key pending deletion), or nothing where it is gone at once. */
	readonly retains?: (object: SandboxObject) => string | undefined;
}
