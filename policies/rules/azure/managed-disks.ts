import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { at, isHidden, readList } from "../../reading";
import { isOneOf, type Setting } from "../../settings";
import { allOf, anyOf, type Tri } from "../../tri";
import { namesDiskSet } from "./key-vault-key";
import { azureSources } from "./versioned-types";

const DISK = "azure-native:compute:Disk";
const NO_SET = "no disk encryption set is named, so the platform's key encrypts the disk";
const CUSTOMER_TYPES = ["EncryptionAtRestWithCustomerKey", "EncryptionAtRestWithPlatformAndCustomerKeys"];

/** A disk of its own: its type of encryption must be said, as the default is the platform's key. */
export function diskSettings(graph: ResourceGraph, node: ResourceNode): Setting[] {
	const { inputs } = node;
	const confidential = isOneOf(inputs, "securityProfile.securityType", ["ConfidentialVM_DiskEncryptedWithCustomerKey"]);
	const named = (property: string, path: string): Tri => namesDiskSet(graph, { node, property, holder: inputs, path });
	const confidentialSet = named("securityProfile", "securityProfile.secureVMDiskEncryptionSetId");
	const other = allOf(confidential, confidentialSet);
	return [
		{
			property: "encryption.type",
			holds: anyOf(other, isOneOf(inputs, "encryption.type", CUSTOMER_TYPES)),
			reason: `the type of encryption is not one with a customer key: ${CUSTOMER_TYPES.join(" or ")}`,
		},
		{
			property: "encryption.diskEncryptionSetId",
			holds: anyOf(other, named("encryption", "encryption.diskEncryptionSetId")),
			reason: NO_SET,
		},
	];
}

/** The disks that a machine (`storageProfile`) or a scale set (`virtualMachineProfile.storageProfile`) makes. */
export function machineSettings(graph: ResourceGraph, node: ResourceNode, profile: string): Setting[] {
	const system = `${profile}.osDisk`;
	const dataPath = `${profile}.dataDisks`;
	const data = readList(node.inputs, dataPath);
	const hidden: Setting[] = data.complete ? [] : [{ property: dataPath, holds: "maybe", reason: NO_SET }];
	return [...[system, ...dataPathsOf(data)].flatMap((path) => madeDisk(graph, node, profile, path)), ...hidden];
}

function dataPathsOf(data: ReturnType<typeof readList>): string[] {
	return data.items.map(({ path }) => path);
}

function madeDisk(graph: ResourceGraph, node: ResourceNode, profile: string, path: string): Setting[] {
	const disk = diskAt(node, profile, path);
	const property = path.split(".")[0] ?? path;
	const attached = isOneOf(disk, "createOption", ["Attach"]);
	const own = anyOf(
		namesDiskSet(graph, { node, property, holder: disk, path: "managedDisk.diskEncryptionSet.id" }),
		namesDiskSet(graph, { node, property, holder: disk, path: "managedDisk.securityProfile.diskEncryptionSet.id" }),
	);
	if (attached === "yes") {
		// The disk exists by itself: it is judged where it is made, if this program makes it.
		const made = azureSources(graph, node, property, DISK).length > 0;
		const reason = "the attached disk, which is not part of this program, is encrypted with the platform's key";
		return [{ property: path, holds: anyOf(own, made ? "yes" : "maybe"), reason }];
	}
	return [{ property: `${path}.managedDisk.diskEncryptionSet`, holds: own, reason: NO_SET }];
}

function diskAt(node: ResourceNode, profile: string, path: string): ReturnType<typeof at> {
	const index = /\[(\d+)\]$/.exec(path)?.[1];
	if (index === undefined) {
		return at(node.inputs, path);
	}
	const list = at(node.inputs, `${profile}.dataDisks`);
	return Array.isArray(list) && !isHidden(list) ? list[Number(index)] : list;
}
