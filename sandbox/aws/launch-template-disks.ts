import { isUnknown, type Properties, type Value } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { isAbsent, isSet, list, number, text } from "../check/inputs";
import type { Fault } from "../model";

/** Sizes of a volume type, GiB, and its provisioned speed. Source: Amazon EBS volume types (user guide), 2026-11-21. */
interface VolumeLimits {
	readonly size: readonly [min: number, max: number];
	/** Provisioned IOPS; undefined where the type takes none. */
	readonly iops: readonly [min: number, max: number] | undefined;
	/** Provisioned throughput, MiB/s; undefined where the type takes none. */
	readonly throughput: readonly [min: number, max: number] | undefined;
}

const VOLUMES: { readonly [type: string]: VolumeLimits } = {
	gp2: { size: [1, 16384], iops: undefined, throughput: undefined },
	gp3: { size: [1, 65536], iops: [3000, 80000], throughput: [125, 2000] },
	io1: { size: [4, 16384], iops: [100, 64000], throughput: undefined },
	io2: { size: [4, 65536], iops: [100, 256000], throughput: undefined },
	sc1: { size: [125, 16384], iops: undefined, throughput: undefined },
	st1: { size: [125, 16384], iops: undefined, throughput: undefined },
	standard: { size: [1, 1024], iops: undefined, throughput: undefined },
};

/** What is wrong with the volumes of a launch template. */
export function templateDiskFaults(inputs: Properties): Fault[] {
	const mappings = list(inputs, "blockDeviceMappings");
	const names = mappings.map((mapping) => text(mapping, "deviceName"));
	const twice = names.findIndex((name, i) => name !== undefined && names.indexOf(name) !== i);
	return [
		...faultsOf([
			{
				when: twice >= 0,
				property: `blockDeviceMappings[${twice}].deviceName`,
				reason: `${names[twice]} is mapped twice; give each volume a device of its own`,
			},
		]),
		...mappings.flatMap((mapping, i) => faultsOf(volumeRows(mapping, `blockDeviceMappings[${i}].ebs`))),
	];
}

function volumeRows(mapping: Value, at: string): Refusal[] {
	const type = isSet(mapping, "ebs.volumeType") ? text(mapping, "ebs.volumeType") : "gp2";
	const limits = type === undefined ? undefined : VOLUMES[type];
	if (!limits || type === undefined) {
		return [];
	}
	const plain = isAbsent(mapping, "ebs.encrypted") || text(mapping, "ebs.encrypted") === "false";
	const key = isSet(mapping, "ebs.kmsKeyId") && !isUnknown(mapping);
	return [
		range(number(mapping, "ebs.volumeSize"), `${at}.volumeSize`, { type, limits: limits.size, unit: "GiB" }),
		range(number(mapping, "ebs.iops"), `${at}.iops`, { type, limits: limits.iops, unit: "IOPS" }),
		range(number(mapping, "ebs.throughput"), `${at}.throughput`, { type, limits: limits.throughput, unit: "MiB/s" }),
		{
			when: (type === "io1" || type === "io2") && isAbsent(mapping, "ebs.iops"),
			property: `${at}.iops`,
			reason: `is required for volumes of type ${type}; set it`,
		},
		{
			when: key && plain,
			property: `${at}.encrypted`,
			reason: 'must be "true" where kmsKeyId is given; set it',
		},
	];
}

function range(
	value: number | undefined,
	property: string,
	allowed: { readonly type: string; readonly limits: readonly [number, number] | undefined; readonly unit: string },
): Refusal {
	const { limits, type, unit } = allowed;
	const wrong = value !== undefined && (limits === undefined || value < limits[0] || value > limits[1]);
	const reason = limits
		? `must be ${limits[0]} to ${limits[1]} ${unit} for ${type}, but ${value} was given`
		: `cannot be given for volumes of type ${type}; remove it`;
	return { when: wrong, property, reason };
}
