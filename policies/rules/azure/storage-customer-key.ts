import { z } from "zod";
import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { controlsOf } from "../../controls";
import { about, problemsOr } from "../../judging";
import { defineRule } from "../../rule";
import { isOn, isOneOf, type Setting, settingProblems } from "../../settings";
import { namesKey } from "./key-vault-key";
import { ofAzureType } from "./versioned-types";

const ACCOUNT = "azure-native:storage:StorageAccount";
const SCOPE = "azure-native:storage:EncryptionScope";

/**
 * Z02: a storage account and each of its encryption scopes uses a key of the customer's vault, over a second layer of
 * encryption. Scopes do not stand in for the account, whose own key encrypts what names no scope.
 */
export const storageCustomerKey = defineRule({
	id: "Z02",
	name: "storage-customer-key",
	title: "Storage is encrypted with a customer key and by the infrastructure",
	severity: "high",
	level: "mandatory",
	blocksOnUndetermined: true,
	params: z.strictObject({}),
	appliesTo: [ACCOUNT, SCOPE],
	controls: controlsOf({
		soc2Azure: ["CC6.7", "CC7.5", "PI1.4", "PI1.5"],
		isoAzure: ["A.8.11", "A.8.24", "A.8.5"],
		hipaaAzure: ["164.312(a)(2)(iv)", "164.312(c)(1)", "164.312(c)(2)", "164.312(e)(2)(ii)"],
		ccm: ["BCR-08", "CEK-03", "CEK-08", "CEK-10"],
		cis: ["3.11"],
	}),
	remedy:
		"set encryption.keySource Microsoft.Keyvault with keyVaultProperties of a customer key, and requireInfrastructureEncryption (a scope: source, keyUri and the same)",
	check: {
		kind: "graph",
		judge: (graph) =>
			ofAzureType(graph, ACCOUNT, SCOPE).flatMap((node) => {
				const settings = node.type.endsWith(":EncryptionScope")
					? scopeSettings(graph, node)
					: accountSettings(graph, node);
				return about(
					node.urn,
					problemsOr(settingProblems(settings), "it is encrypted twice, once with a customer key"),
				);
			}),
	},
});

function accountSettings(graph: ResourceGraph, node: ResourceNode): Setting[] {
	const reference = { node, property: "encryption", holder: node.inputs };
	return [
		{
			property: "encryption.keySource",
			holds: isOneOf(node.inputs, "encryption.keySource", ["Microsoft.Keyvault"]),
			reason: "the account is encrypted with a key of Microsoft",
		},
		...["keyName", "keyVaultUri"].map((field) => {
			const path = `encryption.keyVaultProperties.${field}`;
			return {
				property: path,
				holds: namesKey(graph, { ...reference, path }),
				reason: "no key of the customer is named",
			};
		}),
		{
			property: "encryption.requireInfrastructureEncryption",
			holds: isOn(node.inputs, "encryption.requireInfrastructureEncryption"),
			reason: "the second layer of encryption is missing; it can only be chosen at creation",
		},
	];
}

function scopeSettings(graph: ResourceGraph, node: ResourceNode): Setting[] {
	const path = "keyVaultProperties.keyUri";
	return [
		{
			property: "source",
			holds: isOneOf(node.inputs, "source", ["Microsoft.KeyVault"]),
			reason: "the scope is encrypted with a key of Microsoft",
		},
		{
			property: path,
			holds: namesKey(graph, { node, property: "keyVaultProperties", holder: node.inputs, path }),
			reason: "no key of the customer is named",
		},
		{
			property: "requireInfrastructureEncryption",
			holds: isOn(node.inputs, "requireInfrastructureEncryption"),
			reason: "the second layer of encryption is missing; it can only be chosen at creation",
		},
	];
}
