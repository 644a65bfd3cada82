import { z } from "zod";
import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { controlsOf } from "../../controls";
import { about, problemsOr } from "../../judging";
import { readList, readNumber, readText } from "../../reading";
import { defineRule, type Judgement, type RuleContext } from "../../rule";
import { holds, isOn, isOneOf, type Setting, settingProblems } from "../../settings";
import { anyOf, type Tri } from "../../tri";
import { hasPrivateEndpoint } from "./vault-endpoints";
import { ofAzureType } from "./versioned-types";

const VAULT = "azure-native:keyvault:Vault";
const KEY = "azure-native:keyvault:Key";
const ENDPOINT = "azure-native:network:PrivateEndpoint";

const params = z.strictObject({
	/** Shortest time that a deleted vault or key can be restored in days; the cloud allows 7 to 90. */
	minSoftDeleteDays: z.number().int().min(7).max(90).default(7),
});
type Params = z.infer<typeof params>;

/**
 * Z04: a vault is reached privately and by roles, what is deleted in it can be restored, and its keys expire and
 * rotate. Where the environment relaxes protection, purge protection alone is not asked for: it cannot be undone.
 */
export const keyVaultProtection = defineRule<Params>({
	id: "Z04",
	name: "key-vault-protection",
	title: "Key vaults are private and recoverable, their keys expire and rotate",
	severity: "high",
	level: "mandatory",
	blocksOnUndetermined: true,
	params,
	appliesTo: [VAULT, KEY, ENDPOINT],
	controls: controlsOf({
		soc2Azure: ["CC3.3", "PI1.5"],
		hipaaAzure: ["164.312(a)(2)(ii)", "164.312(a)(2)(iv)", "164.312(c)(1)", "164.312(c)(2)"],
		ccm: ["CEK-04", "CEK-08", "CEK-10", "CEK-12"],
		cis: ["12.2", "3.3", "6.8"],
	}),
	remedy:
		"set enablePurgeProtection, enableRbacAuthorization, publicNetworkAccess disabled and a private endpoint of group vault; give keys a rotationPolicy with expiryTime and a rotate action",
	check: {
		kind: "graph",
		judge: (graph, given, context) => [
			...ofAzureType(graph, VAULT).flatMap((node) => about(node.urn, judgeVault(graph, node, given, context))),
			...ofAzureType(graph, KEY).flatMap((node) =>
				about(node.urn, problemsOr(settingProblems(keySettings(node)), "the key expires and rotates")),
			),
		],
	},
});

function judgeVault(
	graph: ResourceGraph,
	node: ResourceNode,
	given: Params,
	{ relaxed }: RuleContext,
): readonly Judgement[] {
	const purge = isOn(node.inputs, "properties.enablePurgeProtection");
	const settings = [...(relaxed ? [] : [purgeSetting(purge)]), ...vaultSettings(graph, node, given)];
	const excused = relaxed && purge !== "yes" ? "; this environment relaxes protection, so it may be purged" : "";
	return problemsOr(settingProblems(settings), `the vault is private and recoverable${excused}`);
}

function purgeSetting(purge: Tri): Setting {
	return {
		property: "properties.enablePurgeProtection",
		holds: purge,
		reason: "a deleted vault can be purged before its time",
	};
}

/** Defaults by the documentation of azure-native 3.28.0: soft delete is on, for 90 days. */
function vaultSettings(graph: ResourceGraph, node: ResourceNode, given: Params): Setting[] {
	const { inputs } = node;
	const days = readNumber(inputs, "properties.softDeleteRetentionInDays");
	return [
		{
			property: "properties.enableSoftDelete",
			holds: isOn(inputs, "properties.enableSoftDelete", "yes"),
			reason: "soft delete is off",
		},
		{
			property: "properties.softDeleteRetentionInDays",
			holds: holds(days, (value) => value >= given.minSoftDeleteDays && value <= 90, unsaidUnder(inputs)),
			reason: `soft delete keeps for fewer than ${given.minSoftDeleteDays} or more than 90 days`,
		},
		{
			property: "properties.enableRbacAuthorization",
			holds: isOn(inputs, "properties.enableRbacAuthorization"),
			reason: "access policies decide instead of roles",
		},
		{
			property: "properties.publicNetworkAccess",
			holds: isOneOf(inputs, "properties.publicNetworkAccess", ["disabled"]),
			reason: "the vault takes public traffic; the property must say disabled",
		},
		{
			property: "properties",
			holds: hasPrivateEndpoint(graph, node),
			reason: "no private endpoint of group vault leads to the vault",
		},
	];
}

/** Without any properties nothing is said, and the cloud refuses the vault. */
function unsaidUnder(inputs: ResourceNode["inputs"]): Tri {
	return inputs.properties === undefined || inputs.properties === null ? "no" : "yes";
}

function keySettings({ inputs }: ResourceNode): Setting[] {
	const expires = holds(readNumber(inputs, "properties.attributes.expires"), (seconds) => seconds > 0);
	const renewed = isPeriod(inputs, "properties.rotationPolicy.attributes.expiryTime");
	const path = "properties.rotationPolicy.lifetimeActions";
	const actions = readList(inputs, path);
	const rotates = actions.items.map(({ value }) => isOneOf(value, "action.type", ["rotate"]));
	return [
		{ property: "properties", holds: anyOf(expires, renewed), reason: "the key never expires" },
		{
			property: path,
			holds: anyOf(...rotates, actions.complete ? "no" : "maybe"),
			reason: "no lifetime action rotates the key",
		},
	];
}

/** A period of ISO 8601 in years, months and days, as `P90D` or `P1Y`. */
function isPeriod(inputs: ResourceNode["inputs"], path: string): Tri {
	return holds(readText(inputs, path), (text) => /^P(?=\d)(\d+Y)?(\d+M)?(\d+D)?$/.test(text) && /[1-9]/.test(text));
}
