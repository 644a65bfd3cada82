import type {
	PolicyProviderResource,
	PolicyResource,
	PolicyResourceOptions,
	ResourceValidationArgs,
} from "@pulumi/policy";
import type { ProviderRef, ResourceNode, ResourceOptions } from "../../lib/graph";
import type { Properties } from "../../lib/values";
import { at, isHidden } from "../reading";
import { plainProperties, withoutComputed } from "./plain-values";

const PROVIDER_PREFIX = "pulumi:providers:";

/** The resource of a resource policy as rules see it: its checked inputs, no dependencies. */
export function nodeOfArgs(args: ResourceValidationArgs, environment: string): ResourceNode {
	return {
		...identity(args, environment),
		inputs: plainProperties(args.props),
		dependencies: [],
		propertyDependencies: {},
	};
}

/**
 * A resource of a stack policy as rules see it: what the program set, with what it was computed from. `checkedInputs`
 * holds what the resource policies saw; a resource that they were not shown (read, not managed) is told by its outputs.
 */
export function nodeOfResource(
	resource: PolicyResource,
	environment: string,
	checkedInputs: ReadonlyMap<string, Properties>,
): ResourceNode {
	const sources = Object.entries(resource.propertyDependencies);
	const outputs = (): Properties =>
		withoutComputed(plainProperties(resource.props), new Set(sources.map(([property]) => property)));
	return {
		...identity(resource, environment),
		cell: cellOfRoot(resource) ?? cellOf(resource.urn, environment),
		...(resource.parent ? { parent: resource.parent.urn } : {}),
		inputs: checkedInputs.get(resource.urn) ?? outputs(),
		dependencies: resource.dependencies.map(({ urn }) => urn),
		propertyDependencies: Object.fromEntries(sources.map(([property, from]) => [property, from.map(({ urn }) => urn)])),
	};
}

function identity(
	resource: ResourceValidationArgs | PolicyResource,
	environment: string,
): Omit<ResourceNode, "inputs" | "dependencies" | "propertyDependencies"> {
	return {
		urn: resource.urn,
		type: resource.type,
		name: resource.name,
		custom: resource.provider !== undefined || resource.type.startsWith(PROVIDER_PREFIX),
		cell: cellOf(resource.urn, environment),
		...(resource.provider ? { provider: providerOf(resource.provider) } : {}),
		options: optionsOf(resource.opts),
	};
}

/** The cell component that a resource stands under. */
function cellOfRoot(resource: PolicyResource): string | undefined {
	if (resource.parent !== undefined) {
		const above = cellOfRoot(resource.parent);
		if (above !== undefined) {
			return above;
		}
	}
	return resource.type.startsWith("meridian:cell:") ? resource.name : undefined;
}

/** Stacks of a cells environment are called `<environment>-<cell>`; elsewhere a stack does not tell the cell. */
function cellOf(urn: string, environment: string): string {
	const stack = urn.split(":")[2] ?? "";
	return stack.startsWith(`${environment}-`) ? stack.slice(environment.length + 1) : "";
}

function providerOf(provider: PolicyProviderResource): ProviderRef {
	const region = regionIn(plainProperties(provider.props));
	return {
		urn: provider.urn,
		package: provider.type.replace(PROVIDER_PREFIX, ""),
		...(region === undefined ? {} : { region }),
	};
}

function regionIn(props: Properties): string | undefined {
	const region = at(props, "region") ?? at(props, "location");
	return typeof region === "string" && !isHidden(region) ? region : undefined;
}

function optionsOf(opts: PolicyResourceOptions): ResourceOptions {
	return {
		protect: opts.protect,
		ignoreChanges: opts.ignoreChanges,
		aliases: opts.aliases,
		...(opts.deleteBeforeReplace === undefined ? {} : { deleteBeforeReplace: opts.deleteBeforeReplace }),
	};
}
