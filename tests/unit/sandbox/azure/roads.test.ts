import assert from "node:assert/strict";
import type { Properties, Value } from "../../../../lib/values";
import { TYPE } from "../../../../sandbox/azure/types";
import { list, object, text } from "../../../../sandbox/check/inputs";
import { assertFault, modelOf, refuses } from "../stage";
import { applicationRule } from "./estate-roads";
import { Bench, changed, rows } from "./rows";

const bench = new Bench();
const but = bench.but.bind(bench);
const of = bench.of.bind(bench);
const NEW = "new";

/** Inputs of a second object of the estate, under another name. */
const other = (name: string, own: string, changes: Properties = {}) => but(name, { [own]: NEW, ...changes });

const first = (bag: Properties, path: string): Properties => object({ item: list(bag, path)[0] ?? {} }, "item");
/** The estate's connection with changes to its one link. */
const link = (changes: Properties) =>
	but("tunnel", { vpnLinkConnections: [changed(first(of("tunnel").inputs, "vpnLinkConnections"), changes)] });
const ipsec = (changes: Properties) => {
	const connection = first(of("tunnel").inputs, "vpnLinkConnections");
	return link({ ipsecPolicies: [changed(first(connection, "ipsecPolicies"), changes)] });
};
const site = (...links: Properties[]) =>
	other("site", "vpnSiteName", {
		vpnSiteLinks: links.map((each) => changed(first(of("site").inputs, "vpnSiteLinks"), each)),
	});
const machines = (changes: Properties) => {
	const [one, two = {}] = list(of("gateway").inputs, "bgpSettings.bgpPeeringAddresses");
	return but("gateway", {
		"bgpSettings.bgpPeeringAddresses": [changed(object({ one: one ?? {} }, "one"), changes), two],
	});
};

describe("Azure backbones", () => {
	refuses(
		() => [
			...rows(TYPE.virtualWan, [
				["a WAN of no kind", other("wan", "virtualWANName", { type: "Large" }), "type", /Standard/],
				["a WAN twice", but("wan"), "virtualWANName", /taken by/],
			]),
			...rows(TYPE.virtualHub, [
				["no addresses", other("hub", "virtualHubName", { addressPrefix: null }), "addressPrefix", /required/],
				["a hub of /25", other("hub", "virtualHubName", { addressPrefix: "10.1.0.0/25" }), "addressPrefix", /8 to 24/],
				["the addresses of another hub", other("hub", "virtualHubName"), "addressPrefix", /overlaps 10\.254\.64/],
				["no WAN", other("hub", "virtualHubName", { virtualWan: null }), "virtualWan.id", /required/],
				[
					"a WAN that is not there",
					other("hub", "virtualHubName", { "virtualWan.id": `${of("wan").id}x` }),
					"virtualWan.id",
					/names no existing VirtualWan/,
				],
				["another kind than its WAN's", but("hub", { sku: "Basic" }), "sku", /"Standard", the type of its virtual WAN/],
			]),
			...rows(TYPE.hubConnection, [
				["a second hub of a network", other("spoke", "connectionName"), "remoteVirtualNetwork.id", /takes one hub/],
				[
					"no network",
					other("spoke", "connectionName", { remoteVirtualNetwork: null }),
					"remoteVirtualNetwork.id",
					/required/,
				],
				[
					"a hub that is not there",
					but("spoke", { virtualHubName: "south" }),
					"virtualHubName",
					/names no existing VirtualHub/,
				],
			]),
			...rows(TYPE.vpnGateway, [
				["a second gateway of a hub", other("gateway", "gatewayName"), "virtualHub.id", /takes one/],
				["another ASN", but("gateway", { "bgpSettings.asn": 65010 }), "bgpSettings.asn", /65515/],
				[
					"a third machine",
					machines({ ipconfigurationId: "Instance2" }),
					"bgpSettings.bgpPeeringAddresses[0].ipconfigurationId",
					/"Instance0" or "Instance1"/,
				],
				[
					"an address outside Azure's",
					machines({ customBgpIpAddresses: ["169.254.30.2"] }),
					"bgpSettings.bgpPeeringAddresses[0].customBgpIpAddresses[0]",
					/169\.254\.21\.0/,
				],
				[
					"an address twice",
					machines({ customBgpIpAddresses: ["169.254.22.2"] }),
					"bgpSettings.bgpPeeringAddresses",
					/once/,
				],
				["21 scale units", but("gateway", { vpnGatewayScaleUnit: 21 }), "vpnGatewayScaleUnit", /1 to 20/],
				["a gateway away from its hub", but("gateway", { location: "westeurope" }), "virtualHub.id", /swedencentral/],
			]),
			...rows(TYPE.vpnSite, [
				["no link", other("site", "vpnSiteName", { vpnSiteLinks: [] }), "vpnSiteLinks", /at least one/],
				["five links", site(...["a", "b", "c", "d", "e"].map((name) => ({ name }))), "vpnSiteLinks", /at most 4/],
				["links of one name", site({}, {}), "vpnSiteLinks", /names of their own/],
				["Azure's own ASN", site({ "bgpProperties.asn": 65515 }), "vpnSiteLinks[0].bgpProperties.asn", /Azure keeps/],
				[
					"a peer outside Azure's addresses",
					site({ "bgpProperties.bgpPeeringAddress": "169.254.30.1" }),
					"vpnSiteLinks[0].bgpProperties.bgpPeeringAddress",
					/169\.254\.21\.0/,
				],
				["a link to nowhere", site({ ipAddress: null }), "vpnSiteLinks[0].ipAddress", /exactly one/],
				["half of BGP", site({ "bgpProperties.asn": null }), "vpnSiteLinks[0].bgpProperties", /both/],
			]),
			...rows(TYPE.vpnConnection, [
				["a site twice", other("tunnel", "connectionName"), "remoteVpnSite.id", /already/],
				[
					"a link that the site has not",
					link({ "vpnSiteLink.id": `${of("site").id}/vpnSiteLinks/b1` }),
					"vpnLinkConnections[0].vpnSiteLink.id",
					/a link of the site/,
				],
				[
					"an address of one machine alone",
					link({ vpnGatewayCustomBgpAddresses: [] }),
					"vpnLinkConnections[0].vpnGatewayCustomBgpAddresses",
					/Instance0 and Instance1/,
				],
				[
					"an address that the gateway has not",
					link({
						vpnGatewayCustomBgpAddresses: [{ ipConfigurationId: "Instance0", customBgpIpAddress: "169.254.21.6" }],
					}),
					"vpnLinkConnections[0].vpnGatewayCustomBgpAddresses[0].customBgpIpAddress",
					/has on Instance0/,
				],
				[
					"GCM with another integrity",
					ipsec({ ipsecIntegrity: "SHA256" }),
					"vpnLinkConnections[0].ipsecPolicies[0].ipsecIntegrity",
					/GCM does both/,
				],
				[
					"an algorithm that a WAN does not take",
					ipsec({ ikeEncryption: "DES3" }),
					"vpnLinkConnections[0].ipsecPolicies[0].ikeEncryption",
					/GCMAES256/,
				],
				[
					"a life of ten seconds",
					ipsec({ saLifeTimeSeconds: 10 }),
					"vpnLinkConnections[0].ipsecPolicies[0].saLifeTimeSeconds",
					/300 to 172799/,
				],
				[
					"a key that cannot be typed",
					link({ sharedKey: "ключ" }),
					"vpnLinkConnections[0].sharedKey",
					/printable ASCII/,
				],
			]),
		],
		bench.set,
	);

	it("give a gateway two public addresses, by machine", () => {
		bench.set();
		const ids = list(of("gateway").outputs, "ipConfigurations").map((each) => text(each, "id"));
		const addresses = list(of("gateway").outputs, "ipConfigurations").map((each) => text(each, "publicIpAddress"));
		assert.deepEqual(ids, ["Instance0", "Instance1"]);
		assert.equal(new Set(addresses).size, 2);
	});

	it("never move a hub to other addresses in place", () => {
		const stage = bench.set();
		const hub = of("hub");
		assert.throws(
			() => stage.updated(hub, { ...hub.inputs, addressPrefix: "10.254.65.0/24" }),
			/PropertyChangeNotAllowed.*addressPrefix/,
		);
	});
});

describe("Azure firewalls", () => {
	const collection = (changes: Properties) =>
		but("rules", { ruleCollections: [changed(first(of("rules").inputs, "ruleCollections"), changes)] });
	const rule = (changes: Properties) => collection({ rules: [changed(applicationRule(), changes)] });
	const network: Value = {
		name: "time",
		ruleType: "NetworkRule",
		sourceAddresses: ["*"],
		ipProtocols: ["UDP"],
		destinationPorts: ["123"],
		destinationFqdns: ["ntp.ubuntu.com"],
	};
	const route = (changes: Properties) =>
		but("table", { routes: [changed(first(of("table").inputs, "routes"), changes)] });
	const at = "ruleCollections[0].rules[0]";
	refuses(
		() => [
			...rows(TYPE.firewallPolicy, [
				[
					"intrusion detection at Standard",
					but("policy", { intrusionDetection: { mode: "Deny" } }),
					"intrusionDetection",
					/Premium/,
				],
				["a tier that is none", but("policy", { sku: { tier: "Gold" } }), "sku.tier", /Standard/],
			]),
			...rows(TYPE.firewallRules, [
				["priority 99", but("rules", { priority: 99 }), "priority", /100 to 65000/],
				["a priority that is taken", other("rules", "ruleCollectionGroupName"), "priority", /taken by/],
				[
					"a policy that is not there",
					but("rules", { firewallPolicyName: "other" }),
					"firewallPolicyName",
					/names no existing FirewallPolicy/,
				],
				["no action", collection({ action: null }), "ruleCollections[0].action.type", /"Allow" or "Deny"/],
				[
					"an action that is none",
					collection({ action: { type: "Let" } }),
					"ruleCollections[0].action.type",
					/"Allow"/,
				],
				[
					"rules of two kinds",
					collection({ rules: [applicationRule(), network] }),
					"ruleCollections[0].rules",
					/one kind/,
				],
				[
					"rules of one name",
					collection({ rules: [applicationRule(), applicationRule()] }),
					"ruleCollections[0].rules",
					/names of their own/,
				],
				["a star in the middle", rule({ targetFqdns: ["a.*.example.com"] }), `${at}.targetFqdns[0]`, /domain such as/],
				[
					"a tag that is none",
					rule({ targetFqdns: null, fqdnTags: ["Kubernetes"] }),
					`${at}.fqdnTags[0]`,
					/AzureKubernetesService/,
				],
				["domains and tags", rule({ fqdnTags: ["WindowsUpdate"] }), `${at}.targetFqdns`, /exactly one/],
				["no protocol", rule({ protocols: null }), `${at}.protocols`, /required beside domains/],
				["no source", rule({ sourceAddresses: null }), `${at}.sourceAddresses`, /required/],
				[
					"port 65000 of a domain",
					rule({ protocols: [{ protocolType: "Https", port: 65000 }] }),
					`${at}.protocols[0].port`,
					/64000/,
				],
				[
					"domains of a network rule without DNS proxy",
					collection({ rules: [network] }),
					`${at}.destinationFqdns`,
					/DNS proxy/,
				],
			]),
			...rows(TYPE.firewall, [
				[
					"a subnet of another name",
					other("firewall", "azureFirewallName", {
						ipConfigurations: [
							{ name: "a", subnet: { id: of("endpoints").id }, publicIPAddress: { id: of("firewallAddress").id } },
						],
					}),
					"ipConfigurations[0].subnet.id",
					/AzureFirewallSubnet/,
				],
				[
					"a second firewall in the subnet",
					other("firewall", "azureFirewallName"),
					"ipConfigurations[0].subnet.id",
					/takes one/,
				],
				[
					"the address of a NAT gateway",
					but("firewall", {
						ipConfigurations: [
							{ name: "a", subnet: { id: of("firewallSubnet").id }, publicIPAddress: { id: of("address").id } },
						],
					}),
					"ipConfigurations[0].publicIPAddress.id",
					/in use by/,
				],
				[
					"no subnet",
					but("firewall", { ipConfigurations: [{ name: "a", publicIPAddress: { id: of("firewallAddress").id } }] }),
					"ipConfigurations",
					/subnet once/,
				],
				[
					"another tier than its policy's",
					but("firewall", { "sku.tier": "Basic" }),
					"sku.tier",
					/Standard, the tier of the policy/,
				],
				["zone 4", but("firewall", { zones: ["4"] }), "zones[0]", /zones 1, 2, 3/],
			]),
			...rows(TYPE.routeTable, [
				["an appliance without address", route({ nextHopIpAddress: null }), "routes[0].nextHopIpAddress", /required/],
				[
					"an address for the internet",
					route({ nextHopType: "Internet" }),
					"routes[0].nextHopIpAddress",
					/VirtualAppliance alone/,
				],
				["a prefix that is none", route({ addressPrefix: "all of it" }), "routes[0].addressPrefix", /0\.0\.0\.0\/0/],
				["a kind of hop that is none", route({ nextHopType: "Firewall" }), "routes[0].nextHopType", /VirtualAppliance/],
			]),
			...rows(TYPE.subnet, [
				[
					"a security group on a firewall's subnet",
					but("firewallSubnet", { networkSecurityGroup: { id: of("nsg").id } }),
					"networkSecurityGroup",
					/cannot be set/,
				],
				[
					"a firewall's subnet of /27",
					but("firewallSubnet", { addressPrefix: "10.64.18.0/27" }),
					"addressPrefix",
					/\/26 or larger/,
				],
				[
					"a table that is not there",
					but("routed", { "routeTable.id": `${of("table").id}x` }),
					"routeTable.id",
					/names no existing RouteTable/,
				],
			]),
		],
		bench.set,
	);

	it("have the first free address of their subnet", () => {
		bench.set();
		assert.equal(text(list(of("firewall").outputs, "ipConfigurations")[0], "privateIPAddress"), "10.64.18.4");
	});

	it("stay in the zones that they were made in", () => {
		const stage = bench.set();
		const firewall = of("firewall");
		assert.throws(() => stage.updated(firewall, { ...firewall.inputs, zones: ["1"] }), /PropertyChangeNotAllowed/);
	});

	it("are what a cluster that goes by routes must be led to", () => {
		const stage = bench.set();
		const cluster = of("cluster");
		const [pool] = list(cluster.inputs, "agentPoolProfiles");
		const led = (subnet: string) =>
			stage
				.faults(
					TYPE.cluster,
					changed(cluster.inputs, {
						"networkProfile.outboundType": "userDefinedRouting",
						agentPoolProfiles: [changed(object({ pool: pool ?? {} }, "pool"), { vnetSubnetID: subnet })],
					}),
					{ self: cluster },
				)
				.filter(({ reason }) => reason.includes("0.0.0.0/0"));
		assert.deepEqual(led(of("routed").id), []);
		const routes = [{ name: "near", addressPrefix: "10.0.0.0/8", nextHopType: "VnetLocal" }];
		const near = stage.make(TYPE.routeTable, but("table", { routeTableName: "near", routes }));
		const subnet = stage.make(
			TYPE.subnet,
			but("routed", { subnetName: "near", addressPrefix: "10.64.20.0/24", routeTable: { id: near.id } }),
		);
		assertFault(led(subnet.id), "agentPoolProfiles[0].vnetSubnetID", /no route for 0\.0\.0\.0\/0/);
	});

	it("may be of a higher tier than their policy", () => {
		const stage = bench.set();
		const self = of("firewall");
		const faults = stage.faults(TYPE.firewall, changed(self.inputs, { "sku.tier": "Premium" }), { self });
		assert.deepEqual(faults, []);
		assert.ok(modelOf(TYPE.firewall).check);
	});
});

describe("Azure cluster extensions", () => {
	const extension = (changes: Properties) => but("extension", changes);
	refuses(
		() =>
			rows(TYPE.clusterExtension, [
				[
					"a cluster that is not there",
					extension({ clusterName: "nobody" }),
					"clusterName",
					/names no existing ManagedCluster/,
				],
				[
					"another kind of cluster",
					extension({ clusterResourceName: "connectedClusters" }),
					"clusterResourceName",
					/managedClusters/,
				],
				["no type", extension({ extensionType: null }), "extensionType", /required/],
				["a type twice", other("extension", "extensionName"), "extensionType", /one of a type/],
				["a version that moves", extension({ version: "2.1.0" }), "version", /autoUpgradeMinorVersion false/],
				["two scopes", extension({ "scope.namespace": { targetNamespace: "a" } }), "scope", /remove one/],
			]),
		bench.set,
	);

	it("never become another in place", () => {
		const stage = bench.set();
		const self = of("extension");
		const inputs = { ...self.inputs, extensionType: "microsoft.flux" };
		assert.throws(() => stage.updated(self, inputs), /PropertyChangeNotAllowed.*extensionType/);
	});
});
