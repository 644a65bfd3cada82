import type { CustomKind, FieldSchema } from "./custom-kind";
import { open, podTemplate } from "./pod-template";

const retention = { type: "string", enum: ["Retain", "Delete"] } as const satisfies FieldSchema;

const template = {
	type: "object",
	required: ["workerTemplate"],
	properties: {
		leaderTemplate: podTemplate,
		workerTemplate: podTemplate,
		// The operator's webhook refuses less than 1: the leader is one of the group.
		size: { type: "integer", minimum: 1, default: 1 },
		restartPolicy: {
			type: "string",
			enum: ["Default", "RecreateGroupOnPodRestart", "RecreateGroupAfterStart", "None"],
			default: "RecreateGroupOnPodRestart",
		},
		subGroupPolicy: {
			type: "object",
			properties: {
				subGroupPolicyType: { type: "string", enum: ["LeaderWorker", "LeaderExcluded"], default: "LeaderWorker" },
				subGroupSize: { type: "integer", minimum: 1 },
			},
		},
		volumeClaimTemplates: { type: "array", items: open },
		persistentVolumeClaimRetentionPolicy: {
			type: "object",
			properties: { whenDeleted: retention, whenScaled: retention },
		},
	},
} as const satisfies FieldSchema;

/**
 * Groups of pods, each a leader with its workers, that are made, replaced and placed together. Fields in common use;
 * `groupIdentity` is not among them, its groups being named at random. Source: LeaderWorkerSet 0.11 API reference,
 * leaderworkerset.x-k8s.io/v1, https://lws.sigs.k8s.io/docs/reference/leaderworkerset.v1/, read 2026-11-21.
 */
export const leaderWorkerSet = {
	group: "leaderworkerset.x-k8s.io",
	version: "v1",
	kind: "LeaderWorkerSet",
	plural: "leaderworkersets",
	scope: "Namespaced",
	spec: {
		type: "object",
		required: ["leaderWorkerTemplate"],
		properties: {
			replicas: { type: "integer", minimum: 0, default: 1 },
			leaderWorkerTemplate: template,
			rolloutStrategy: {
				type: "object",
				properties: {
					type: { type: "string", enum: ["RollingUpdate"], default: "RollingUpdate" },
					rollingUpdateConfiguration: {
						type: "object",
						properties: {
							partition: { type: "integer", minimum: 0, default: 0 },
							maxUnavailable: { "x-kubernetes-int-or-string": true, default: 1 },
							maxSurge: { "x-kubernetes-int-or-string": true, default: 0 },
						},
					},
				},
			},
			startupPolicy: { type: "string", enum: ["LeaderCreated", "LeaderReady"], default: "LeaderCreated" },
			networkConfig: {
				type: "object",
				required: ["subdomainPolicy"],
				properties: { subdomainPolicy: { type: "string", enum: ["Shared", "UniquePerReplica"] } },
			},
		},
	},
} as const satisfies CustomKind;
