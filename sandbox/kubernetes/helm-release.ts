import type { Properties } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { flag, isSet, number, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, CreateContext, Fault, TypeModel } from "../model";
import { missingNamespace, namespaceOf } from "./metadata";
import { subdomain } from "./names";

const RELEASE = "kubernetes:helm.sh/v3:Release";

/** Longest release name that Helm takes, characters. */
const NAME_LENGTH = 53;

/** A Helm release: recorded as deployed; the chart is not rendered. */
export const helmRelease: TypeModel = {
	type: RELEASE,
	name: {
		path: "name",
		pattern: subdomain(NAME_LENGTH).pattern,
		allowed: subdomain(NAME_LENGTH).allowed,
		unique: "none",
		autoNameLength: NAME_LENGTH,
	},
	check: releaseFaults,
	create: (context) => {
		const namespace = namespaceOf(context.inputs, "namespace") ?? "default";
		return { id: `${namespace}/${text(context.inputs, "name")}`, outputs: outputs(context, namespace) };
	},
	update: (context) => outputs(context, namespaceOf(context.inputs, "namespace") ?? "default"),
};

function releaseFaults(context: CheckContext): Fault[] {
	const { inputs, scope, world } = context;
	const name = text(inputs, "name");
	const namespace = namespaceOf(inputs, "namespace");
	const chart = text(inputs, "chart");
	const repo = text(inputs, "repositoryOpts.repo");
	const own = world.list(RELEASE, scope).filter((other) => namespaceOf(other.outputs, "namespace") === namespace);
	const twin = own.find((other) => !isSelf(other, context) && text(other.outputs, "name") === name);
	const timeout = number(inputs, "timeout");
	return faultsOf([
		...(flag(inputs, "createNamespace") === true ? [] : [missingNamespace(context, "namespace")]),
		{
			when: name !== undefined && twin !== undefined,
			property: "name",
			reason: `${namespace} has the release ${name} already (${twin?.urn}); choose another name`,
		},
		{
			when: repo !== undefined && !/^https?:\/\//.test(repo),
			property: "repositoryOpts.repo",
			reason: `must be an http(s) address, but ${JSON.stringify(repo)} was given; OCI charts go into chart as oci://...`,
		},
		{
			when: chart?.startsWith("oci://") === true && isSet(inputs, "repositoryOpts.repo"),
			property: "repositoryOpts.repo",
			reason: "cannot be combined with an oci:// chart; remove it",
		},
		{
			when: timeout !== undefined && timeout < 0,
			property: "timeout",
			reason: `must be at least 0 seconds, but ${timeout} was given`,
		},
	]);
}

function outputs(context: CreateContext, namespace: string): Properties {
	const { inputs, self } = context;
	const name = text(inputs, "name") ?? "";
	const chart = (text(inputs, "chart") ?? "").split("/").at(-1) ?? "";
	const version = text(inputs, "version") ?? "";
	return {
		name,
		namespace,
		resourceNames: {},
		timeout: inputs.timeout ?? 300,
		version,
		status: {
			appVersion: version,
			chart,
			name,
			namespace,
			revision: (number(self?.outputs, "status.revision") ?? 0) + 1,
			status: "deployed",
			version,
		},
	};
}
