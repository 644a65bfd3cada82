import type { Properties } from "./values";

/** Resource options that rules, tests and reports look at; absent means the engine's default. */
export interface ResourceOptions {
	readonly protect?: boolean;
	readonly ignoreChanges?: readonly string[];
	readonly replaceOnChanges?: readonly string[];
	readonly retainOnDelete?: boolean;
	readonly deleteBeforeReplace?: boolean;
	readonly aliases?: readonly string[];
	readonly customTimeouts?: { readonly create?: string; readonly update?: string; readonly delete?: string };
}

/** The provider that a resource is created through. */
export interface ProviderRef {
	readonly urn: string;
	readonly package: string;
	/** Region or location of the provider; absent where the package has none (kubernetes) or it is unknown. */
	readonly region?: string;
}

/** One resource that the program registers; unknown inputs carry `UNKNOWN`, secrets read `SECRET`. */
export interface ResourceNode {
	readonly urn: string;
	readonly type: string;
	readonly name: string;
	/** False for components, which exist only in the program. */
	readonly custom: boolean;
	readonly cell: string;
	readonly parent?: string;
	readonly provider?: ProviderRef;
	readonly inputs: Properties;
	readonly dependencies: readonly string[];
	readonly propertyDependencies: { readonly [property: string]: readonly string[] };
	readonly options: ResourceOptions;
	/** Where the program registers it, relative to the project's root. */
	readonly source?: { readonly file: string; readonly line: number };
}

/** What the program would register, as data; the JSON Schema is blueprint/blueprint.schema.json. */
export interface Blueprint {
	readonly schemaVersion: 1;
	readonly environment: string;
	/** Cell ids, sorted. */
	readonly cells: readonly string[];
	/** Sorted by URN. */
	readonly resources: readonly ResourceNode[];
}

/** Indices over the resources of a cell or an environment that graph rules and queries share. */
export class ResourceGraph {
	readonly nodes: readonly ResourceNode[];
	private readonly byUrn: ReadonlyMap<string, ResourceNode>;
	private readonly byType: ReadonlyMap<string, readonly ResourceNode[]>;

	constructor(nodes: readonly ResourceNode[]) {
		this.nodes = nodes;
		this.byUrn = new Map(nodes.map((node) => [node.urn, node]));
		this.byType = groupBy(nodes, (node) => node.type);
	}

	get(urn: string): ResourceNode | undefined {
		return this.byUrn.get(urn);
	}

	/** All resources of the given type tokens, in URN order within a type. */
	ofType(...types: readonly string[]): ResourceNode[] {
		return types.flatMap((type) => this.byType.get(type) ?? []);
	}

	/** The resources that a property of this one was computed from, of the given types where any are named. */
	sourcesOf(node: ResourceNode, property: string, ...types: readonly string[]): ResourceNode[] {
		const urns = node.propertyDependencies[property] ?? [];
		const found = urns.flatMap((urn) => this.byUrn.get(urn) ?? []);
		return types.length === 0 ? found : found.filter((source) => types.includes(source.type));
	}
}

/** Groups items by a key, keeping their order. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const item of items) {
		const key = keyOf(item);
		const group = groups.get(key);
		if (group) {
			group.push(item);
		} else {
			groups.set(key, [item]);
		}
	}
	return groups;
}
