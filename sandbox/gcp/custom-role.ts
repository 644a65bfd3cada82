import { isUnknown } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { list, text, texts } from "../check/inputs";
import type { TypeModel } from "../model";
import { defineGcp } from "./define";
import { CUSTOM_ROLE } from "./members";

/** As `container.clusters.update`. */
const PERMISSION = /^[a-z][a-zA-Z0-9]*(\.[a-zA-Z0-9]+){2,}$/;

/** A role of the project's own. After its deletion its id is kept, and the provider brings it back where it is wanted again. */
export const customRole: TypeModel = defineGcp({
	type: CUSTOM_ROLE,
	apis: ["iam.googleapis.com"],
	global: true,
	name: {
		path: "roleId",
		pattern: /^[\w.]{3,64}$/,
		allowed: "3 to 64 of letters, digits, underscores and dots, no hyphen",
		unique: "account",
	},
	check: ({ inputs }) => {
		const title = text(inputs, "title") ?? "";
		const wrong = texts(inputs, "permissions").find((permission) => !PERMISSION.test(permission));
		return faultsOf([
			{
				when: Buffer.byteLength(title) > 100,
				property: "title",
				reason: `must have at most 100 bytes, but has ${Buffer.byteLength(title)}; shorten it`,
			},
			{
				when: !isUnknown(inputs.permissions) && list(inputs, "permissions").length === 0,
				property: "permissions",
				reason: "must name at least one permission such as container.clusters.get",
			},
			{
				when: wrong !== undefined,
				property: "permissions",
				reason: `must be permissions such as container.clusters.get, but ${JSON.stringify(wrong)} was given`,
			},
		]);
	},
	defaults: { description: "", stage: "GA" },
	id: ({ inputs, scope }) => `projects/${scope.account}/roles/${text(inputs, "roleId")}`,
	computed: (_, id) => ({ deleted: false, name: id }),
	retains: () => "the role is marked as deleted for 7 days, and its id is not free for 30 more",
});
