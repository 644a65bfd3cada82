import { addressAt, parseCidr, sizeOf } from "../../lib/cidr";
import type { Properties } from "../../lib/values";
import { certificateForm } from "../certificate-form";
import { flag, object, text, texts } from "../check/inputs";
import type { CreateContext, SandboxObject } from "../model";
import { secondaryRange } from "./cluster-ranges";
import { regionOfZone } from "./names";
import { publicAddress } from "./private-services";
import { numberOf } from "./project-number";
import { SUBNETWORK } from "./ranges";
import { objectAt } from "./references";

const CLUSTER = "gcp:container/cluster:Cluster";

/** The patch that a new cluster gets of a minor version; the sandbox's choice, not GKE's of today. */
const PATCH = "1-gke.1829001";

/** The minor version of a new cluster where the program names none; the sandbox's choice. */
const DEFAULT_VERSION = "1.34";

/** What is fixed when a cluster is created: its addresses and its certificate. */
export function fixedOutputs(context: CreateContext, id: string): Properties {
	const { inputs, scope, digits, hex } = context;
	const subnet = objectAt(context, SUBNETWORK, "subnetwork");
	const isPrivate = flag(inputs, "privateClusterConfig.enablePrivateEndpoint") === true;
	const inside = privateAddress(context, text(subnet?.outputs, "ipCidrRange"));
	const outside = publicAddress(context);
	const endpoint = isPrivate ? inside : outside;
	return {
		clusterIpv4Cidr: podRange(context) ?? "",
		controlPlaneEndpointsConfig: {
			dnsEndpointConfig: {
				allowExternalTraffic: false,
				endpoint: `gke-${hex(32)}-${numberOf(context)}.${scope.region}.gke.goog`,
			},
			ipEndpointsConfig: { enabled: true },
			...object(inputs, "controlPlaneEndpointsConfig"),
		},
		emulatedVersion: "",
		endpoint,
		labelFingerprint: hex(8),
		masterAuth: {
			clientCertificate: "",
			clientKey: "",
			clientCertificateConfig: { issueClientCertificate: false },
			clusterCaCertificate: certificateForm(context),
		},
		operation: `operation-${digits(13)}-${hex(8)}`,
		privateClusterConfig: {
			enablePrivateEndpoint: false,
			enablePrivateNodes: false,
			masterIpv4CidrBlock: "",
			peeringName: "",
			privateEndpoint: inside,
			publicEndpoint: isPrivate ? "" : outside,
			...object(inputs, "privateClusterConfig"),
		},
		selfLink: `https://container.googleapis.com/v1/${linkPath(id)}`,
		servicesIpv4Cidr:
			text(inputs, "ipAllocationPolicy.servicesIpv4CidrBlock") ?? serviceRange(context) ?? "34.118.224.0/20",
		tpuIpv4CidrBlock: "",
	};
}

/** What follows the settings: versions, zones, defaults of the blocks that GKE fills. */
export function clusterOutputs(context: CreateContext): Properties {
	const { inputs, scope, self } = context;
	const wanted = text(inputs, "minMasterVersion");
	const before = text(self?.outputs, "masterVersion");
	const version = before !== undefined && (wanted === undefined || before.startsWith(wanted)) ? before : full(wanted);
	const zone = text(inputs, "location") ?? "";
	const zones = texts(inputs, "nodeLocations");
	const all = ["a", "b", "c"].map((letter) => `${scope.region}-${letter}`);
	return {
		...(self ? keptOutputs(context, self) : {}),
		databaseEncryption: { state: "DECRYPTED", keyName: "", ...object(inputs, "databaseEncryption") },
		datapathProvider: text(inputs, "datapathProvider") ?? "LEGACY_DATAPATH",
		defaultMaxPodsPerNode: inputs.defaultMaxPodsPerNode ?? 110,
		ipAllocationPolicy: {
			clusterIpv4CidrBlock: podRange(context) ?? "",
			servicesIpv4CidrBlock: serviceRange(context) ?? "34.118.224.0/20",
			stackType: "IPV4",
			...object(inputs, "ipAllocationPolicy"),
		},
		masterVersion: version,
		nodeLocations: zones.length > 0 ? zones : regionOfZone(zone) === undefined ? all : [],
		nodeVersion: text(inputs, "nodeVersion") ?? version,
		releaseChannel: { channel: "REGULAR", ...object(inputs, "releaseChannel") },
	};
}

/** After an update: the addresses stay, the settings around them are the program's; the endpoint may change sides. */
function keptOutputs({ inputs }: CreateContext, self: SandboxObject): Properties {
	const reach: Properties = {
		...object(self.outputs, "privateClusterConfig"),
		...object(inputs, "privateClusterConfig"),
	};
	const isPrivate = reach.enablePrivateEndpoint === true;
	const address = text(reach, isPrivate ? "privateEndpoint" : "publicEndpoint") || text(self.outputs, "endpoint");
	return {
		controlPlaneEndpointsConfig: {
			...object(self.outputs, "controlPlaneEndpointsConfig"),
			...object(inputs, "controlPlaneEndpointsConfig"),
		},
		endpoint: address ?? "",
		privateClusterConfig: reach,
	};
}

function full(version: string | undefined): string {
	const wanted = version === undefined || version === "latest" ? DEFAULT_VERSION : version;
	const parts = wanted.split(".");
	const patch = parts.length > 2 ? `-${PATCH.slice(2)}` : `.${PATCH}`;
	return wanted.includes("-gke.") ? wanted : wanted + patch;
}

/** Zonal clusters are named by their zone. */
function linkPath(id: string): string {
	const [, location] = /\/locations\/([^/]+)\//.exec(id) ?? [];
	return regionOfZone(location ?? "") === undefined ? id : id.replace("/locations/", "/zones/");
}

function podRange(context: CreateContext): string | undefined {
	const { inputs } = context;
	const name = text(inputs, "ipAllocationPolicy.clusterSecondaryRangeName");
	return (
		text(inputs, "ipAllocationPolicy.clusterIpv4CidrBlock") ??
		secondaryRange(objectAt(context, SUBNETWORK, "subnetwork"), name)
	);
}

function serviceRange(context: CreateContext): string | undefined {
	const name = text(context.inputs, "ipAllocationPolicy.servicesSecondaryRangeName");
	return secondaryRange(objectAt(context, SUBNETWORK, "subnetwork"), name);
}

/**
 * An address of the control plane's own range, or of the cluster's subnet. No two clusters of the sandbox share one,
 * though clusters of two networks may: a kubeconfig names its cluster by nothing else.
 */
function privateAddress({ inputs, world }: CreateContext, subnet: string | undefined): string {
	const block = parseCidr(text(inputs, "privateClusterConfig.masterIpv4CidrBlock") ?? subnet ?? "10.128.0.0/20");
	if (block === undefined) {
		return "";
	}
	const last = Number(sizeOf(block)) - 2;
	for (let offset = 2; offset < last; offset += 1) {
		const address = addressAt(block, offset);
		if (world.find([CLUSTER], "endpoint", address).length === 0) {
			return address;
		}
	}
	return addressAt(block, last);
}
