import type { Properties, Value } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { object, text } from "../check/inputs";
import { factsOfType } from "../facts";
import type { CheckContext, CreateContext, Fault, SandboxObject, TypeModel } from "../model";
import { labelFaults } from "./labels";
import { apiFaults } from "./service-state";

/** A resource type of Google Cloud: a model whose outputs are given by what makes them. */
export interface GcpType extends Omit<TypeModel, "create" | "update"> {
	/** Services that must be enabled in the project, as `compute.googleapis.com`. */
	readonly apis: readonly string[];
	/** Top-level outputs that take this value where the program leaves the input out. */
	readonly defaults?: Properties;
	readonly id: (context: CreateContext) => string;
	/** Outputs that are fixed at creation. */
	readonly computed?: (context: CreateContext, id: string) => Properties;
	/** Outputs that follow the inputs, at creation and at each update. */
	readonly derived?: (context: CreateContext, id: string) => Properties;
}

/** The model of a type: adds defaults, place, labels, the service that must be enabled, and `deletionPolicy`. */
export function defineGcp(spec: GcpType): TypeModel {
	const { apis, defaults, id: idOf, computed, derived, check, refusesDelete, retains, ...model } = spec;
	const following = (context: CreateContext, id: string): Properties => ({
		...filled(context.inputs, defaults ?? {}),
		...everywhere(spec.type, context),
		...derived?.(context, id),
	});
	return {
		...model,
		check: (context) => [
			...apiFaults(context, apis),
			...deletionFaults(context),
			...labelFaults(context.inputs),
			...(check?.(context) ?? []),
		],
		create: (context) => {
			const id = idOf(context);
			return { id, outputs: { ...following(context, id), ...computed?.(context, id) } };
		},
		update: (context) => following(context, context.self?.id ?? ""),
		refusesDelete: (live, world) => prevented(live) ?? refusesDelete?.(live, world),
		retains: (live) => abandoned(live) ?? retains?.(live),
	};
}

/** Each default, or the program's own value where it gives one. */
function filled(inputs: Properties, defaults: Properties): Properties {
	const rows = Object.entries(defaults).map(([key, value]): [string, Value] => [key, inputs[key] ?? value]);
	return Object.fromEntries(rows);
}

/** Outputs that every type with them fills in the same way; the provider's default labels are added by the package. */
function everywhere(type: string, { inputs, scope }: CreateContext): Properties {
	const outputs = factsOfType(type)?.outputs ?? {};
	const labels = object(inputs, Object.hasOwn(outputs, "resourceLabels") ? "resourceLabels" : "labels");
	const rows: { readonly [key: string]: Value } = {
		deletionPolicy: text(inputs, "deletionPolicy") ?? "DELETE",
		effectiveLabels: labels,
		location: text(inputs, "location") ?? scope.region,
		project: text(inputs, "project") ?? scope.account,
		pulumiLabels: labels,
		region: scope.region,
	};
	return Object.fromEntries(Object.entries(rows).filter(([key]) => Object.hasOwn(outputs, key)));
}

/** Values of `deletionPolicy`. Source: @pulumi/gcp 9.37.0, docstring of the property, 2026-11-21. */
const DELETION_POLICIES = ["DELETE", "ABANDON", "PREVENT"];

function deletionFaults({ inputs }: CheckContext): Fault[] {
	const policy = text(inputs, "deletionPolicy");
	return faultsOf([
		{
			when: policy !== undefined && !DELETION_POLICIES.includes(policy),
			property: "deletionPolicy",
			reason: `must be "DELETE", "ABANDON" or "PREVENT", but ${JSON.stringify(policy)} was given`,
		},
	]);
}

function prevented({ inputs }: SandboxObject): string | undefined {
	return text(inputs, "deletionPolicy") === "PREVENT"
		? "deletionPolicy is PREVENT; set it to DELETE and update first"
		: undefined;
}

function abandoned({ inputs }: SandboxObject): string | undefined {
	return text(inputs, "deletionPolicy") === "ABANDON"
		? "deletionPolicy is ABANDON: the object stays, and nothing manages it"
		: undefined;
}
