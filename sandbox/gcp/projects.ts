import { isObject } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { flag, list, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, TypeModel } from "../model";
import { defineGcp } from "./define";
import { defineGrant } from "./members";
import { SERVICE } from "./service-state";

const AUDIT = "gcp:projects/iAMAuditConfig:IAMAuditConfig";
const RESOURCE_MANAGER = "cloudresourcemanager.googleapis.com";
const SERVICE_NAME = /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*\.googleapis\.com$/;

/**
 * An enabled service. Several resources may enable the same one; unless `disableOnDestroy` is true it stays enabled
 * when the resource is deleted, which the retained list says. Creating it again is no error.
 */
export const service: TypeModel = defineGcp({
	type: SERVICE,
	apis: [],
	global: true,
	shared: true,
	check: ({ inputs }) => {
		const name = text(inputs, "service");
		return faultsOf([
			{
				when: name !== undefined && !SERVICE_NAME.test(name),
				property: "service",
				reason: `must be a service's host name such as compute.googleapis.com, but ${JSON.stringify(name)} was given`,
			},
			{
				when: flag(inputs, "disableDependentServices") === true && flag(inputs, "disableOnDestroy") !== true,
				property: "disableDependentServices",
				reason: "says what happens when the service is disabled, which needs disableOnDestroy true; set both or none",
			},
		]);
	},
	id: ({ inputs, scope }) => `${scope.account}/${text(inputs, "service")}`,
	retains: ({ inputs }) =>
		flag(inputs, "disableOnDestroy") === true ? undefined : "the service stays enabled: disableOnDestroy is not true",
});

/** A grant of a role on the project. */
export const projectMember: TypeModel = defineGrant({
	type: "gcp:projects/iAMMember:IAMMember",
	apis: [RESOURCE_MANAGER],
	global: true,
	on: ({ scope }) => scope.account,
});

/** Data access audit logs of one service or of `allServices`; authoritative for that service. */
export const auditConfig: TypeModel = defineGcp({
	type: AUDIT,
	apis: [RESOURCE_MANAGER],
	global: true,
	values: { "auditLogConfigs[].logType": ["ADMIN_READ", "DATA_READ", "DATA_WRITE"] },
	check: auditFaults,
	id: ({ inputs, scope }) => `${scope.account}/audit_config/${text(inputs, "service")}`,
	computed: (context) => ({ etag: `BwY${context.hex(8)}=` }),
});

function auditFaults(context: CheckContext): Fault[] {
	const { inputs, scope, world } = context;
	const name = text(inputs, "service");
	const types = list(inputs, "auditLogConfigs").flatMap((config) => (isObject(config) ? [config.logType ?? null] : []));
	const twin = world
		.find([AUDIT], "service", name ?? "")
		.find((other) => other.account === scope.account && !isSelf(other, context));
	return faultsOf([
		{
			when: name !== undefined && name !== "allServices" && !SERVICE_NAME.test(name),
			property: "service",
			reason: `must be allServices or a service's host name such as storage.googleapis.com, but ${JSON.stringify(name)} was given`,
		},
		{
			when: Array.isArray(inputs.auditLogConfigs) && types.length === 0,
			property: "auditLogConfigs",
			reason: 'must name at least one logType of "ADMIN_READ", "DATA_READ" and "DATA_WRITE"',
		},
		{
			when: new Set(types).size < types.length,
			property: "auditLogConfigs",
			reason: "names a logType twice; give each once",
		},
		{
			when: twin !== undefined,
			property: "service",
			reason: `the audit settings of ${name} in ${scope.account} belong to ${twin?.urn} already, and each resource replaces the whole; keep one`,
		},
	]);
}
