import type { TypeModel } from "../model";
import { clusterRole, clusterRoleBinding, role, roleBinding } from "./access";
import {
	configMap,
	limitRange,
	namespace,
	priorityClass,
	resourceQuota,
	secret,
	serviceAccount,
	storageClass,
} from "./configuration";
import { gkeNetwork, gkeNetworkParamSet } from "./gke-networks";
import { helmRelease } from "./helm-release";
import { cronJob, job, podDisruptionBudget } from "./jobs";
import { networkPolicy, service } from "./network";
import { leaderWorkerSetModel, rayClusterModel } from "./replica-groups";
import { daemonSet, deployment, statefulSet } from "./workloads";

const models: readonly TypeModel[] = [
	namespace,
	serviceAccount,
	configMap,
	secret,
	resourceQuota,
	limitRange,
	priorityClass,
	storageClass,
	gkeNetworkParamSet,
	gkeNetwork,
	deployment,
	statefulSet,
	daemonSet,
	job,
	cronJob,
	podDisruptionBudget,
	clusterRole,
	clusterRoleBinding,
	role,
	roleBinding,
	leaderWorkerSetModel,
	rayClusterModel,
	networkPolicy,
	service,
	helmRelease,
];

/** Every Kubernetes type that the sandbox knows, by token. A type that is not here is refused. */
export const kubernetesModels: ReadonlyMap<string, TypeModel> = new Map(models.map((model) => [model.type, model]));
