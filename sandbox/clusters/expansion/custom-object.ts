import type { CustomKind } from "../../../catalogue/kubernetes/custom-kind";
import type { podTemplate } from "../../../catalogue/kubernetes/pod-template";
import type { SpecOf, ValueOf } from "../../../catalogue/kubernetes/spec-of";
import type { Manifest } from "../manifest";

/** An object of a custom kind whose spec has the types of the kind's schema. */
export interface CustomObject<K extends CustomKind> {
	readonly metadata: Manifest["metadata"];
	readonly spec: SpecOf<K>;
}

/** A template of pods; all but what is named in its schema is passed on unread. */
export type PodTemplate = ValueOf<typeof podTemplate>;

/** Labels or annotations. */
export type Texts = { readonly [key: string]: string };
