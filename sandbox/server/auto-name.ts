import { createHash, randomBytes } from "node:crypto";
import { isObject, isUnknown, type Properties, type Value, valuesAt } from "../../lib/values";
import type { TypeModel } from "../model";

/** What a name is made from: the resource's logical name, and the engine's seed, which an update takes from its plan. */
export interface NameSource {
	readonly logicalName: string;
	readonly seed: Uint8Array;
}

/** Fills a missing name as the real provider does: the old one, else `<logical name>-<7 hex digits>`. */
export function fillName(model: TypeModel, source: NameSource, olds: Properties, news: Properties): Properties {
	const rule = model.name;
	if (rule?.autoNameLength === undefined || valuesAt(news, rule.path).length > 0) {
		return news;
	}
	const kept: Value | undefined = valuesAt(olds, rule.path)[0]?.value;
	const fresh = `${source.logicalName.slice(0, rule.autoNameLength - 8)}-${digits(source)}`;
	const named = withValue(news, rule.path.split("."), kept !== undefined && !isUnknown(kept) ? kept : fresh);
	const note = rule.autoNameNote;
	return note === undefined ? named : withValue(named, ["metadata", "annotations", note], "true");
}

/** Seven hex digits: the same for the same seed, so that what was planned is what is made. */
function digits({ logicalName, seed }: NameSource): string {
	const bytes = seed.length > 0 ? createHash("sha256").update(seed).update(logicalName).digest() : randomBytes(4);
	return bytes.toString("hex").slice(0, 7);
}

function withValue(bag: Properties, path: readonly string[], value: Value): Properties {
	const [step, ...rest] = path;
	if (step === undefined) {
		return bag;
	}
	const inner = bag[step];
	return { ...bag, [step]: rest.length === 0 ? value : withValue(isObject(inner) ? inner : {}, rest, value) };
}
