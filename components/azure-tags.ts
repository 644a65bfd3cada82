import * as pulumi from "@pulumi/pulumi";
import type { Spec } from "../spec/schema";

/** Types of Azure that carry tags; the provider has no default tags of its own. */
const tagged: ReadonlySet<string> = new Set(
	[
		"compute:CapacityReservation",
		"compute:CapacityReservationGroup",
		"compute:DiskEncryptionSet",
		"containerservice:AgentPool",
		"containerservice:ManagedCluster",
		"keyvault:Key",
		"keyvault:Vault",
		"managedidentity:UserAssignedIdentity",
		"monitor:DataCollectionRule",
		"network:AzureFirewall",
		"network:FirewallPolicy",
		"network:FlowLog",
		"network:NatGateway",
		"network:NetworkSecurityGroup",
		"network:PrivateEndpoint",
		"network:PublicIPAddress",
		"network:RouteTable",
		"network:VirtualHub",
		"network:VirtualNetwork",
		"network:VirtualWan",
		"network:VpnGateway",
		"network:VpnSite",
		"operationalinsights:Workspace",
		"privatedns:PrivateZone",
		"privatedns:VirtualNetworkLink",
		"resources:ResourceGroup",
		"storage:StorageAccount",
	].map((type) => `azure-native:${type}`),
);

/** Puts the platform's tags on every Azure resource of the stack that takes them, once, at its root. */
export function tagAzureResources(spec: Spec): void {
	const { organization, environment } = spec;
	pulumi.runtime.registerStackTransformation(({ type, props, opts }) => {
		if (!tagged.has(type)) {
			return undefined;
		}
		const tags = {
			organization: organization.name,
			environment,
			owner: organization.owner,
			"cost-centre": organization.costCentre,
			"managed-by": "meridian",
		};
		return { props: { ...props, tags: { ...tags, ...props.tags } }, opts };
	});
}
