import { parseCidr } from "../../lib/cidr";
import type { Properties } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { flag, isAbsent, isSet, list, object, text, texts } from "../check/inputs";
import type { CheckContext, Fault } from "../model";
import { networkIdOf } from "./arm-id";
import { identityOf, lacks } from "./grants";
import { locationOf } from "./place";
import { identityRows } from "./resource-identity";
import { TYPE } from "./types";

const ACCESS = "apiServerAccessProfile";

/** Who the cluster is, who may enter, and how its API server is reached. */
export function accessFaults(context: CheckContext): Fault[] {
	const { inputs } = context;
	return [
		...faultsOf([...identityRows(inputs), ...identityKindRows(inputs), ...kubeletRows(context)]),
		...faultsOf([...entraRows(inputs), ...endpointRows(inputs)]),
		...faultsOf(dnsRows(context)),
	];
}

function identityKindRows(inputs: Properties): Refusal[] {
	const ids = list(inputs, "identity.userAssignedIdentities").length;
	return [
		{
			when: isAbsent(inputs, "identity") && isAbsent(inputs, "servicePrincipalProfile"),
			property: "identity",
			reason: "is required: the cluster acts as it; give type UserAssigned and an identity",
		},
		{
			when: ids > 1,
			property: "identity.userAssignedIdentities",
			reason: `must be exactly one identity, but ${ids} were given`,
		},
	];
}

/** The kubelet's own identity is assigned to the nodes by the cluster's, which must be allowed to. */
function kubeletRows(context: CheckContext): Refusal[] {
	const { inputs, world } = context;
	const given = object(inputs, "identityProfile.kubeletidentity");
	const id = text(given, "resourceId");
	const kubelet = identityOf(id, context);
	const own = texts(inputs, "identity.userAssignedIdentities")[0];
	const assign = { action: "Microsoft.ManagedIdentity/userAssignedIdentities/any/assign/action", on: id ?? "" };
	const keys = Object.keys(object(inputs, "identityProfile")).filter((key) => key !== "kubeletidentity");
	const pairs = [
		["clientId", "clientId"],
		["objectId", "principalId"],
	] as const;
	return [
		...keys.map((key) => ({
			when: true,
			property: `identityProfile.${key}`,
			reason: 'there is no such identity; the key is "kubeletidentity"',
		})),
		{
			when: id !== undefined && kubelet === undefined,
			property: "identityProfile.kubeletidentity.resourceId",
			reason: `names no existing UserAssignedIdentity: ${JSON.stringify(id)}; create it first`,
		},
		...pairs.map(([path, output]) => ({
			when:
				kubelet !== undefined && text(given, path) !== undefined && text(given, path) !== text(kubelet.outputs, output),
			property: `identityProfile.kubeletidentity.${path}`,
			reason: `must be the ${output} of ${id}, ${text(kubelet?.outputs, output)}, but ${text(given, path)} was given`,
		})),
		{
			when: isSet(inputs, "identityProfile.kubeletidentity") && text(inputs, "identity.type") === "SystemAssigned",
			property: "identity.type",
			reason: 'must be "UserAssigned" where the kubelet has an identity of its own; change it',
		},
		{
			when: kubelet !== undefined && lacks(identityOf(own, context), assign, world),
			property: "identityProfile.kubeletidentity.resourceId",
			reason: `the cluster's identity ${own} may not assign it; give Managed Identity Operator at ${id}, and depend on the assignment`,
		},
	];
}

function entraRows(inputs: Properties): Refusal[] {
	const managed = flag(inputs, "aadProfile.managed");
	const off = isAbsent(inputs, "aadProfile.managed") || managed === false;
	const groups = texts(inputs, "aadProfile.adminGroupObjectIDs");
	return [
		{
			when: flag(inputs, "disableLocalAccounts") === true && off,
			property: "disableLocalAccounts",
			reason: "needs aadProfile.managed, or nobody could enter the cluster; set both",
		},
		{
			when: flag(inputs, "aadProfile.enableAzureRBAC") === true && off,
			property: "aadProfile.enableAzureRBAC",
			reason: "needs aadProfile.managed; set it to true",
		},
		{
			when: isSet(inputs, "aadProfile") && flag(inputs, "enableRBAC") === false,
			property: "enableRBAC",
			reason: "cannot be false where aadProfile is given; remove it",
		},
		...groups.map((group, i) => ({
			when: !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(group),
			property: `aadProfile.adminGroupObjectIDs[${i}]`,
			reason: `must be the object id of a group, a GUID, but ${JSON.stringify(group)} was given`,
		})),
		{
			when:
				flag(inputs, "securityProfile.workloadIdentity.enabled") === true &&
				(isAbsent(inputs, "oidcIssuerProfile.enabled") || flag(inputs, "oidcIssuerProfile.enabled") === false),
			property: "oidcIssuerProfile.enabled",
			reason: "must be true where workload identity is enabled; set it",
		},
	];
}

function endpointRows(inputs: Properties): Refusal[] {
	const isPrivate = flag(inputs, `${ACCESS}.enablePrivateCluster`) === true;
	const isPublic =
		isAbsent(inputs, `${ACCESS}.enablePrivateCluster`) || flag(inputs, `${ACCESS}.enablePrivateCluster`) === false;
	const ranges = list(inputs, `${ACCESS}.authorizedIPRanges`);
	const integrated = flag(inputs, `${ACCESS}.enableVnetIntegration`) === true;
	return [
		{
			when: isPrivate && ranges.length > 0,
			property: `${ACCESS}.authorizedIPRanges`,
			reason: "do not apply to a private cluster; remove them",
		},
		...texts(inputs, `${ACCESS}.authorizedIPRanges`).map((range, i) => ({
			when: parseCidr(range) === undefined && parseCidr(`${range}/32`) === undefined,
			property: `${ACCESS}.authorizedIPRanges[${i}]`,
			reason: `must be an address or block, but ${JSON.stringify(range)} was given`,
		})),
		...["privateDNSZone", "enablePrivateClusterPublicFQDN"].map((path) => ({
			when: isPublic && isSet(inputs, `${ACCESS}.${path}`) && flag(inputs, `${ACCESS}.${path}`) !== false,
			property: `${ACCESS}.${path}`,
			reason: "applies to private clusters only; set enablePrivateCluster or remove it",
		})),
		{
			when: integrated && isAbsent(inputs, `${ACCESS}.subnetId`),
			property: `${ACCESS}.subnetId`,
			reason:
				"is required for VNet integration with a network of your own: a subnet delegated to Microsoft.ContainerService/managedClusters; set it",
		},
		{
			when: !integrated && isSet(inputs, `${ACCESS}.subnetId`) && isAbsent(inputs, `${ACCESS}.enableVnetIntegration`),
			property: `${ACCESS}.subnetId`,
			reason: "needs enableVnetIntegration; set it to true or remove the subnet",
		},
	];
}

function dnsRows(context: CheckContext): Refusal[] {
	const { inputs, world } = context;
	const zone = text(inputs, `${ACCESS}.privateDNSZone`);
	const isOwn = zone !== undefined && !["system", "none"].includes(zone.toLowerCase());
	const location = locationOf(TYPE.cluster, context);
	const name = zone?.split("/").at(-1) ?? "";
	const fits = new RegExp(`^([a-z0-9-]{1,32}\\.)?(privatelink\\.)?${location ?? "[a-z0-9]+"}\\.azmk8s\\.io$`).test(
		name,
	);
	const id = texts(inputs, "identity.userAssignedIdentities")[0];
	const write = { action: "Microsoft.Network/privateDnsZones/A/write", on: zone ?? "" };
	const isPublic = flag(inputs, `${ACCESS}.enablePrivateClusterPublicFQDN`);
	return [
		{
			when: isOwn && world.find([TYPE.privateZone], "id", zone).length === 0,
			property: `${ACCESS}.privateDNSZone`,
			reason: `must be "system", "none" or the id of an existing private zone, but ${JSON.stringify(zone)} was given`,
		},
		{
			when: isOwn && !fits,
			property: `${ACCESS}.privateDNSZone`,
			reason: `the zone must be named privatelink.${location}.azmk8s.io, or a subzone of it, but it is ${name}`,
		},
		{
			when: isOwn && text(inputs, "identity.type") === "SystemAssigned",
			property: "identity.type",
			reason: 'must be "UserAssigned" where privateDNSZone is a zone of your own; change it',
		},
		{
			when: isOwn && lacks(identityOf(id, context), write, world),
			property: `${ACCESS}.privateDNSZone`,
			reason: `the cluster's identity ${id} may not write to the zone; assign Private DNS Zone Contributor there, and depend on it`,
		},
		{
			when: isSet(inputs, "fqdnSubdomain") && !isOwn && (zone !== undefined || isAbsent(inputs, ACCESS)),
			property: "fqdnSubdomain",
			reason: "needs a private zone of your own in privateDNSZone; use dnsPrefix",
		},
		{
			when: zone?.toLowerCase() === "none" && isPublic === false,
			property: `${ACCESS}.enablePrivateClusterPublicFQDN`,
			reason: 'must be true where privateDNSZone is "none", or the API server would have no name; set it',
		},
	];
}

/** What AKS does in the program's network it does as the cluster's identity. */
export function networkGrantFaults(context: CheckContext): Fault[] {
	const { inputs, world } = context;
	const id = texts(inputs, "identity.userAssignedIdentities")[0];
	const identity = identityOf(id, context);
	const pools = list(inputs, "agentPoolProfiles").map(
		(pool, i) => [`agentPoolProfiles[${i}].vnetSubnetID`, text(pool, "vnetSubnetID")] as const,
	);
	const subnets = [...pools, [`${ACCESS}.subnetId`, text(inputs, `${ACCESS}.subnetId`)] as const];
	return faultsOf(
		subnets.map(([property, subnet]) => {
			const join = { action: "Microsoft.Network/virtualNetworks/subnets/join/action", on: subnet ?? "" };
			return {
				when: subnet !== undefined && lacks(identity, join, world),
				property,
				reason: `the cluster's identity ${id} may not join the subnet; assign Network Contributor at ${networkIdOf(subnet ?? "")}, and depend on it`,
			};
		}),
	);
}
