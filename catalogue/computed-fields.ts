import { isObject, type Properties, UNKNOWN, type Value } from "../lib/values";

/**
 * Fields inside an input's object that the cloud computes: before creation they are unknown, though the object around
 * them is known. Source: the `Computed` attributes of Terraform provider aws, aws_eks_cluster, and of provider
 * google, google_container_cluster; for azure-native the outputs that no input has, which its preview leaves unknown
 * (previewOutputs.go); read 2026-11-21.
 */
const computedFields: { readonly [type: string]: { readonly [property: string]: readonly string[] } } = {
	"aws:eks/cluster:Cluster": {
		vpcConfig: ["clusterSecurityGroupId", "vpcId"],
		kubernetesNetworkConfig: ["serviceIpv6Cidr"],
	},
	"gcp:container/cluster:Cluster": {
		ipAllocationPolicy: ["clusterIpv4CidrBlock", "servicesIpv4CidrBlock"],
		masterAuth: ["clientCertificate", "clientKey", "clusterCaCertificate"],
		privateClusterConfig: ["masterIpv4CidrBlock", "peeringName", "privateEndpoint", "publicEndpoint"],
	},
	"azure-native:compute:DiskEncryptionSet": { identity: ["principalId", "tenantId"] },
	"azure-native:containerregistry:Registry": { identity: ["principalId", "tenantId"], sku: ["tier"] },
	"azure-native:containerservice:ManagedCluster": {
		identity: ["principalId", "tenantId"],
		networkProfile: ["dnsServiceIP", "podCidr", "serviceCidr"],
		oidcIssuerProfile: ["issuerURL"],
	},
	"azure-native:keyvault:Vault": {
		properties: ["hsmPoolResourceId", "privateEndpointConnections", "provisioningState", "vaultUri"],
	},
	"azure-native:network:AzureFirewall": { ipConfigurations: ["privateIPAddress"] },
	"azure-native:storage:StorageAccount": { identity: ["principalId", "tenantId"], sku: ["tier"] },
};

/** What a preview knows of a new resource's outputs: its inputs, with what the cloud adds inside them unknown. */
export function previewOutputs(type: string, inputs: Properties): Properties {
	return withComputed(type, inputs, () => UNKNOWN);
}

/** What a preview knows of a changed resource's outputs: its new inputs over its last state, the cloud's own fields kept. */
export function previewUpdate(type: string, state: Properties, inputs: Properties): Properties {
	return { ...state, ...withComputed(type, inputs, (property, field) => fieldOf(state[property], field)) };
}

function withComputed(
	type: string,
	inputs: Properties,
	computedValue: (property: string, field: string) => Value,
): Properties {
	const added = Object.entries(computedFields[type] ?? {}).map(([property, fields]) => {
		const given = inputs[property];
		const computed = Object.fromEntries(fields.map((field) => [field, computedValue(property, field)]));
		const completed = (value: Value): Value => (isObject(value) ? { ...computed, ...value } : value);
		return [property, Array.isArray(given) ? given.map(completed) : completed(given ?? UNKNOWN)] as const;
	});
	return { ...inputs, ...Object.fromEntries(added) };
}

function fieldOf(bag: Value | undefined, field: string): Value {
	return isObject(bag) ? (bag[field] ?? UNKNOWN) : UNKNOWN;
}
