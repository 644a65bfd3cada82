import { faultsOf } from "../check/fault-table";
import { list, text, texts } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { TypeModel } from "../model";
import { defineAws } from "./define";
import { iamName, isIamPath } from "./iam-role";
import { givenName, globalArn, upperId } from "./names";
import { policyFaults, policyText } from "./policy-document";

const PROVIDER = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";

/** A customer managed policy. */
export const policy: TypeModel = defineAws({
	type: "aws:iam/policy:Policy",
	global: true,
	name: iamName(128, "account"),
	check: ({ inputs }) => {
		const path = text(inputs, "path") ?? "/";
		return [
			...policyFaults(inputs.policy, "policy", "identity"),
			...faultsOf([
				{
					when: !isIamPath(path),
					property: "path",
					reason: `must begin and end with / and have at most 512 characters, but ${JSON.stringify(path)} was given`,
				},
			]),
		];
	},
	defaults: { attachmentCount: 0, description: "", namePrefix: "", path: "/" },
	id: (context) => {
		const path = text(context.inputs, "path") ?? "/";
		return globalArn(context.scope, "iam", `policy${path}${givenName(context, "name", "namePrefix")}`);
	},
	computed: (context, id) => ({
		arn: id,
		name: id.slice(id.lastIndexOf("/") + 1),
		policyId: upperId(context, "ANPA", 17),
	}),
	derived: ({ inputs }) => ({ policy: policyText(inputs.policy) }),
});

/** An identity provider that issues tokens, as an EKS cluster does; one a URL in each account. */
export const openIdConnectProvider: TypeModel = defineAws({
	type: PROVIDER,
	global: true,
	check: (context) => {
		const { inputs, scope, world } = context;
		const url = text(inputs, "url");
		const bare = withoutScheme(url ?? "");
		const twin = world
			.list(PROVIDER, scope)
			.find((other) => !isSelf(other, context) && withoutScheme(text(other.outputs, "url") ?? "") === bare);
		const badPrint = texts(inputs, "thumbprintLists").find((print) => !/^[0-9A-Fa-f]{40}$/.test(print));
		const clients = list(inputs, "clientIdLists").length;
		return faultsOf([
			{
				when: url !== undefined && !/^https:\/\/[\w.-]+(\/[\w./-]*)?$/.test(url),
				property: "url",
				reason: `must be an https URL without port and query, at most 255 characters, but ${JSON.stringify(url)} was given`,
			},
			{
				when: url !== undefined && twin !== undefined,
				property: "url",
				reason: `the account has a provider for ${url} already (${twin?.id}); use that`,
			},
			{
				when: badPrint !== undefined,
				property: "thumbprintLists",
				reason: `must be SHA-1 fingerprints of 40 hex digits, but ${JSON.stringify(badPrint)} was given`,
			},
			{
				when: clients > 100 || (Array.isArray(inputs.clientIdLists) && clients === 0),
				property: "clientIdLists",
				reason: `must hold 1 to 100 audiences, but ${clients} were given`,
			},
		]);
	},
	id: ({ inputs, scope }) => globalArn(scope, "iam", `oidc-provider/${withoutScheme(text(inputs, "url") ?? "")}`),
	computed: (_, id) => ({ arn: id }),
	derived: ({ inputs }) => ({
		thumbprintLists: inputs.thumbprintLists ?? [],
		// The API stores the address without its scheme, and the provider returns it so.
		url: withoutScheme(text(inputs, "url") ?? ""),
	}),
});

function withoutScheme(url: string): string {
	return url.replace(/^https:\/\//, "");
}
