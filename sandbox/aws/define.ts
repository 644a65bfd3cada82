import type { Properties, Value } from "../../lib/values";
import { object } from "../check/inputs";
import { factsOfType } from "../facts";
import type { CreateContext, TypeModel } from "../model";

/** A resource type of AWS: a model whose outputs are given by what makes them. */
export interface AwsType extends Omit<TypeModel, "create" | "update"> {
	/** Top-level outputs that take this value where the program leaves the input out. */
	readonly defaults?: Properties;
	readonly id: (context: CreateContext) => string;
	/** Outputs that are fixed at creation. */
	readonly computed?: (context: CreateContext, id: string) => Properties;
	/** Outputs that follow the inputs, at creation and at each update. */
	readonly derived?: (context: CreateContext, id: string) => Properties;
}

/** The model of an AWS type: adds defaults, `region` and `tagsAll` (provider default tags arrive merged into `tags`). */
export function defineAws(spec: AwsType): TypeModel {
	const { defaults, id: idOf, computed, derived, ...model } = spec;
	const following = (context: CreateContext, id: string): Properties => ({
		...filled(context.inputs, defaults ?? {}),
		...everywhere(spec.type, context),
		...derived?.(context, id),
	});
	return {
		...model,
		create: (context) => {
			const id = idOf(context);
			return { id, outputs: { ...following(context, id), ...computed?.(context, id) } };
		},
		update: (context) => following(context, context.self?.id ?? ""),
	};
}

/** Each default, or the program's own value where it gives one. */
function filled(inputs: Properties, defaults: Properties): Properties {
	const rows = Object.entries(defaults).map(([key, value]): [string, Value] => [key, inputs[key] ?? value]);
	return Object.fromEntries(rows);
}

/** Outputs that every type with them fills in the same way. */
function everywhere(type: string, context: CreateContext): Properties {
	const outputs = factsOfType(type)?.outputs ?? {};
	return {
		...(Object.hasOwn(outputs, "region") ? { region: context.scope.region } : {}),
		...(Object.hasOwn(outputs, "tagsAll") ? { tagsAll: object(context.inputs, "tags") } : {}),
	};
}
