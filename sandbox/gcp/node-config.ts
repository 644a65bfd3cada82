import { machineType } from "../../catalogue/gcp/machine-types";
import { faultsOf, outside, type Refusal } from "../check/fault-table";
import { flag, isSet, list, number, text, texts } from "../check/inputs";
import type { CheckContext, Fault } from "../model";
import { acceleratorFaults } from "./machines";

const AT = "nodeConfig";

/** Local SSDs come with these types in a fixed number; with other types the program chooses. Source: Google Cloud, Local SSD, unverified. */
const FIXED_SSDS = /^(a2-ultragpu|a3|a4|a4x)-/;

/** Machine types that boot from Hyperdisk only. Source: Google Cloud, Accelerator-optimized machine family, unverified. */
const HYPERDISK_ONLY = /^(a3-ultragpu|a4-|a4x-|ct6e-)/;

/** Allowed values of a node's settings. Source: the SDK's docstrings; where these name none, the GKE API, unverified. */
export const NODE_CONFIG_VALUES: { readonly [path: string]: readonly string[] } = {
	[`${AT}.diskType`]: [
		"pd-standard",
		"pd-balanced",
		"pd-ssd",
		"pd-extreme",
		"hyperdisk-balanced",
		"hyperdisk-throughput",
		"hyperdisk-extreme",
		"hyperdisk-ml",
	],
	[`${AT}.guestAccelerators[].gpuDriverInstallationConfig.gpuDriverVersion`]: [
		"GPU_DRIVER_VERSION_UNSPECIFIED",
		"INSTALLATION_DISABLED",
		"DEFAULT",
		"LATEST",
	],
	[`${AT}.guestAccelerators[].gpuSharingConfig.gpuSharingStrategy`]: ["TIME_SHARING", "MPS"],
	[`${AT}.hostMaintenancePolicy.maintenanceInterval`]: ["AS_NEEDED", "PERIODIC"],
	[`${AT}.imageType`]: ["COS_CONTAINERD", "UBUNTU_CONTAINERD", "WINDOWS_LTSC_CONTAINERD", "WINDOWS_SAC_CONTAINERD"],
	[`${AT}.kubeletConfig.cpuManagerPolicy`]: ["none", "static"],
	[`${AT}.kubeletConfig.memoryManager.policy`]: ["None", "Static"],
	[`${AT}.kubeletConfig.topologyManager.policy`]: ["none", "best-effort", "restricted", "single-numa-node"],
	[`${AT}.kubeletConfig.topologyManager.scope`]: ["container", "pod"],
	[`${AT}.loggingVariant`]: ["DEFAULT", "MAX_THROUGHPUT"],
	[`${AT}.reservationAffinity.consumeReservationType`]: [
		"UNSPECIFIED",
		"NO_RESERVATION",
		"ANY_RESERVATION",
		"SPECIFIC_RESERVATION",
	],
	[`${AT}.secondaryBootDisks[].mode`]: ["CONTAINER_IMAGE_CACHE", "MODE_UNSPECIFIED"],
	[`${AT}.taints[].effect`]: ["NO_SCHEDULE", "PREFER_NO_SCHEDULE", "NO_EXECUTE"],
	[`${AT}.workloadMetadataConfig.mode`]: ["MODE_UNSPECIFIED", "GCE_METADATA", "GKE_METADATA"],
};

/** What is wrong with the nodes' settings; `workloadPool` is the cluster's, undefined where it has none. */
export function nodeConfigFaults({ inputs }: CheckContext, workloadPool: string | undefined): Fault[] {
	const type = text(inputs, `${AT}.machineType`);
	return [
		...faultsOf([...machineRows(inputs, type), ...diskRows(inputs, type), ...identityRows(inputs, workloadPool)]),
		...acceleratorFaults(type, list(inputs, `${AT}.guestAccelerators`), {
			property: `${AT}.guestAccelerators`,
			type: "type",
			count: "count",
		}),
	];
}

function machineRows(inputs: CheckContext["inputs"], type: string | undefined): Refusal[] {
	const accelerated = type !== undefined && machineType(type)?.gpus !== undefined;
	return [
		{
			when: type !== undefined && !/^[a-z]\w*-[a-z0-9-]+$/.test(type),
			property: `${AT}.machineType`,
			reason: `must be a machine type such as n2-standard-8, but ${JSON.stringify(type)} was given`,
		},
		{
			when: flag(inputs, `${AT}.spot`) === true && flag(inputs, `${AT}.preemptible`) === true,
			property: `${AT}.preemptible`,
			reason: "cannot be combined with spot; remove it",
		},
		{
			when: accelerated && flag(inputs, `${AT}.gvnic.enabled`) === false,
			property: `${AT}.gvnic.enabled`,
			reason: `${type} needs gVNIC; set it to true or leave it out`,
		},
		{
			when: isSet(inputs, `${AT}.maxRunDuration`) && !isDuration(inputs),
			property: `${AT}.maxRunDuration`,
			reason: `must be 600s to 604800s (10 minutes to 7 days, as text), but ${JSON.stringify(text(inputs, `${AT}.maxRunDuration`))} was given`,
		},
	];
}

/** True for 10 minutes to 7 days. Source: Google Cloud, Flex-start VMs, unverified. */
function isDuration(inputs: CheckContext["inputs"]): boolean {
	const value = text(inputs, `${AT}.maxRunDuration`);
	const seconds = Number(/^(\d+)(\.\d+)?s$/.exec(value ?? "")?.[1] ?? Number.NaN);
	return value === undefined || (seconds >= 600 && seconds <= 604_800);
}

function diskRows(inputs: CheckContext["inputs"], type: string | undefined): Refusal[] {
	const kinds = ["ephemeralStorageLocalSsdConfig", "ephemeralStorageConfig", "localNvmeSsdBlockConfig"];
	const given = kinds.filter((kind) => isSet(inputs, `${AT}.${kind}`));
	const fixed = type !== undefined && FIXED_SSDS.test(type) ? machineType(type)?.localSsds : undefined;
	const disk = text(inputs, `${AT}.diskType`);
	return [
		outside(number(inputs, `${AT}.diskSizeGb`), `${AT}.diskSizeGb`, { min: 10, max: 65_536, unit: "GB" }),
		{
			when: given.length > 1,
			property: `${AT}.${given[1]}`,
			reason: `cannot be combined with ${given[0]}; keep one way to use the local SSDs`,
		},
		...given.map((kind) => {
			const count = number(inputs, `${AT}.${kind}.localSsdCount`);
			return {
				when: fixed !== undefined && count !== undefined && count !== fixed,
				property: `${AT}.${kind}.localSsdCount`,
				reason: `must be ${fixed}, the local SSDs that come with ${type}, but ${count} was given`,
			};
		}),
		{
			when: type !== undefined && HYPERDISK_ONLY.test(type) && disk?.startsWith("pd-") === true,
			property: `${AT}.diskType`,
			reason: `${type} boots from Hyperdisk only, but ${disk} was given; use hyperdisk-balanced`,
		},
	];
}

function identityRows(inputs: CheckContext["inputs"], workloadPool: string | undefined): Refusal[] {
	const scopes = texts(inputs, `${AT}.oauthScopes`);
	const wrong = scopes.find((scope) => !/^(https:\/\/www\.googleapis\.com\/auth\/[\w.-]+|[a-z-]+)$/.test(scope));
	return [
		{
			when: text(inputs, `${AT}.workloadMetadataConfig.mode`) === "GKE_METADATA" && workloadPool === undefined,
			property: `${AT}.workloadMetadataConfig.mode`,
			reason: "GKE_METADATA needs workloadIdentityConfig.workloadPool on the cluster; set it there",
		},
		{
			when: wrong !== undefined,
			property: `${AT}.oauthScopes`,
			reason: `must be scopes such as https://www.googleapis.com/auth/cloud-platform, but ${JSON.stringify(wrong)} was given`,
		},
	];
}
