import { isDeepStrictEqual } from "node:util";
import { isObject, isUnknown, type Properties, type Value } from "../lib/values";

/** How one property differs, in the engine's words. */
export interface PropertyChange {
	/** Path such as `tags.owner` or `subnetIds[1]`. */
	readonly path: string;
	readonly kind: "add" | "delete" | "update";
	/** True where the cloud cannot change it in place. */
	readonly replaces: boolean;
}

/** Every property that differs between two bags of inputs. `replaceOn` lists paths that force a replacement. */
export function diffProperties(olds: Properties, news: Properties, replaceOn: readonly string[]): PropertyChange[] {
	return compare("", olds, news).map((change) => ({ ...change, replaces: forces(change.path, replaceOn) }));
}

function compare(path: string, old: Value | undefined, now: Value | undefined): Omit<PropertyChange, "replaces">[] {
	if (isEmpty(old) && isEmpty(now)) {
		return [];
	}
	if (isEmpty(old)) {
		return [{ path, kind: "add" }];
	}
	if (isEmpty(now)) {
		return [{ path, kind: "delete" }];
	}
	if (isUnknown(now)) {
		return [{ path, kind: "update" }];
	}
	if (isObject(old) && isObject(now)) {
		const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((key) => !key.startsWith("__"));
		return keys.flatMap((key) => compare(path ? `${path}.${key}` : key, old[key], now[key]));
	}
	if (Array.isArray(old) && Array.isArray(now)) {
		const length = Math.max(old.length, now.length);
		return Array.from({ length }, (_, i) => i).flatMap((i) => compare(`${path}[${i}]`, old[i], now[i]));
	}
	return isDeepStrictEqual(old, now) ? [] : [{ path, kind: "update" }];
}

function isEmpty(value: Value | undefined): boolean {
	return value === undefined || value === null;
}

/** True where a changed path is, contains, or lies within one of the paths that force a replacement. */
function forces(path: string, replaceOn: readonly string[]): boolean {
	const plain = path.replaceAll(/\[\d+\]/g, "");
	return replaceOn.some((rule) => {
		const wanted = rule.replaceAll("[]", "");
		return plain === wanted || plain.startsWith(`${wanted}.`) || wanted.startsWith(`${plain}.`);
	});
}
