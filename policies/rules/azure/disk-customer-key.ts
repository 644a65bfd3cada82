import { z } from "zod";
import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { controlsOf } from "../../controls";
import { about, notApplicable, problemsOr } from "../../judging";
import { at } from "../../reading";
import { defineRule, type Judgement } from "../../rule";
import { isOneOf, type Setting, settingProblems } from "../../settings";
import { namesDiskSet, namesKey } from "./key-vault-key";
import { diskSettings, machineSettings } from "./managed-disks";
import { ofAzureType, unversioned } from "./versioned-types";

const SCALE_SET = "azure-native:compute:VirtualMachineScaleSet";

/** What makes disks, each with its own way to name what encrypts them. */
const READERS: { readonly [type: string]: (graph: ResourceGraph, node: ResourceNode) => Setting[] } = {
	"azure-native:compute:DiskEncryptionSet": encryptionSetSettings,
	"azure-native:compute:Disk": diskSettings,
	"azure-native:compute:VirtualMachine": (graph, node) => machineSettings(graph, node, "storageProfile"),
	[SCALE_SET]: (graph, node) => machineSettings(graph, node, "virtualMachineProfile.storageProfile"),
	"azure-native:containerservice:ManagedCluster": clusterSettings,
};
const TYPES = Object.keys(READERS);

/** Z05: disks, machines and clusters name a disk encryption set, and the set a key of the customer. */
export const diskCustomerKey = defineRule({
	id: "Z05",
	name: "disk-customer-key",
	title: "Managed disks are encrypted with a customer key",
	severity: "high",
	level: "mandatory",
	blocksOnUndetermined: true,
	params: z.strictObject({}),
	appliesTo: TYPES,
	controls: controlsOf({
		soc2Azure: ["CC6.7", "CC7.4", "CC7.5", "PI1.5"],
		isoAzure: ["A.8.11", "A.8.24"],
		hipaaAzure: ["164.312(a)(2)(iv)", "164.312(c)(1)", "164.312(e)(2)(ii)", "164.308(a)(1)(ii)(b)"],
		ccm: ["CEK-03", "DSP-07", "DSP-17", "UEM-08"],
		cis: ["3.11"],
	}),
	remedy: "name a DiskEncryptionSet with a customer key on each disk, machine and cluster (diskEncryptionSetID)",
	check: {
		kind: "graph",
		judge: (graph) => ofAzureType(graph, ...TYPES).flatMap((node) => about(node.urn, judgeNode(graph, node))),
	},
});

function judgeNode(graph: ResourceGraph, node: ResourceNode): readonly Judgement[] {
	const type = unversioned(node.type);
	if (type === SCALE_SET && at(node.inputs, "virtualMachineProfile") === undefined) {
		return [notApplicable("a flexible scale set without a profile makes no disks")];
	}
	const settings = READERS[type]?.(graph, node) ?? [];
	return problemsOr(settingProblems(settings), "its disks are encrypted with a customer key");
}

/** Every type of encryption that a set may have uses the key that it names. */
function encryptionSetSettings(graph: ResourceGraph, node: ResourceNode): Setting[] {
	const path = "activeKey.keyUrl";
	return [
		{
			property: "encryptionType",
			holds: isOneOf(
				node.inputs,
				"encryptionType",
				[
					"EncryptionAtRestWithCustomerKey",
					"EncryptionAtRestWithPlatformAndCustomerKeys",
					"ConfidentialVmEncryptedWithCustomerKey",
				],
				"yes",
			),
			reason: "the type of encryption is not one with a customer key",
		},
		{
			property: path,
			holds: namesKey(graph, { node, property: "activeKey", holder: node.inputs, path }),
			reason: "no key of the customer is named",
		},
	];
}

function clusterSettings(graph: ResourceGraph, node: ResourceNode): Setting[] {
	const path = "diskEncryptionSetID";
	return [
		{
			property: path,
			holds: namesDiskSet(graph, { node, property: path, holder: node.inputs, path }),
			reason: "no disk encryption set is named, so the platform's key encrypts nodes and volumes",
		},
	];
}
