import { isObject, type Properties } from "../../lib/values";
import { didYouMean } from "../check/did-you-mean";
import { faultsOf, type Refusal } from "../check/fault-table";
import { text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, TypeModel } from "../model";
import { defineAws } from "./define";
import { CLUSTER } from "./eks-cluster";
import { arn, uuid } from "./names";
import type { ConditionKeys } from "./policy-conditions";
import { policyFaults } from "./policy-document";
import { untrusted } from "./trust";

const ADDON = "aws:eks/addon:Addon";
const ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const ROLE = "aws:iam/role:Role";

/** Add-ons of AWS and of its community list; those of the marketplace are written `vendor_product`. */
const ADDONS = [
	"adot",
	"amazon-cloudwatch-observability",
	"amazon-sagemaker-hyperpod-taskgovernance",
	"amazon-sagemaker-hyperpod-training-operator",
	"aws-ebs-csi-driver",
	"aws-efs-csi-driver",
	"aws-fsx-csi-driver",
	"aws-guardduty-agent",
	"aws-mountpoint-s3-csi-driver",
	"aws-network-flow-monitoring-agent",
	"aws-privateca-connector-for-kubernetes",
	"aws-secrets-store-csi-driver-provider",
	"cert-manager",
	"coredns",
	"eks-node-monitoring-agent",
	"eks-pod-identity-agent",
	"external-dns",
	"fluent-bit",
	"kube-proxy",
	"kube-state-metrics",
	"metrics-server",
	"prometheus-node-exporter",
	"snapshot-controller",
	"vpc-cni",
];

/** An EKS add-on; one of a name in each cluster. */
export const addon: TypeModel = defineAws({
	type: ADDON,
	references: [
		{ path: "clusterName", to: [CLUSTER], by: "name", holds: false },
		{ path: "serviceAccountRoleArn", to: [ROLE], by: "arn", holds: false },
		{ path: "podIdentityAssociations[].roleArn", to: [ROLE], by: "arn", holds: false },
	],
	values: {
		resolveConflictsOnCreate: ["NONE", "OVERWRITE"],
		resolveConflictsOnUpdate: ["NONE", "OVERWRITE", "PRESERVE"],
	},
	check: (context) => {
		const { inputs } = context;
		const name = text(inputs, "addonName");
		const version = text(inputs, "addonVersion");
		const twin = sibling(ADDON, context, (other) => text(other, "addonName") === name);
		return faultsOf([
			{
				when: name !== undefined && !ADDONS.includes(name) && !/^[a-z0-9-]+_[a-z0-9-]+$/.test(name),
				property: "addonName",
				reason: `there is no add-on ${JSON.stringify(name)}${didYouMean(name ?? "", ADDONS)}`,
			},
			{
				when: name !== undefined && twin !== undefined,
				property: "addonName",
				reason: `the cluster has the add-on ${name} already (${twin}); keep one of them`,
			},
			{
				when: version !== undefined && !/^v\d+\.\d+\.\d+-eksbuild\.\d+$/.test(version) && !name?.includes("_"),
				property: "addonVersion",
				reason: `must be of the form v1.2.3-eksbuild.4, but ${JSON.stringify(version)} was given`,
			},
			versionSkew(context),
			{
				when: brokenJson(text(inputs, "configurationValues")),
				property: "configurationValues",
				reason: "must be JSON, but the text does not parse; mend it",
			},
		]);
	},
	defaults: { configurationValues: "" },
	id: ({ inputs }) => `${text(inputs, "clusterName")}:${text(inputs, "addonName")}`,
	computed: (context) => ({
		arn: arn(
			context.scope,
			"eks",
			`addon/${text(context.inputs, "clusterName")}/${text(context.inputs, "addonName")}/${uuid(context)}`,
		),
		createdAt: context.now,
	}),
	derived: (context) => ({
		addonVersion: text(context.inputs, "addonVersion") ?? "v0.0.0-eksbuild.0",
		modifiedAt: context.now,
	}),
});

/**
 * EKS publishes kube-proxy for each minor version and takes no other. An update may name the next one: a preview sees
 * the cluster before its own upgrade.
 */
function versionSkew({ inputs, self, world }: CheckContext): Refusal {
	const version = text(inputs, "addonVersion");
	const owner = text(inputs, "clusterName");
	const [cluster] = owner === undefined ? [] : world.find([CLUSTER], "name", owner);
	const minorOf = (value: string | undefined): number => Number(/^v?1\.(\d+)/.exec(value ?? "")?.[1]);
	const ahead = minorOf(version) - minorOf(text(cluster?.outputs, "version"));
	const kept = self !== undefined && text(self.outputs, "addonVersion") === version;
	const fits = Number.isNaN(ahead) || kept || ahead === 0 || (self !== undefined && ahead === 1);
	return {
		when: text(inputs, "addonName") === "kube-proxy" && !fits,
		property: "addonVersion",
		reason: `must be of the cluster's minor version ${text(cluster?.outputs, "version")}, but ${version} was given; take the add-on's version for it`,
	};
}

/** Text that begins like JSON and is none; EKS takes YAML too, which is not looked into. */
function brokenJson(value: string | undefined): boolean {
	if (value === undefined || !/^\s*[[{]/.test(value)) {
		return false;
	}
	try {
		return !isObject(JSON.parse(value));
	} catch {
		return true;
	}
}

/** The id or URN of another object of the same cluster that fits. */
function sibling(type: string, context: CheckContext, fits: (outputs: Properties) => boolean): string | undefined {
	const owner = text(context.inputs, "clusterName");
	const others = owner === undefined ? [] : context.world.list(type, context.scope);
	const found = others.find(
		(other) => !isSelf(other, context) && other.outputs.clusterName === owner && fits(other.outputs),
	);
	return found?.id || found?.urn;
}

/** Ties a service account to a role through EKS Pod Identity; one association each service account. */
export const podIdentityAssociation: TypeModel = defineAws({
	type: ASSOCIATION,
	references: [
		{ path: "clusterName", to: [CLUSTER], by: "name", holds: false },
		{ path: "roleArn", to: [ROLE], by: "arn", holds: false },
	],
	check: podIdentityFaults,
	defaults: { disableSessionTags: false, externalId: "", policy: "", targetRoleArn: "" },
	id: (context) => `a-${context.hex(17)}`,
	computed: (context, id) => ({
		associationArn: arn(context.scope, "eks", `podidentityassociation/${text(context.inputs, "clusterName")}/${id}`),
		associationId: id,
	}),
});

function podIdentityFaults(context: CheckContext): Fault[] {
	const { inputs } = context;
	const [namespace, account] = [text(inputs, "namespace"), text(inputs, "serviceAccount")];
	const twin = sibling(
		ASSOCIATION,
		context,
		(other) => other.namespace === namespace && other.serviceAccount === account,
	);
	return [
		...policyFaults(inputs.policy, "policy", "identity", 2048),
		...faultsOf([
			{
				when: namespace !== undefined && account !== undefined && twin !== undefined,
				property: "serviceAccount",
				reason: `${namespace}/${account} has the association ${twin} already; change that one`,
			},
			untrusted(context, {
				path: "roleArn",
				service: "pods.eks.amazonaws.com",
				actions: ["sts:AssumeRole", "sts:TagSession"],
				keys: sessionKeys(context),
			}),
		]),
	];
}

/** What EKS says of the session that it asks for. Source: EKS user guide, "EKS Pod Identity session tags". */
function sessionKeys({ inputs, world }: CheckContext): ConditionKeys {
	const owner = text(inputs, "clusterName");
	const [cluster] = owner === undefined ? [] : world.find([CLUSTER], "name", owner);
	return {
		"aws:SourceArn": text(cluster?.outputs, "arn"),
		"aws:RequestTag/eks-cluster-name": owner,
		"aws:RequestTag/kubernetes-namespace": text(inputs, "namespace"),
		"aws:RequestTag/kubernetes-service-account": text(inputs, "serviceAccount"),
	};
}
