import { isObject } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { isSet, list, text } from "../check/inputs";
import type { CheckContext, Fault, TypeModel } from "../model";
import { defineGcp } from "./define";
import { keyReference, keyUseFaults } from "./kms-use";
import { defineGrant } from "./members";
import { locationId } from "./names";

const REPOSITORY = "gcp:artifactregistry/repository:Repository";
const APIS = ["artifactregistry.googleapis.com"];

/** A repository of images or packages in one location. */
export const repository: TypeModel = defineGcp({
	type: REPOSITORY,
	apis: APIS,
	name: {
		path: "repositoryId",
		pattern: /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
		allowed: "1 to 63 of lower-case letters, digits and hyphens, beginning with a letter, not ending with a hyphen",
		unique: "region",
	},
	references: [keyReference("kmsKeyName")],
	values: {
		"cleanupPolicies[].action": ["DELETE", "KEEP"],
		"cleanupPolicies[].condition.tagState": ["TAGGED", "UNTAGGED", "ANY"],
		format: ["DOCKER", "MAVEN", "NPM", "PYTHON", "APT", "YUM", "GO", "KFP", "GENERIC", "RUBY"],
		mode: ["STANDARD_REPOSITORY", "VIRTUAL_REPOSITORY", "REMOTE_REPOSITORY"],
		"vulnerabilityScanningConfig.enablementConfig": ["INHERITED", "DISABLED"],
	},
	check: repositoryFaults,
	defaults: { mode: "STANDARD_REPOSITORY" },
	id: ({ inputs, scope }) =>
		locationId(scope, text(inputs, "location") ?? scope.region, "repositories", text(inputs, "repositoryId") ?? ""),
	computed: (context) => {
		const { inputs, scope, now } = context;
		const name = text(inputs, "repositoryId") ?? "";
		const location = text(inputs, "location") ?? scope.region;
		return {
			createTime: now,
			name,
			registryUri: `${location}-${suffixOf(inputs.format)}.pkg.dev/${scope.account}/${name}`,
		};
	},
	derived: ({ now }) => ({ updateTime: now }),
});

function suffixOf(format: unknown): string {
	return String(format).toLowerCase();
}

function repositoryFaults(context: CheckContext): Fault[] {
	const { inputs } = context;
	const location = text(inputs, "location");
	const mode = text(inputs, "mode") ?? "STANDARD_REPOSITORY";
	const ids = list(inputs, "cleanupPolicies").map((policy) => (isObject(policy) ? text(policy, "id") : undefined));
	return [
		...faultsOf([
			{
				when: location !== undefined && !/^([a-z]+-[a-z]+\d+|us|europe|asia)$/.test(location),
				property: "location",
				reason: `must be a region, us, europe or asia in lower-case letters, but ${JSON.stringify(location)} was given`,
			},
			{
				when: isSet(inputs, "dockerConfig") && text(inputs, "format") !== "DOCKER",
				property: "dockerConfig",
				reason: `goes with format DOCKER only, but the format is ${text(inputs, "format")}; remove it`,
			},
			{
				when: mode !== "REMOTE_REPOSITORY" && isSet(inputs, "remoteRepositoryConfig"),
				property: "remoteRepositoryConfig",
				reason: `needs mode REMOTE_REPOSITORY, but the mode is ${mode}; set it or remove this`,
			},
			{
				when: mode !== "VIRTUAL_REPOSITORY" && isSet(inputs, "virtualRepositoryConfig"),
				property: "virtualRepositoryConfig",
				reason: `needs mode VIRTUAL_REPOSITORY, but the mode is ${mode}; set it or remove this`,
			},
			{
				when: new Set(ids).size < ids.length,
				property: "cleanupPolicies",
				reason: "names an id twice; each policy needs its own",
			},
		]),
		...keyUseFaults(context, { path: "kmsKeyName", agent: "artifactregistry" }),
	];
}

/** A grant on a repository. */
export const repositoryMember: TypeModel = defineGrant({
	type: "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember",
	apis: APIS,
	references: [
		{ path: "repository", to: [REPOSITORY], by: "id", only: /^projects\//, holds: false },
		{ path: "repository", to: [REPOSITORY], by: "repositoryId", only: /^(?!projects\/)/, holds: false },
	],
	on: ({ inputs, scope }) => {
		const name = text(inputs, "repository") ?? "";
		return name.startsWith("projects/") ? name : locationId(scope, scope.region, "repositories", name);
	},
});
