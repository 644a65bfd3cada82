import { randomBytes } from "node:crypto";
import { isObject, isUnknown, type Properties, type Value, valuesAt } from "../../lib/values";
import type { TypeModel } from "../model";

/** Fills a missing name as the real provider does: the old one, else `<logical name>-<7 hex digits>`. */
export function fillName(model: TypeModel, logicalName: string, olds: Properties, news: Properties): Properties {
	const rule = model.name;
	if (rule?.autoNameLength === undefined || valuesAt(news, rule.path).length > 0) {
		return news;
	}
	const kept: Value | undefined = valuesAt(olds, rule.path)[0]?.value;
	const fresh = `${logicalName.slice(0, rule.autoNameLength - 8)}-${randomBytes(4).toString("hex").slice(0, 7)}`;
	return withValue(news, rule.path.split("."), kept !== undefined && !isUnknown(kept) ? kept : fresh);
}

function withValue(bag: Properties, path: readonly string[], value: Value): Properties {
	const [step, ...rest] = path;
	if (step === undefined) {
		return bag;
	}
	const inner = bag[step];
	return { ...bag, [step]: rest.length === 0 ? value : withValue(isObject(inner) ? inner : {}, rest, value) };
}
