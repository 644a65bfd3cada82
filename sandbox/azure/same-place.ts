import { isUnknown, valuesAt } from "../../lib/values";
import type { Refusal } from "../check/fault-table";
import type { CheckContext } from "../model";
import { locationOf, locationOfObject } from "./place";

/** A refusal where what a property names is in another region or subscription than the resource. */
export function elsewhere(
	context: CheckContext,
	type: string,
	named: { readonly path: string; readonly to: string | readonly string[]; readonly anySubscription?: boolean },
): Refusal {
	const { inputs, scope, world } = context;
	const here = locationOf(type, context);
	const to = typeof named.to === "string" ? [named.to] : named.to;
	const wrong = valuesAt(inputs, named.path).flatMap(({ path, value }) => {
		const [target] = typeof value === "string" && !isUnknown(value) ? world.find(to, "id", value) : [];
		const there = target && locationOfObject(target, world);
		const far = there !== undefined && here !== undefined && there !== here;
		const foreign = target !== undefined && !named.anySubscription && target.account !== scope.account;
		return far || foreign ? [{ path, place: `${target?.account}/${there}` }] : [];
	});
	const [first] = wrong;
	return {
		when: first !== undefined,
		property: first?.path ?? named.path,
		reason: `must be in ${scope.account}/${here}, but it is in ${first?.place}; use one of the same subscription and region`,
	};
}
