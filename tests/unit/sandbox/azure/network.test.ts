import assert from "node:assert/strict";
import { TYPE } from "../../../../sandbox/azure/types";
import { assertFault, refuses } from "../stage";
import { GROUP } from "./estate";
import { Bench, rows } from "./rows";

const bench = new Bench();
const but = bench.but.bind(bench);
const of = bench.of.bind(bench);
const NEW = "new";

/** Inputs of a further object: the estate's under another name. */
const other = (name: string, own: string, changes = {}) => but(name, { [own]: NEW, ...changes });

describe("Azure names, groups and places", () => {
	refuses(
		() => [
			...rows(TYPE.resourceGroup, [
				[
					"a name that ends with a dot",
					{ resourceGroupName: "a.", location: "eastus" },
					"resourceGroupName",
					/1 to 90/,
				],
				[
					"a name of 91 characters",
					{ resourceGroupName: "a".repeat(91), location: "eastus" },
					"resourceGroupName",
					/1 to 90/,
				],
				["a group twice", { ...GROUP, location: "eastus" }, "resourceGroupName", /taken by/],
				[
					"a region that is none",
					{ resourceGroupName: NEW, location: "Sweden Centrall" },
					"location",
					/did you mean "swedencentral"/,
				],
				["a group without a place", { resourceGroupName: NEW }, "location", /required/],
			]),
			...rows(TYPE.virtualNetwork, [
				[
					"a group that is not there",
					other("network", "virtualNetworkName", { resourceGroupName: "nobody" }),
					"resourceGroupName",
					/names no resource group/,
				],
				[
					"a group in another casing",
					other("network", "virtualNetworkName", { resourceGroupName: "Research" }),
					"resourceGroupName",
					/casing/,
				],
				[
					"a network name of one character",
					but("network", { virtualNetworkName: "a" }),
					"virtualNetworkName",
					/2 to 64/,
				],
				["a network twice", but("network"), "virtualNetworkName", /taken by/],
				[
					"a member outside an open enumeration",
					other("network", "virtualNetworkName", { privateEndpointVNetPolicies: "basic" }),
					"privateEndpointVNetPolicies",
					/"Disabled" or "Basic".*did you mean "Basic"/,
				],
			]),
			...rows(TYPE.subnet, [
				[
					"a network that is not there",
					other("nodes", "subnetName", { virtualNetworkName: "nobody" }),
					"virtualNetworkName",
					/names no existing VirtualNetwork/,
				],
			]),
			...rows(TYPE.privateZone, [
				[
					"a zone in a region",
					other("zone", "privateZoneName", { privateZoneName: "a.example", location: "eastus" }),
					"location",
					/"global"/,
				],
				[
					"a zone without a location",
					but("zone", { privateZoneName: "a.example", location: null }),
					"location",
					/"global"/,
				],
				["a zone of one label", but("zone", { privateZoneName: "example" }), "privateZoneName", /2 to 34 labels/],
			]),
		],
		bench.set,
	);

	it("take a location in any spelling", () => {
		const stage = bench.set();
		const group = stage.make(TYPE.resourceGroup, { resourceGroupName: "east", location: "East US" });
		assert.equal(group.outputs.location, "eastus");
		assert.equal(group.region, "eastus");
	});

	it("let networks of one name live in two groups", () => {
		const stage = bench.set();
		stage.make(TYPE.resourceGroup, { resourceGroupName: "other", location: "eastus" });
		stage.make(TYPE.virtualNetwork, but("network", { resourceGroupName: "other" }));
	});
});

describe("Azure networks", () => {
	const space = (...addressPrefixes: string[]) =>
		other("network", "virtualNetworkName", { addressSpace: { addressPrefixes } });
	const block = (addressPrefix: string) => other("endpoints", "subnetName", { addressPrefix });
	const rule = (changes = {}) => but("rule", { securityRuleName: NEW, priority: 200, ...changes });
	refuses(
		() => [
			...rows(TYPE.virtualNetwork, [
				[
					"no address space",
					other("network", "virtualNetworkName", { addressSpace: {} }),
					"addressSpace.addressPrefixes",
					/required/,
				],
				["host bits", space("10.0.5.0/16"), "addressSpace.addressPrefixes[0]", /write 10\.0\.0\.0\/16/],
				["text that is no block", space("ten"), "addressSpace.addressPrefixes[0]", /address block/],
				["a space of /30", space("10.0.0.0/30"), "addressSpace.addressPrefixes[0]", /2 to 29 bits/],
				["link-local addresses", space("169.254.0.0/16"), "addressSpace.addressPrefixes[0]", /keeps for itself/],
				[
					"a space that holds multicast",
					space("192.0.0.0/2", "224.0.0.0/4"),
					"addressSpace.addressPrefixes[1]",
					/keeps for itself/,
				],
				["blocks that overlap", space("10.0.0.0/16", "10.0.1.0/24"), "addressSpace.addressPrefixes[1]", /overlaps/],
				[
					"subnets inline",
					other("network", "virtualNetworkName", { subnets: [{ name: "a" }] }),
					"subnets",
					/network\.Subnet/,
				],
				[
					"a flow timeout of 60",
					other("network", "virtualNetworkName", { flowTimeoutInMinutes: 60 }),
					"flowTimeoutInMinutes",
					/4 to 30/,
				],
			]),
			...rows(TYPE.subnet, [
				[
					"a subnet outside the network",
					block("10.9.0.0/24"),
					"addressPrefix",
					/outside the network's address space 10\.64/,
				],
				["a subnet over its sibling", block("10.64.0.128/25"), "addressPrefix", /overlaps 10\.64\.0\.0\/20/],
				["a subnet of /30", block("10.64.30.0/30"), "addressPrefix", /2 to 29/],
				[
					"both forms of the block",
					block("10.64.30.0/24") &&
						other("endpoints", "subnetName", { addressPrefix: "10.64.30.0/24", addressPrefixes: ["10.64.31.0/24"] }),
					"addressPrefix",
					/exactly one/,
				],
				[
					"a gateway that is not there",
					but("nodes", { subnetName: NEW, addressPrefix: "10.64.30.0/24", "natGateway.id": `${of("nat").id}x` }),
					"natGateway.id",
					/names no existing NatGateway/,
				],
				[
					"two delegations",
					but("control", {
						subnetName: NEW,
						addressPrefix: "10.64.30.0/24",
						delegations: [
							{ name: "a", serviceName: "b" },
							{ name: "c", serviceName: "d" },
						],
					}),
					"delegations",
					/at most one/,
				],
				[
					"a delegation without its service",
					but("control", { subnetName: NEW, addressPrefix: "10.64.30.0/24", delegations: [{ name: "a" }] }),
					"delegations[0]",
					/serviceName/,
				],
			]),
			...rows(TYPE.securityRule, [
				["priority 99", rule({ priority: 99 }), "priority", /100 to 4096/],
				["a priority that is taken", rule({ priority: 4000 }), "priority", /taken by/],
				["no source", rule({ sourceAddressPrefix: null }), "sourceAddressPrefix", /exactly one/],
				["both forms of a port", rule({ destinationPortRanges: ["80"] }), "destinationPortRange", /exactly one/],
				["port 70000", rule({ destinationPortRange: "70000" }), "destinationPortRange", /0 to 65535/],
				["a range that runs backwards", rule({ destinationPortRange: "90-80" }), "destinationPortRange", /range/],
				["an address that is none", rule({ sourceAddressPrefix: "internet!" }), "sourceAddressPrefix", /service tag/],
				["a protocol that is none", rule({ protocol: "TCP" }), "protocol", /"Tcp"/],
			]),
			...rows(TYPE.networkSecurityGroup, [
				[
					"inline rules of one priority",
					other("nsg", "networkSecurityGroupName", {
						securityRules: [1, 2].map((i) => ({
							...but("rule", { resourceGroupName: null, networkSecurityGroupName: null, securityRuleName: null }),
							name: `r${i}`,
						})),
					}),
					"securityRules[1].priority",
					/given twice/,
				],
				[
					"an inline rule without a name",
					other("nsg", "networkSecurityGroupName", {
						securityRules: [
							but("rule", { resourceGroupName: null, networkSecurityGroupName: null, securityRuleName: null }),
						],
					}),
					"securityRules[0].name",
					/required/,
				],
			]),
			...rows(TYPE.publicIp, [
				["no SKU", other("address", "publicIpAddressName", { sku: null }), "sku.name", /retired/],
				[
					"a dynamic Standard address",
					other("address", "publicIpAddressName", { publicIPAllocationMethod: "Dynamic" }),
					"publicIPAllocationMethod",
					/"Static"/,
				],
				["zone 4", other("address", "publicIpAddressName", { zones: ["4"] }), "zones[0]", /the zones 1, 2, 3/],
				[
					"an idle timeout of 31",
					other("address", "publicIpAddressName", { idleTimeoutInMinutes: 31 }),
					"idleTimeoutInMinutes",
					/4 to 30/,
				],
			]),
			...rows(TYPE.natGateway, [
				["an address of another gateway", other("nat", "natGatewayName"), "publicIpAddresses[0].id", /in use by/],
				[
					"no address",
					other("nat", "natGatewayName", { publicIpAddresses: null }),
					"publicIpAddresses",
					/at least one/,
				],
				["no SKU", other("nat", "natGatewayName", { sku: null }), "sku.name", /required/],
				["two zones", other("nat", "natGatewayName", { zones: ["1", "2"] }), "zones", /one zone or none/],
				[
					"an address of another SKU",
					but("nat", { natGatewayName: NEW, sku: { name: "StandardV2" } }),
					"publicIpAddresses[0].id",
					/its SKU is Standard/,
				],
			]),
		],
		bench.set,
	);

	it("refuses a gateway of another region", () => {
		const stage = bench.set();
		const rg = { resourceGroupName: "west" };
		stage.make(TYPE.resourceGroup, { ...rg, location: "westeurope" });
		stage.make(TYPE.virtualNetwork, but("network", rg));
		const faults = stage.faults(TYPE.subnet, but("nodes", rg));
		assertFault(faults, "natGateway.id", /swedencentral/);
		assertFault(faults, "networkSecurityGroup.id", /same subscription and region/);
	});

	it("refuses zones where a region has none", () => {
		const stage = bench.set();
		const faults = stage.faults(
			TYPE.publicIp,
			other("address", "publicIpAddressName", { location: "westus", zones: ["1"] }),
		);
		assertFault(faults, "zones[0]", /no availability zones/);
	});
});

describe("Azure private access", () => {
	const endpoint = (changes = {}) => other("endpoint", "privateEndpointName", changes);
	const to = (name: string, groupIds: string[]) => ({
		privateLinkServiceConnections: [{ name: "a", privateLinkServiceId: of(name).id, groupIds }],
	});
	refuses(
		() => [
			...rows(TYPE.privateEndpoint, [
				[
					"a group of another service",
					endpoint(to("vault", ["blob"])),
					"privateLinkServiceConnections[0].groupIds[0]",
					/"vault"/,
				],
				[
					"two groups at once",
					endpoint(to("account", ["blob", "dfs"])),
					"privateLinkServiceConnections[0].groupIds",
					/exactly one/,
				],
				[
					"no connection",
					endpoint({ privateLinkServiceConnections: null }),
					"privateLinkServiceConnections",
					/exactly one connection/,
				],
				["a delegated subnet", endpoint({ "subnet.id": of("control").id }), "subnet.id", /delegated/],
				["no subnet", endpoint({ subnet: null }), "subnet.id", /required/],
				[
					"a target that is not there",
					endpoint({
						privateLinkServiceConnections: [
							{ name: "a", privateLinkServiceId: `${of("vault").id}x`, groupIds: ["vault"] },
						],
					}),
					"privateLinkServiceConnections[0].privateLinkServiceId",
					/names no existing/,
				],
				[
					"another region than the network's",
					endpoint({ location: "eastus" }),
					"subnet.id",
					/same subscription and region/,
				],
			]),
			...rows(TYPE.privateDnsZoneGroup, [
				["a second group", other("zoneGroup", "privateDnsZoneGroupName"), "privateEndpointName", /takes one/],
				[
					"no zone",
					other("zoneGroup", "privateDnsZoneGroupName", { privateDnsZoneConfigs: [] }),
					"privateDnsZoneConfigs",
					/1 to 5/,
				],
			]),
			...rows(TYPE.virtualNetworkLink, [
				["a network that is linked", other("link", "virtualNetworkLinkName"), "virtualNetwork.id", /linked to a zone/],
				[
					"a network that is not there",
					other("link", "virtualNetworkLinkName", { "virtualNetwork.id": `${of("network").id}x` }),
					"virtualNetwork.id",
					/names no existing/,
				],
			]),
		],
		bench.set,
	);

	it("refuses a zone of another name than the endpoint's service", () => {
		const stage = bench.set();
		const zone = stage.make(TYPE.privateZone, but("zone", { privateZoneName: "privatelink.blob.core.windows.net" }));
		stage.make(TYPE.privateEndpoint, endpoint());
		const inputs = but("zoneGroup", {
			privateEndpointName: NEW,
			privateDnsZoneConfigs: [{ name: "a", privateDnsZoneId: zone.id }],
		});
		assertFault(
			stage.faults(TYPE.privateDnsZoneGroup, inputs),
			"privateDnsZoneConfigs[0].privateDnsZoneId",
			/privatelink\.vaultcore/,
		);
	});

	it("refuses a second zone that registers a network's machines", () => {
		const stage = bench.set();
		for (const privateZoneName of ["a.example", "b.example"]) {
			stage.make(TYPE.privateZone, but("zone", { privateZoneName }));
		}
		const link = (privateZoneName: string) => but("link", { privateZoneName, registrationEnabled: true });
		stage.make(TYPE.virtualNetworkLink, link("a.example"));
		assertFault(
			stage.faults(TYPE.virtualNetworkLink, link("b.example")),
			"registrationEnabled",
			/another zone already/,
		);
	});
});

describe("Azure flow logs", () => {
	const log = (changes = {}) => other("flowLog", "flowLogName", changes);
	refuses(
		() => [
			...rows(TYPE.flowLog, [
				["a second log of a network", log(), "targetResourceId", /has a flow log already/],
				[
					"the watcher of another region",
					log({ networkWatcherName: "NetworkWatcher_eastus" }),
					"networkWatcherName",
					/NetworkWatcher_swedencentral/,
				],
				["another group", log(GROUP), "resourceGroupName", /NetworkWatcherRG/],
				[
					"a region without a network",
					log({ location: "eastus", networkWatcherName: "NetworkWatcher_eastus" }),
					"networkWatcherName",
					/first virtual network/,
				],
				["no location", log({ location: null }), "location", /required/],
				["a security group", log({ targetResourceId: of("nsg").id }), "targetResourceId", /retired/],
				["an account without shared keys", log({ storageId: of("account").id }), "storageId", /shared key/],
				[
					"an interval of 5",
					log({
						flowAnalyticsConfiguration: {
							networkWatcherFlowAnalyticsConfiguration: {
								enabled: true,
								trafficAnalyticsInterval: 5,
								workspaceResourceId: of("workspace").id,
							},
						},
					}),
					"flowAnalyticsConfiguration.networkWatcherFlowAnalyticsConfiguration.trafficAnalyticsInterval",
					/10 or 60/,
				],
				[
					"analytics without a workspace",
					log({ flowAnalyticsConfiguration: { networkWatcherFlowAnalyticsConfiguration: { enabled: true } } }),
					"flowAnalyticsConfiguration.networkWatcherFlowAnalyticsConfiguration.workspaceResourceId",
					/required/,
				],
				["400 days", log({ "retentionPolicy.days": 400 }), "retentionPolicy.days", /0 to 365/],
				["version 3", log({ "format.version": 3 }), "format.version", /1 or 2/],
			]),
		],
		bench.set,
	);

	it("refuses an account of another region, and one that keeps the watcher out", () => {
		const stage = bench.set();
		const account = (accountName: string, changes: object) =>
			stage.make(TYPE.storageAccount, but("logAccount", { accountName, ...changes }));
		const far = account("far1", { location: "eastus" });
		const shut = account("shut1", { "networkRuleSet.bypass": "None" });
		assertFault(stage.faults(TYPE.flowLog, log({ storageId: far.id })), "storageId", /it is in eastus/);
		assertFault(stage.faults(TYPE.flowLog, log({ storageId: shut.id })), "storageId", /keep the watcher out/);
	});
});
