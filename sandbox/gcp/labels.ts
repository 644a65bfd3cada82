import { isUnknown, type Properties, type Value } from "../../lib/values";
import { object } from "../check/inputs";
import type { Fault } from "../model";

/** 64 labels of 63 characters each side. Source: Google Cloud, Labels overview, "Requirements for labels", unverified. */
const KEY = /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u;
const VALUE = /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u;
const MOST = 64;

/** Inputs of the types in use that hold labels of Google Cloud. */
const PATHS = ["labels", "resourceLabels", "nodeConfig.resourceLabels"];

/** What is wrong with a resource's labels. */
export function labelFaults(inputs: Properties): Fault[] {
	return PATHS.flatMap((path) => labelsFaults(object(inputs, path), path));
}

/** What is wrong with labels that stand at a path: their number, their keys and their values. */
export function labelsFaults(labels: Properties, path: string): Fault[] {
	const entries = Object.entries(labels).filter(([key]) => !key.startsWith("__"));
	const tooMany = `must be at most ${MOST} labels, but ${entries.length} were given`;
	return [
		...entries.flatMap(([key, value]) => [...keyFaults(key, path), ...valueFaults(key, value, path)]),
		...(entries.length > MOST ? [{ property: path, reason: tooMany }] : []),
	];
}

function keyFaults(key: string, path: string): Fault[] {
	const reason = `a label's key must be 1 to 63 of lower-case letters, digits, _ and -, beginning with a letter, but ${JSON.stringify(key)} was given`;
	return KEY.test(key) ? [] : [{ property: path, reason }];
}

function valueFaults(key: string, value: Value, path: string): Fault[] {
	const text = typeof value === "string" && !isUnknown(value) ? value : "";
	const reason = `a label's value must be at most 63 of lower-case letters, digits, _ and -, but ${JSON.stringify(text)} was given`;
	return VALUE.test(text) ? [] : [{ property: `${path}.${key}`, reason }];
}
