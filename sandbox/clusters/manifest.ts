import type { Properties } from "../../lib/values";
import { object } from "../check/inputs";

/** What names an object of a cluster. */
export interface ObjectName {
	readonly apiVersion: string;
	readonly kind: string;
	readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** An object as the API server takes and gives it. */
export interface Manifest extends ObjectName {
	readonly metadata: {
		readonly name: string;
		readonly namespace?: string;
		readonly labels?: { readonly [key: string]: string };
		readonly annotations?: { readonly [key: string]: string };
		readonly [field: string]: unknown;
	};
	readonly [field: string]: unknown;
}

/** The object's name as people write it. */
export function label({ metadata }: ObjectName): string {
	return metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
}

/** The object as data, without the record of who set which field. */
export function plain(live: Manifest): Properties {
	const copy: Properties = JSON.parse(JSON.stringify(live));
	const { managedFields: _, ...metadata } = object(copy, "metadata");
	return { ...copy, metadata };
}
