import type { QuotaFamily } from "../../catalogue/quota-families";
import type { Cloud } from "../../lib/cells";
import { faultsOf, type Refusal } from "../check/fault-table";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, SandboxObject, Scope, World } from "../model";
import { amountOf, type Draw, familiesOf } from "./draws";

/** How machines of a cloud count against what its accounts were granted. */
export interface DrawRule {
	readonly cloud: Cloud;
	/** Types of what draws on quotas. */
	readonly types: readonly string[];
	/** Region of a live or planned object; undefined where it is not known yet. */
	readonly regionOf: (object: SandboxObject, world: World) => string | undefined;
	/** What an object runs or reserves; nothing where it is not known yet. */
	readonly drawsOf: (object: SandboxObject, world: World) => Draw[];
}

/** What the quotas are judged by: the object as it will be, as it was, and everything else in its account and region. */
interface Drawn {
	readonly cloud: Cloud;
	readonly own: readonly Draw[];
	readonly before: readonly Draw[];
	readonly others: readonly Draw[];
}

/**
 * The quotas of its account and region that an object would exceed, beside what is live and planned there. What starts no
 * further machine is never refused, even where less was granted since.
 */
export function grantFaults(context: CheckContext, type: string, rule: DrawRule): Fault[] {
	const { scope, self, world } = context;
	const wanted = wantedObject(context, type);
	const region = rule.regionOf(wanted, world);
	if (region === undefined) {
		return [];
	}
	const place = { account: scope.account, region };
	const own = rule.drawsOf(wanted, world);
	const limited = familiesOf(rule.cloud, own).filter(({ key }) => world.granted(place, key) !== undefined);
	if (limited.length === 0) {
		return [];
	}
	const others = objectsIn(place, rule, world).filter((other) => !isSelf(other, context));
	const drawn = {
		cloud: rule.cloud,
		own,
		before: self === undefined ? [] : rule.drawsOf(self, world),
		others: others.flatMap((other) => rule.drawsOf(other, world)),
	};
	return faultsOf(limited.map((family) => exceeded(family, drawn, { place, world })));
}

/** The object as its inputs want it. */
function wantedObject({ inputs, scope, self }: CheckContext, type: string): SandboxObject {
	return { type, id: self?.id ?? "", urn: self?.urn ?? "", ...scope, inputs, outputs: inputs };
}

function objectsIn(place: Scope, { regionOf, types }: DrawRule, world: World): SandboxObject[] {
	return types.flatMap((type) => world.list(type, place)).filter((object) => regionOf(object, world) === place.region);
}

function exceeded(
	{ key, title, unit }: QuotaFamily,
	{ before, cloud, others, own }: Drawn,
	{ place, world }: { readonly place: Scope; readonly world: World },
): Refusal {
	const granted = world.granted(place, key) ?? Number.POSITIVE_INFINITY;
	const amount = (draws: readonly Draw[]): number => amountOf(cloud, key, draws);
	const [taken, had, after] = [amount(others), amount([...others, ...before]), amount([...others, ...own])];
	const property = own.find((draw) => amount([draw]) > 0)?.property ?? "";
	return {
		when: after > granted && after > had,
		property,
		reason:
			`the quota "${title}" grants ${granted} ${unit} in ${place.region}, ${taken} are taken, and this needs ` +
			`${after - taken}; ask the cloud for ${after} and say so in accounts.${cloud}.quotas.${place.region}.${key}, or use fewer machines`,
	};
}
