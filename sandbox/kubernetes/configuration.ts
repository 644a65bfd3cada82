import { isUnknown, type Properties } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { isSet, list, number, object, text } from "../check/inputs";
import type { TypeModel } from "../model";
import { defineKind } from "./define";
import { LABEL } from "./names";

/** Largest ConfigMap or Secret, bytes of JSON (the limit of etcd's values). */
const DATA_LIMIT = 1048576;

/** A namespace: it carries its own name as a label. */
export const namespace: TypeModel = defineKind({
	type: "kubernetes:core/v1:Namespace",
	namespaced: false,
	names: LABEL,
	derived: ({ inputs }) => ({
		metadata: {
			labels: {
				...object(inputs, "metadata.labels"),
				"kubernetes.io/metadata.name": text(inputs, "metadata.name") ?? "",
			},
		},
		spec: { finalizers: ["kubernetes"], ...object(inputs, "spec") },
		status: { phase: "Active" },
	}),
});

/** An identity of pods. */
export const serviceAccount: TypeModel = defineKind({ type: "kubernetes:core/v1:ServiceAccount" });

/** Settings as text; keys of letters, digits and ._-, 1 MiB at most. */
export const configMap: TypeModel = defineKind({
	type: "kubernetes:core/v1:ConfigMap",
	check: ({ inputs }) => faultsOf(dataRows(inputs, ["data", "binaryData"])),
});

/** Secret data, base64 under `data`, plain under `stringData`; 1 MiB at most. */
export const secret: TypeModel = defineKind({
	type: "kubernetes:core/v1:Secret",
	check: ({ inputs }) =>
		faultsOf([
			...dataRows(inputs, ["data", "stringData"]),
			...Object.entries(object(inputs, "data")).map(([key, value]) => ({
				when: typeof value === "string" && !isUnknown(value) && !/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(value),
				property: `data.${key}`,
				reason: "must be base64; encode it or use stringData",
			})),
		]),
	derived: ({ inputs }) => ({ type: inputs.type ?? "Opaque" }),
});

function dataRows(inputs: Properties, paths: readonly string[]): Refusal[] {
	const keys = paths.flatMap((path) => Object.keys(object(inputs, path)).map((key) => ({ path, key })));
	const size = JSON.stringify(paths.map((path) => inputs[path] ?? null)).length;
	return [
		...keys.map(({ path, key }) => ({
			when: !/^[\w.-]{1,253}$/.test(key) || key === "." || key === "..",
			property: `${path}.${key}`,
			reason: "a key must be 1 to 253 of letters, digits and ._-",
		})),
		{
			when: size > DATA_LIMIT,
			property: paths[0] ?? "data",
			reason: `must be at most ${DATA_LIMIT} bytes, but has ${size}; keep large data in a volume`,
		},
	];
}

/** What a namespace may use together. */
export const resourceQuota: TypeModel = defineKind({
	type: "kubernetes:core/v1:ResourceQuota",
	values: {
		"spec.scopes[]": [
			"Terminating",
			"NotTerminating",
			"BestEffort",
			"NotBestEffort",
			"PriorityClass",
			"CrossNamespacePodAffinity",
		],
	},
	check: ({ inputs }) => faultsOf(quantityRows(object(inputs, "spec.hard"), "spec.hard")),
	derived: ({ inputs }) => ({ status: { hard: object(inputs, "spec.hard"), used: {} } }),
});

/** Defaults and limits of single containers, pods and claims. */
export const limitRange: TypeModel = defineKind({
	type: "kubernetes:core/v1:LimitRange",
	values: { "spec.limits[].type": ["Pod", "Container", "PersistentVolumeClaim"] },
	check: ({ inputs }) =>
		faultsOf(
			list(inputs, "spec.limits").flatMap((limit, i) =>
				["default", "defaultRequest", "max", "min"].flatMap((path) =>
					quantityRows(object(limit, path), `spec.limits[${i}].${path}`),
				),
			),
		),
});

/** Quantities such as `500m`, `4Gi`, `1e3`. */
function quantityRows(amounts: Properties, at: string): Refusal[] {
	return Object.entries(amounts).map(([key, value]) => ({
		when:
			typeof value === "string" &&
			!isUnknown(value) &&
			!/^[+-]?(\d+(\.\d*)?|\.\d+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/.test(value),
		property: `${at}.${key}`,
		reason: `must be a quantity such as 500m, 2 or 4Gi, but ${JSON.stringify(value)} was given`,
	}));
}

/** A priority of pods, at most 1,000,000,000. */
export const priorityClass: TypeModel = defineKind({
	type: "kubernetes:scheduling.k8s.io/v1:PriorityClass",
	namespaced: false,
	values: { preemptionPolicy: ["PreemptLowerPriority", "Never"] },
	check: ({ inputs }) => {
		const value = number(inputs, "value");
		const name = text(inputs, "metadata.name");
		return faultsOf([
			{
				when: value !== undefined && (value > 1e9 || value < -2147483648 || !Number.isInteger(value)),
				property: "value",
				reason: `must be a whole number of at most 1000000000, but ${value} was given; higher ones are the system's`,
			},
			{
				when: name?.startsWith("system-") === true,
				property: "metadata.name",
				reason: `names beginning with system- are reserved, but ${name} was given`,
			},
		]);
	},
	derived: ({ inputs }) => ({ preemptionPolicy: inputs.preemptionPolicy ?? "PreemptLowerPriority" }),
});

/** A kind of storage; its reclaim policy and binding mode cannot change. */
export const storageClass: TypeModel = defineKind({
	type: "kubernetes:storage.k8s.io/v1:StorageClass",
	namespaced: false,
	values: { reclaimPolicy: ["Delete", "Retain"], volumeBindingMode: ["Immediate", "WaitForFirstConsumer"] },
	check: ({ inputs, self }) =>
		faultsOf(
			["reclaimPolicy", "volumeBindingMode"].map((path) => ({
				when:
					self !== undefined && isSet(inputs, path) && isSet(self.outputs, path) && inputs[path] !== self.outputs[path],
				property: path,
				reason: `cannot change from ${JSON.stringify(self?.outputs[path])} to ${JSON.stringify(inputs[path])}; make another class`,
			})),
		),
	derived: ({ inputs }) => ({
		reclaimPolicy: inputs.reclaimPolicy ?? "Delete",
		volumeBindingMode: inputs.volumeBindingMode ?? "Immediate",
	}),
});
