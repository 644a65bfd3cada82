import type { FieldSchema } from "./custom-kind";

/** Labels, annotations and others that have a text each. */
export const texts = { type: "object", additionalProperties: { type: "string" } } as const satisfies FieldSchema;

/** An object that Kubernetes itself judges once a workload is made of it. */
export const open = { type: "object", "x-kubernetes-preserve-unknown-fields": true } as const satisfies FieldSchema;

/**
 * A template of pods. What is named here is what is read; everything else is taken as it is, and judged by the API
 * server when a pod is made of it. Source: Kubernetes API reference, PodTemplateSpec v1 core, read 2026-11-21.
 */
export const podTemplate = {
	type: "object",
	required: ["spec"],
	properties: {
		metadata: {
			type: "object",
			properties: { labels: texts, annotations: texts },
			"x-kubernetes-preserve-unknown-fields": true,
		},
		spec: {
			type: "object",
			required: ["containers"],
			properties: {
				containers: {
					type: "array",
					items: {
						type: "object",
						required: ["name"],
						properties: { name: { type: "string" }, image: { type: "string" } },
						"x-kubernetes-preserve-unknown-fields": true,
					},
				},
			},
			"x-kubernetes-preserve-unknown-fields": true,
		},
	},
	"x-kubernetes-preserve-unknown-fields": true,
} as const satisfies FieldSchema;
