import type { CustomKind, FieldSchema } from "./custom-kind";
import { open, podTemplate, texts } from "./pod-template";

const autoscaler = {
	type: "object",
	properties: {
		version: { type: "string", enum: ["v1", "v2"] },
		upscalingMode: { type: "string", enum: ["Default", "Aggressive", "Conservative"] },
		/** Seconds without use after which a worker goes. */
		idleTimeoutSeconds: { type: "integer", minimum: 0 },
		image: { type: "string" },
		imagePullPolicy: { type: "string", enum: ["Always", "IfNotPresent", "Never"] },
		resources: open,
		securityContext: open,
		env: { type: "array", items: open },
		envFrom: { type: "array", items: open },
		volumeMounts: { type: "array", items: open },
	},
} as const satisfies FieldSchema;

const credential = {
	type: "object",
	properties: { value: { type: "string" }, valueFrom: open },
} as const satisfies FieldSchema;

const head = {
	type: "object",
	required: ["template"],
	properties: {
		template: podTemplate,
		rayStartParams: texts,
		serviceType: { type: "string", enum: ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"] },
		headService: open,
		enableIngress: { type: "boolean" },
		/** What Ray may hand out; what a pod asks for stands in the template. */
		resources: texts,
		labels: texts,
	},
} as const satisfies FieldSchema;

const workers = {
	type: "object",
	required: ["groupName", "template"],
	properties: {
		groupName: { type: "string" },
		template: podTemplate,
		replicas: { type: "integer", minimum: 0, default: 0 },
		minReplicas: { type: "integer", minimum: 0, default: 0 },
		maxReplicas: { type: "integer", minimum: 0, default: 2_147_483_647 },
		/** Pods of one replica, each on a host of its own. */
		numOfHosts: { type: "integer", minimum: 0, default: 1 },
		suspend: { type: "boolean" },
		idleTimeoutSeconds: { type: "integer", minimum: 0 },
		rayStartParams: texts,
		resources: texts,
		labels: texts,
		scaleStrategy: {
			type: "object",
			properties: { workersToDelete: { type: "array", items: { type: "string" } } },
		},
	},
} as const satisfies FieldSchema;

/**
 * A Ray cluster: a head and groups of workers. Fields in common use. Source: KubeRay 1.6 API reference, ray.io/v1,
 * https://github.com/ray-project/kuberay/blob/v1.6.0/docs/reference/api.md, read 2026-11-21.
 */
export const rayCluster = {
	group: "ray.io",
	version: "v1",
	kind: "RayCluster",
	plural: "rayclusters",
	scope: "Namespaced",
	spec: {
		type: "object",
		required: ["headGroupSpec"],
		properties: {
			headGroupSpec: head,
			workerGroupSpecs: { type: "array", items: workers },
			rayVersion: { type: "string" },
			suspend: { type: "boolean" },
			managedBy: { type: "string", enum: ["ray.io/kuberay-operator", "kueue.x-k8s.io/multikueue"] },
			enableInTreeAutoscaling: { type: "boolean" },
			autoscalerOptions: autoscaler,
			headServiceAnnotations: texts,
			gcsFaultToleranceOptions: {
				type: "object",
				properties: {
					redisAddress: { type: "string" },
					redisUsername: credential,
					redisPassword: credential,
					externalStorageNamespace: { type: "string" },
				},
			},
			upgradeStrategy: {
				type: "object",
				properties: { type: { type: "string", enum: ["Recreate", "None"] } },
			},
		},
	},
} as const satisfies CustomKind;
