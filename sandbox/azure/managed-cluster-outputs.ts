import { isObject, type Properties, type Value } from "../../lib/values";
import { flag, list, object, text } from "../check/inputs";
import type { CreateContext } from "../model";
import { POOL_DEFAULTS } from "./agent-pool";
import { guid, tenantOf } from "./arm-id";
import { identityOf } from "./grants";
import { locationOf } from "./place";
import { TYPE } from "./types";
import { DEFAULT_VERSION, fullVersion } from "./versions";

/** Values of networkProfile that the program leaves out, as AKS fills them in. */
export const NETWORK_DEFAULTS: Properties = {
	dnsServiceIP: "10.0.0.10",
	ipFamilies: ["IPv4"],
	loadBalancerSku: "standard",
	networkDataplane: "azure",
	networkPlugin: "azure",
	outboundType: "loadBalancer",
	podCidr: "10.244.0.0/16",
	serviceCidr: "10.0.0.0/16",
};

/** What AKS fixes when it makes a cluster: its names, its node resource group, its issuer. */
export function fixedOutputs(context: CreateContext): Properties {
	const { inputs } = context;
	const region = locationOf(TYPE.cluster, context) ?? "";
	const host = text(inputs, "fqdnSubdomain") ?? `${text(inputs, "dnsPrefix")}-${context.hex(8)}`;
	return {
		...hosts(context, host, region),
		nodeResourceGroup: nodeGroup(context),
		maxAgentPools: 100,
		powerState: { code: "Running" },
		resourceUID: context.hex(24),
	};
}

/** The resource group of the nodes: the program's name, or one of at most 80 characters as AKS makes it. */
function nodeGroup(context: CreateContext): string {
	const { inputs } = context;
	const parts = [
		"MC",
		text(inputs, "resourceGroupName"),
		text(inputs, "resourceName"),
		locationOf(TYPE.cluster, context),
	];
	return text(inputs, "nodeResourceGroup") ?? parts.join("_").slice(0, 80);
}

function hosts(context: CreateContext, host: string, region: string): Properties {
	const access = object(context.inputs, "apiServerAccessProfile");
	const isPrivate = flag(access, "enablePrivateCluster") === true;
	const zone = text(access, "privateDNSZone") ?? "system";
	const named = zone.includes("/") ? zone.split("/").at(-1) : `${guid(context)}.privatelink.${region}.azmk8s.io`;
	const isPublic = !isPrivate || flag(access, "enablePrivateClusterPublicFQDN") !== false;
	return {
		azurePortalFQDN: `${host}.portal.hcp.${region}.azmk8s.io`,
		...(isPublic ? { fqdn: `${host}.hcp.${region}.azmk8s.io` } : {}),
		...(isPrivate && zone !== "none" ? { privateFQDN: `${host}.${named}` } : {}),
	};
}

/** Outputs that follow the inputs; what AKS made up at creation stays as it was. */
export function followingOutputs(context: CreateContext): Properties {
	const { inputs } = context;
	const version =
		text(inputs, "kubernetesVersion") ?? text(context.self?.outputs, "kubernetesVersion") ?? DEFAULT_VERSION;
	return {
		agentPoolProfiles: list(inputs, "agentPoolProfiles").map((pool) => poolOutput(pool, version)),
		currentKubernetesVersion: fullVersion(version),
		identityProfile: kubeletIdentity(context),
		kubernetesVersion: version,
		networkProfile: { ...NETWORK_DEFAULTS, ...object(inputs, "networkProfile") },
		oidcIssuerProfile: issuer(context),
		sku: { name: "Base", tier: "Free", ...object(inputs, "sku") },
	};
}

function poolOutput(pool: Value, version: string): Value {
	const given = isObject(pool) ? pool : {};
	const full = fullVersion(text(given, "orchestratorVersion") ?? version);
	return {
		...POOL_DEFAULTS,
		currentOrchestratorVersion: full,
		orchestratorVersion: version,
		provisioningState: "Succeeded",
		...given,
	};
}

/** The identity of the nodes: the program's, or one that AKS makes in the node resource group. */
function kubeletIdentity(context: CreateContext): Properties {
	const given = object(context.inputs, "identityProfile.kubeletidentity");
	const before = object(context.self?.outputs, "identityProfile.kubeletidentity");
	const identity = identityOf(text(given, "resourceId"), context);
	if (identity) {
		const [clientId, objectId] = [
			text(identity.outputs, "clientId") ?? "",
			text(identity.outputs, "principalId") ?? "",
		];
		return { kubeletidentity: { clientId, objectId, resourceId: identity.id } };
	}
	const name = `${text(context.inputs, "resourceName")}-agentpool`;
	const group = `/subscriptions/${context.scope.account}/resourceGroups/${nodeGroup(context)}`;
	const resourceId = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
	const made = { clientId: guid(context), objectId: guid(context), resourceId };
	return { kubeletidentity: text(before, "objectId") === undefined ? made : before };
}

function issuer(context: CreateContext): Properties {
	const enabled = flag(context.inputs, "oidcIssuerProfile.enabled") === true;
	const before = text(context.self?.outputs, "oidcIssuerProfile.issuerURL");
	const region = locationOf(TYPE.cluster, context);
	const url = before ?? `https://${region}.oic.prod-aks.azure.com/${tenantOf(context)}/${guid(context)}/`;
	return { enabled, ...(enabled ? { issuerURL: url } : {}) };
}
