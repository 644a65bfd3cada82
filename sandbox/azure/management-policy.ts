import type { Properties, Value } from "../../lib/values";
import { faultsOf, outside, type Refusal } from "../check/fault-table";
import { at, flag, isAbsent, isSet, list, number, object, text, texts } from "../check/inputs";
import type { CheckContext, Fault, SandboxObject, TypeModel } from "../model";
import { inGroup } from "./arm-id";
import { defineAzure } from "./define";
import { DEFAULT_NAME } from "./names";
import { parentOf, sharing } from "./place";
import { TYPE } from "./types";

/** Rules of one policy. Source: Microsoft Learn, "Azure Blob Storage lifecycle management overview", read 2026-11-21. */
const MAX_RULES = 100;
const TIERS = ["tierToCool", "tierToCold", "tierToArchive"];

/** An account's rules for moving and deleting old blobs, of which it has one set. */
export const managementPolicy: TypeModel = defineAzure({
	type: TYPE.managementPolicy,
	path: inGroup("Microsoft.Storage/storageAccounts/{accountName}/managementPolicies/{managementPolicyName}"),
	naming: DEFAULT_NAME,
	check: policyFaults,
	derived: ({ now }) => ({ lastModifiedTime: now }),
});

function policyFaults(context: CheckContext): Fault[] {
	const rules = list(context.inputs, "policy.rules");
	const account = parentOf(TYPE.managementPolicy, context);
	return faultsOf([
		{
			when: rules.length > MAX_RULES || (rules.length === 0 && Array.isArray(at(context.inputs, "policy.rules"))),
			property: "policy.rules",
			reason: `must be 1 to ${MAX_RULES} rules, but ${rules.length} were given`,
		},
		...rules.flatMap((rule, i) => {
			const name = text(rule, "name");
			const under = `policy.rules[${i}]`;
			const twin = rules.slice(0, i).some((other) => text(other, "name") === name);
			return [
				{
					when: name !== undefined && (!/^[0-9A-Za-z-]{1,256}$/.test(name) || twin),
					property: `${under}.name`,
					reason: `must be 1 to 256 of letters, digits and hyphens, once in the policy, but ${JSON.stringify(name)} was given`,
				},
				...filterRows(rule, `${under}.definition`),
				...actionRows(rule, `${under}.definition.actions`, account),
			];
		}),
		...accessRows(context, rules),
	]);
}

function filterRows(rule: Value, under: string): Refusal[] {
	const kinds = texts(rule, "definition.filters.blobTypes");
	const baseActions = object(rule, "definition.actions.baseBlob");
	const tiering = TIERS.some((tier) => isSet(baseActions, tier));
	return [
		{
			when: isAbsent(rule, "definition.filters.blobTypes"),
			property: `${under}.filters.blobTypes`,
			reason: 'is required: "blockBlob", "appendBlob" or both; set it',
		},
		{
			when: kinds.some((kind) => !["blockBlob", "appendBlob"].includes(kind)),
			property: `${under}.filters.blobTypes`,
			reason: `must be of "blockBlob" and "appendBlob", but ${kinds.join(", ")} was given`,
		},
		{
			when: tiering && kinds.includes("appendBlob"),
			property: `${under}.actions.baseBlob`,
			reason: "append blobs cannot be moved to another tier, only deleted; make a rule of its own for them",
		},
	];
}

function actionRows(rule: Value, under: string, account: SandboxObject | undefined): Refusal[] {
	const groups = ["baseBlob", "snapshot", "version"].filter((each) => isSet(rule, `definition.actions.${each}`));
	const sku = text(account?.outputs, "sku.name") ?? "";
	return [
		{
			when: groups.length === 0 && !isUnknownActions(rule),
			property: under,
			reason: "at least one of baseBlob, snapshot and version is needed; add one",
		},
		...groups.flatMap((group) => {
			const actions = object(rule, `definition.actions.${group}`);
			const days = [...TIERS, "delete"].map((action) => daysIn(actions, action));
			const rising = days.filter((each) => each !== undefined);
			return [
				...Object.keys(actions).map((action) =>
					outside(daysIn(actions, action), `${under}.${group}.${action}`, { min: 0, max: 99999, unit: "days" }),
				),
				{
					when: rising.some((each, i) => i > 0 && each <= (rising[i - 1] ?? 0)),
					property: `${under}.${group}`,
					reason: `each step must come later than the one before (cool, cold, archive, delete), but the days are ${rising.join(", ")}`,
				},
				{
					when: isSet(actions, "tierToArchive") && /ZRS$/.test(sku),
					property: `${under}.${group}.tierToArchive`,
					reason: `the archive tier needs LRS, GRS or RA-GRS, but the account's SKU is ${sku}; use tierToCold`,
				},
			];
		}),
	];
}

function isUnknownActions(rule: Value): boolean {
	return typeof at(rule, "definition.actions") === "string" || typeof at(rule, "definition") === "string";
}

function daysIn(actions: Properties, action: string): number | undefined {
	const names = [
		"daysAfterModificationGreaterThan",
		"daysAfterCreationGreaterThan",
		"daysAfterLastAccessTimeGreaterThan",
	];
	return names.map((name) => number(actions, `${action}.${name}`)).find((days) => days !== undefined);
}

function accessRows(context: CheckContext, rules: readonly Value[]): Refusal[] {
	const byAccess = JSON.stringify(rules).includes("daysAfterLastAccessTimeGreaterThan");
	const [service] = sharing(TYPE.blobService, ["accountName"], context);
	return [
		{
			when: byAccess && flag(service?.outputs, "lastAccessTimeTrackingPolicy.enable") !== true,
			property: "policy.rules",
			reason: "rules by last access need lastAccessTimeTrackingPolicy on the account's blob service; enable it first",
		},
	];
}
