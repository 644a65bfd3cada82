import * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import { egressGroups, firewallAddresses } from "../../catalogue/azure/egress";
import { type AzurePlace, knownName, reference } from "../azure-place";
import { accountOf, physicalName } from "../cell-context";
import { firewallCollections } from "./azure-firewall-rules";
import { firewallSubnet } from "./azure-virtual-network";

export interface AzureEgressArgs extends AzurePlace {
	readonly network: azure.network.VirtualNetwork;
	/** Range of the firewall's own subnet, a /26. */
	readonly range: string;
	/** Range of the nodes, which may go out. */
	readonly nodes: string;
	readonly zones: readonly string[];
}

/** The one way out of a network: a firewall over all zones that lets listed domains through, and the route to it. */
export class AzureEgress extends pulumi.ComponentResource {
	readonly routeTable: azure.network.RouteTable;
	readonly firewall: azure.network.AzureFirewall;
	/** The public addresses by which nodes reach the internet. */
	readonly addresses: readonly pulumi.Output<string>[];

	constructor(
		private readonly name: string,
		private readonly args: AzureEgressArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:network:AzureEgress", name, {}, opts);
		const policy = this.createPolicy();
		const rules = this.createRules(policy);
		const publics = Array.from({ length: firewallAddresses }, (_, i) => this.createAddress(`${i + 1}`));
		this.addresses = publics.map(({ ipAddress }) => ipAddress.apply((address) => address ?? ""));
		this.firewall = this.createFirewall(policy, rules, publics);
		this.routeTable = this.createRoutes();
		this.registerOutputs({});
	}

	private createPolicy(): azure.network.FirewallPolicy {
		const { context, group } = this.args;
		return new azure.network.FirewallPolicy(
			`${this.name}-policy`,
			{
				resourceGroupName: group.name,
				firewallPolicyName: this.policyName,
				location: context.region,
				sku: { tier: "Standard" },
				threatIntelMode: "Deny",
			},
			{ parent: this },
		);
	}

	private get policyName(): string {
		return physicalName(this.args.context, "egress", 80);
	}

	private createRules(policy: azure.network.FirewallPolicy): azure.network.FirewallPolicyRuleCollectionGroup {
		const { context, group, nodes } = this.args;
		const { spec } = context;
		const images = { account: accountOf(spec, "aws"), region: spec.global.region };
		return new azure.network.FirewallPolicyRuleCollectionGroup(
			`${this.name}-rules`,
			{
				resourceGroupName: group.name,
				firewallPolicyName: knownName(policy, this.policyName),
				ruleCollectionGroupName: "egress",
				priority: 200,
				ruleCollections: firewallCollections({
					nodes,
					groups: egressGroups(context.region, images),
					domains: spec.network.egress.domains,
				}),
			},
			{ parent: this },
		);
	}

	private createAddress(key: string): azure.network.PublicIPAddress {
		const { context, group, zones } = this.args;
		return new azure.network.PublicIPAddress(
			`${this.name}-${key}`,
			{
				resourceGroupName: group.name,
				publicIpAddressName: physicalName(context, `egress-${key}`, 80),
				sku: { name: "Standard", tier: "Regional" },
				publicIPAllocationMethod: "Static",
				publicIPAddressVersion: "IPv4",
				zones: [...zones],
			},
			{ parent: this },
		);
	}

	private createFirewall(
		policy: azure.network.FirewallPolicy,
		rules: azure.network.FirewallPolicyRuleCollectionGroup,
		publics: readonly azure.network.PublicIPAddress[],
	): azure.network.AzureFirewall {
		const { context, group, network, range, zones } = this.args;
		const subnet = firewallSubnet(this.name, { context, group, network, range }, { parent: this });
		return new azure.network.AzureFirewall(
			`${this.name}-firewall`,
			{
				resourceGroupName: group.name,
				azureFirewallName: physicalName(context, "egress", 56),
				location: context.region,
				sku: { name: "AZFW_VNet", tier: "Standard" },
				zones: [...zones],
				firewallPolicy: reference(policy),
				ipConfigurations: publics.map((address, i) => ({
					name: `egress-${i + 1}`,
					publicIPAddress: reference(address),
					...(i === 0 ? { subnet: reference(subnet) } : {}),
				})),
			},
			// A policy that a firewall takes up just then cannot be changed, so its rules come first.
			{ parent: this, dependsOn: [rules], replaceOnChanges: ["zones"] },
		);
	}

	/** Only what nothing nearer leads to goes to the firewall: routes to other regions come from their hub. */
	private createRoutes(): azure.network.RouteTable {
		const { context, group } = this.args;
		const nextHopIpAddress = this.firewall.ipConfigurations.apply(
			(all) => (all ?? []).find(({ privateIPAddress }) => privateIPAddress)?.privateIPAddress ?? "",
		);
		return new azure.network.RouteTable(
			`${this.name}-routes`,
			{
				resourceGroupName: group.name,
				routeTableName: physicalName(context, "egress", 80),
				location: context.region,
				disableBgpRoutePropagation: false,
				routes: [{ name: "internet", addressPrefix: "0.0.0.0/0", nextHopType: "VirtualAppliance", nextHopIpAddress }],
			},
			{ parent: this },
		);
	}
}
