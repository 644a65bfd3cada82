import type { ResourceNode } from "../../../lib/graph";
import { isObject, type Value } from "../../../lib/values";
import { at, type Reading, readBoolean, readList, readText } from "../../reading";

/** A volume that a resource makes, and what the program says of its encryption. */
export interface Device {
	readonly path: string;
	readonly encrypted: Reading<boolean>;
}

const ABSENT: Reading<boolean> = { kind: "absent" };
const UNKNOWN_READING: Reading<boolean> = { kind: "unknown" };

/** Resources that make volumes, each with its own way to write them. */
const READERS: { readonly [type: string]: (node: ResourceNode) => Device[] } = {
	"aws:ebs/volume:Volume": (node) => [{ path: "encrypted", encrypted: readBoolean(node.inputs, "encrypted") }],
	"aws:ebs/snapshotCopy:SnapshotCopy": (node) => [
		{ path: "encrypted", encrypted: readBoolean(node.inputs, "encrypted") },
	],
	"aws:ec2/instance:Instance": machineDevices,
	"aws:ec2/spotInstanceRequest:SpotInstanceRequest": machineDevices,
	"aws:ec2/launchConfiguration:LaunchConfiguration": machineDevices,
	"aws:ec2/launchTemplate:LaunchTemplate": templateDevices,
	"aws:eks/nodeGroup:NodeGroup": nodeGroupDevices,
};

/** Type tokens of what makes volumes. */
export const DEVICE_TYPES: readonly string[] = Object.keys(READERS);

/** The volumes that a resource makes; a root volume that it leaves to its image counts, with nothing said of it. */
export function devicesOf(node: ResourceNode): Device[] {
	return READERS[node.type]?.(node) ?? [];
}

/** True where a launch template says how the machine's volumes are made. */
export function usesTemplate(node: ResourceNode): boolean {
	return at(node.inputs, "launchTemplate") !== undefined;
}

function machineDevices(node: ResourceNode): Device[] {
	const root = at(node.inputs, "rootBlockDevice");
	const extra = readList(node.inputs, "ebsBlockDevices");
	const devices = extra.items
		.filter(({ value }) => !isSuppressed(value))
		.map(({ path, value }) => deviceAt(path, value));
	const rootDevice = { path: "rootBlockDevice", encrypted: readBoolean(node.inputs, "rootBlockDevice.encrypted") };
	return [
		...(root === undefined && usesTemplate(node) ? [] : [rootDevice]),
		...devices,
		...(extra.complete ? [] : [{ path: "ebsBlockDevices", encrypted: UNKNOWN_READING }]),
	];
}

function templateDevices(node: ResourceNode): Device[] {
	const mappings = readList(node.inputs, "blockDeviceMappings");
	const devices = mappings.items
		.filter(({ value }) => !isSuppressed(value))
		.map(({ path, value }) => deviceAt(`${path}.ebs`, at(value, "ebs")));
	if (!mappings.complete) {
		devices.push({ path: "blockDeviceMappings", encrypted: UNKNOWN_READING });
	}
	return devices.length > 0 ? devices : [{ path: "blockDeviceMappings", encrypted: ABSENT }];
}

function nodeGroupDevices(node: ResourceNode): Device[] {
	return usesTemplate(node) ? [] : [{ path: "launchTemplate", encrypted: ABSENT }];
}

function deviceAt(path: string, value: Value | undefined): Device {
	return { path: `${path}.encrypted`, encrypted: readBoolean(value, "encrypted") };
}

/** Mappings that make no volume: suppressed ones and instance store, which the host encrypts. */
function isSuppressed(value: Value): boolean {
	if (!isObject(value)) {
		return false;
	}
	const none = readText(value, "noDevice");
	const suppressed = value.noDevice === true || (none.kind === "known" && none.value !== "false");
	return suppressed || readText(value, "virtualName").kind === "known";
}
