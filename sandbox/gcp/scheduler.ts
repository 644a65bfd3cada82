import { faultsOf, outside, type Refusal } from "../check/fault-table";
import { isSet, number, text } from "../check/inputs";
import type { CheckContext, TypeModel } from "../model";
import { defineGcp } from "./define";
import { locationId } from "./names";

const TARGETS = ["httpTarget", "pubsubTarget", "appEngineHttpTarget"];
/** Methods whose requests have a body. Source: the SDK's docstring of httpTarget.body (@pulumi/gcp 9.37.0). */
const WITH_BODY = ["POST", "PUT", "PATCH"];
/** Least and most of each field of a cron line: minute, hour, day of the month, month, day of the week. */
const CRON = [
	[0, 59],
	[0, 23],
	[1, 31],
	[1, 12],
	[0, 7],
] as const;

/** A job of Cloud Scheduler, which calls an address at times that a cron line says. */
export const schedulerJob: TypeModel = defineGcp({
	type: "gcp:cloudscheduler/job:Job",
	apis: ["cloudscheduler.googleapis.com"],
	name: {
		path: "name",
		pattern: /^[A-Za-z\d_-]{1,500}$/,
		allowed: "1 to 500 of letters, digits, hyphens and underscores",
		unique: "region",
		autoNameLength: 255,
	},
	references: [
		{
			path: "httpTarget.oauthToken.serviceAccountEmail",
			to: ["gcp:serviceaccount/account:Account"],
			by: "email",
			holds: false,
			only: /\.iam\.gserviceaccount\.com$/,
		},
	],
	values: { "httpTarget.httpMethod": ["POST", "GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"] },
	check: (context) => faultsOf([...timeRows(context), ...targetRows(context)]),
	defaults: { attemptDeadline: "180s", paused: false, timeZone: "Etc/UTC" },
	id: ({ inputs, scope }) => locationId(scope, scope.region, "jobs", text(inputs, "name") ?? ""),
	derived: ({ inputs }) => ({ state: inputs.paused === true ? "PAUSED" : "ENABLED" }),
});

function timeRows({ inputs }: CheckContext): Refusal[] {
	const [schedule, zone] = [text(inputs, "schedule"), text(inputs, "timeZone")];
	return [
		{
			when: schedule !== undefined && !isCron(schedule),
			property: "schedule",
			reason: `must be a cron line of five fields such as 30 11 1 12 *, but ${JSON.stringify(schedule)} was given`,
		},
		{
			when: zone !== undefined && !isTimeZone(zone),
			property: "timeZone",
			reason: `must be a zone of the tz database such as Etc/UTC, but ${JSON.stringify(zone)} was given`,
		},
		outside(number(inputs, "retryConfig.retryCount"), "retryConfig.retryCount", { min: 0, max: 5, unit: "tries" }),
	];
}

function isCron(line: string): boolean {
	const fields = line.trim().split(/\s+/);
	return (
		fields.length === CRON.length &&
		fields.every((field, i) => {
			const [least, most] = CRON[i] ?? [0, 0];
			const numbers = (field.match(/\d+/g) ?? []).map(Number);
			return /^[\d*,/-]+$/.test(field) && numbers.every((value) => value >= least && value <= most);
		})
	);
}

function isTimeZone(zone: string): boolean {
	try {
		new Intl.DateTimeFormat("en", { timeZone: zone });
		return true;
	} catch {
		return false;
	}
}

/** A token of Google's goes to Google only. Source: Cloud Scheduler, "Use authentication with HTTP targets", unverified. */
function targetRows({ inputs }: CheckContext): Refusal[] {
	const given = TARGETS.filter((path) => isSet(inputs, path));
	const uri = text(inputs, "httpTarget.uri");
	const method = text(inputs, "httpTarget.httpMethod") ?? "POST";
	const body = text(inputs, "httpTarget.body");
	return [
		{
			when: given.length !== 1,
			property: given[1] ?? "httpTarget",
			reason: `exactly one of ${TARGETS.join(", ")} is needed, but ${given.length} were given`,
		},
		{
			when: uri !== undefined && !/^https?:\/\/[^\s/]+(\/\S*)?$/.test(uri),
			property: "httpTarget.uri",
			reason: `must be an address with http:// or https://, but ${JSON.stringify(uri)} was given`,
		},
		{
			when:
				uri !== undefined && isSet(inputs, "httpTarget.oauthToken") && !/^https:\/\/[^/]+\.googleapis\.com\//.test(uri),
			property: "httpTarget.oauthToken",
			reason: `goes to Google's own interfaces (https://*.googleapis.com) only, but the address is ${uri}; use oidcToken`,
		},
		{
			when: isSet(inputs, "httpTarget.oauthToken") && isSet(inputs, "httpTarget.oidcToken"),
			property: "httpTarget.oidcToken",
			reason: "cannot be combined with oauthToken; keep one",
		},
		{
			when: isSet(inputs, "httpTarget.body") && !WITH_BODY.includes(method),
			property: "httpTarget.body",
			reason: `goes with ${WITH_BODY.join(", ")} only, but the method is ${method}; remove it`,
		},
		{
			when: body !== undefined && Buffer.from(body, "base64").toString("base64") !== body,
			property: "httpTarget.body",
			reason: "must be base64; encode the text",
		},
	];
}
