import { faultsOf } from "../check/fault-table";
import { text } from "../check/inputs";
import type { TypeModel } from "../model";
import { defineGcp } from "./define";
import { ACCOUNT, defineGrant } from "./members";
import { overLimit } from "./quota";

/** A service account; its email is `<account id>@<project>.iam.gserviceaccount.com`. */
export const serviceAccount: TypeModel = defineGcp({
	type: ACCOUNT,
	apis: ["iam.googleapis.com"],
	global: true,
	name: {
		path: "accountId",
		pattern: /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
		allowed: "6 to 30 of lower-case letters, digits and hyphens, beginning with a letter, not ending with a hyphen",
		unique: "account",
		autoNameLength: 30,
	},
	check: (context) => {
		const { inputs, scope, world } = context;
		const [title, description] = [text(inputs, "displayName") ?? "", text(inputs, "description") ?? ""];
		return faultsOf([
			{
				when: Buffer.byteLength(title) > 100,
				property: "displayName",
				reason: `must have at most 100 bytes, but has ${Buffer.byteLength(title)}; shorten it`,
			},
			{
				when: Buffer.byteLength(description) > 256,
				property: "description",
				reason: `must have at most 256 bytes, but has ${Buffer.byteLength(description)}; shorten it`,
			},
			overLimit("serviceAccountsPerProject", world.list(ACCOUNT, scope), context, ""),
		]);
	},
	defaults: { disabled: false },
	id: ({ inputs, scope }) => `projects/${scope.account}/serviceAccounts/${emailOf(inputs.accountId, scope.account)}`,
	computed: (context, id) => {
		const email = emailOf(context.inputs.accountId, context.scope.account);
		return { email, member: `serviceAccount:${email}`, name: id, uniqueId: `1${context.digits(20)}` };
	},
});

function emailOf(accountId: unknown, project: string): string {
	return `${String(accountId)}@${project}.iam.gserviceaccount.com`;
}

/** A grant on a service account, as the right to impersonate it. */
export const serviceAccountMember: TypeModel = defineGrant({
	type: "gcp:serviceaccount/iAMMember:IAMMember",
	apis: ["iam.googleapis.com"],
	global: true,
	references: [{ path: "serviceAccountId", to: [ACCOUNT], by: "id", holds: false }],
	on: ({ inputs }) => text(inputs, "serviceAccountId") ?? "",
});
