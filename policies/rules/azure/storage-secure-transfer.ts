import { z } from "zod";
import type { ResourceNode } from "../../../lib/graph";
import { asBlock, reachOf } from "../../addresses";
import { controlsOf } from "../../controls";
import { about, problemsOr } from "../../judging";
import { readList, readText } from "../../reading";
import { defineRule } from "../../rule";
import { isOff, isOn, isOneOf, type Setting, settingProblems } from "../../settings";
import { allOf, anyOf, type Tri } from "../../tri";
import { ofAzureType } from "./versioned-types";

const ACCOUNT = "azure-native:storage:StorageAccount";

/** Z01: a storage account speaks TLS 1.2 or later only, shows no blob to everyone, and is closed to the internet. */
export const storageSecureTransfer = defineRule({
	id: "Z01",
	name: "storage-secure-transfer",
	title: "Storage accounts take HTTPS with TLS 1.2 only, from named networks only",
	severity: "high",
	level: "mandatory",
	blocksOnUndetermined: true,
	params: z.strictObject({}),
	appliesTo: [ACCOUNT],
	controls: controlsOf({
		soc2Azure: ["CC6.1", "CC6.2", "CC6.6", "CC6.7"],
		isoAzure: ["A.8.1", "A.8.12", "A.8.14", "A.8.24"],
		hipaaAzure: ["164.312(a)(1)", "164.312(a)(2)(iv)", "164.312(c)(1)", "164.312(c)(2)"],
		ccm: ["CEK-03", "CEK-04", "DSP-07", "DSP-10"],
		cis: ["12.6", "3.10", "3.3"],
	}),
	remedy:
		"set minimumTlsVersion TLS1_2, allowBlobPublicAccess false and publicNetworkAccess Disabled, and leave enableHttpsTrafficOnly on",
	check: {
		kind: "graph",
		judge: (graph) =>
			ofAzureType(graph, ACCOUNT).flatMap((node) =>
				about(
					node.urn,
					problemsOr(settingProblems(settingsOf(node)), "it takes HTTPS with TLS 1.2 only, from named networks only"),
				),
			),
	},
});

/** Defaults by the documentation of azure-native 3.28.0: HTTPS only is on, the oldest TLS is 1.0. */
function settingsOf({ inputs }: ResourceNode): Setting[] {
	return [
		{
			property: "enableHttpsTrafficOnly",
			holds: isOn(inputs, "enableHttpsTrafficOnly", "yes"),
			reason: "plain HTTP is accepted",
		},
		{
			property: "minimumTlsVersion",
			holds: isOneOf(inputs, "minimumTlsVersion", ["TLS1_2", "TLS1_3"]),
			reason: "a TLS version before 1.2 is accepted; the property must say TLS1_2 or TLS1_3",
		},
		{
			property: "allowBlobPublicAccess",
			holds: isOff(inputs, "allowBlobPublicAccess"),
			reason: "blobs may be public; the property must say false",
		},
		{
			property: "publicNetworkAccess",
			holds: closedToInternet({ inputs }),
			reason: "the internet reaches the account: public access is neither Disabled nor denied by default",
		},
	];
}

function closedToInternet({ inputs }: Pick<ResourceNode, "inputs">): Tri {
	const disabled = isOneOf(inputs, "publicNetworkAccess", ["Disabled"]);
	const denied = isOneOf(inputs, "networkRuleSet.defaultAction", ["Deny"]);
	return anyOf(disabled, allOf(denied, limitedAddresses(inputs)), byPerimeter(inputs));
}

/** A perimeter decides; its rules are no part of the account. */
function byPerimeter(inputs: ResourceNode["inputs"]): Tri {
	return isOneOf(inputs, "publicNetworkAccess", ["SecuredByPerimeter"]) === "yes" ? "maybe" : "no";
}

/** Whether the address rules beside a denial by default name networks of known owners. */
function limitedAddresses(inputs: ResourceNode["inputs"]): Tri {
	const rules = readList(inputs, "networkRuleSet.ipRules");
	const addresses = rules.items.map(({ value }) => readText(value, "iPAddressOrRange"));
	const texts = addresses.flatMap((address) =>
		address.kind === "known" ? [asBlock(address.value)] : address.kind === "unknown" ? [] : ["not text"],
	);
	if (reachOf(texts) !== "limited") {
		return "no";
	}
	return rules.complete && addresses.every(({ kind }) => kind !== "unknown") ? "yes" : "maybe";
}
