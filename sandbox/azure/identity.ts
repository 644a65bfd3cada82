import { faultsOf } from "../check/fault-table";
import { list, text, texts } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, TypeModel } from "../model";
import { guid, inGroup, tenantOf } from "./arm-id";
import { defineAzure } from "./define";
import { sharing } from "./place";
import { TYPE } from "./types";

/** A managed identity that stands on its own. */
export const userAssignedIdentity: TypeModel = defineAzure({
	type: TYPE.identity,
	path: inGroup("Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}"),
	naming: {
		pattern: /^[0-9A-Za-z][\w-]{2,127}$/,
		allowed: "3 to 128 of letters, digits, _ and -, beginning with a letter or digit",
	},
	computed: (context) => ({ clientId: guid(context), principalId: guid(context), tenantId: tenantOf(context) }),
});

/** Credentials of one identity. Source: Microsoft Learn, "Workload identity federation considerations", read 2026-11-21. */
const MAX_CREDENTIALS = 20;

/** Who may act as an identity with a token of another issuer, such as a cluster's service accounts. */
export const federatedCredential: TypeModel = defineAzure({
	type: TYPE.federatedCredential,
	path: inGroup(
		"Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}/federatedIdentityCredentials/{federatedIdentityCredentialResourceName}",
	),
	naming: {
		pattern: /^[0-9A-Za-z][\w-]{2,119}$/,
		allowed: "3 to 120 of letters, digits, _ and -, beginning with a letter or digit",
	},
	check: credentialFaults,
});

function credentialFaults(context: CheckContext): Fault[] {
	const { inputs, world } = context;
	const issuer = text(inputs, "issuer");
	const subject = text(inputs, "subject");
	const isCluster = issuer !== undefined && /\.oic\.prod-aks\.azure\.com/.test(issuer);
	const clusters = issuer === undefined ? [] : world.find([TYPE.cluster], "oidcIssuerProfile.issuerURL", issuer);
	const others = sharing(TYPE.federatedCredential, ["resourceName"], context).filter(
		(other) => !isSelf(other, context) && other.urn !== context.self?.urn,
	);
	const twin = others.find(({ outputs }) => text(outputs, "issuer") === issuer && text(outputs, "subject") === subject);
	const audiences = list(inputs, "audiences");
	return faultsOf([
		{
			when: issuer !== undefined && !/^https:\/\/[^\s/]+(\/\S*)?$/.test(issuer),
			property: "issuer",
			reason: `must be an https URL, but ${JSON.stringify(issuer)} was given`,
		},
		{
			when: isCluster && clusters.length === 0,
			property: "issuer",
			reason: `is the issuer of no cluster: ${issuer}; give oidcIssuerProfile.issuerURL of one, with its closing slash`,
		},
		{
			when:
				subject === "" ||
				(isCluster && subject !== undefined && !/^system:serviceaccount:[a-z0-9-]+:[a-z0-9.-]+$/.test(subject)),
			property: "subject",
			reason: `must be system:serviceaccount:<namespace>:<name> for a cluster's issuer, but ${JSON.stringify(subject)} was given`,
		},
		{
			when: Array.isArray(inputs.audiences) && audiences.length !== 1,
			property: "audiences",
			reason: `must be exactly one audience, usually api://AzureADTokenExchange, but ${texts(inputs, "audiences").length} were given`,
		},
		{
			when: issuer !== undefined && subject !== undefined && twin !== undefined,
			property: "subject",
			reason: `the identity trusts ${subject} of ${issuer} already (${twin?.urn || twin?.id}); keep one of them`,
		},
		{
			when: others.length >= MAX_CREDENTIALS,
			property: "resourceName",
			reason: `an identity takes ${MAX_CREDENTIALS} federated credentials, and ${others.length} exist; use another identity`,
		},
	]);
}
