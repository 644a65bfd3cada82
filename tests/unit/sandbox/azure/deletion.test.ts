import assert from "node:assert/strict";
import { azurePackage } from "../../../../sandbox/azure/package";
import { TYPE } from "../../../../sandbox/azure/types";
import type { SandboxObject } from "../../../../sandbox/model";
import { holders } from "../../../../sandbox/world";
import { modelOf, type Stage, SUBSCRIPTION } from "../stage";
import { estate } from "./estate";
import { Bench } from "./rows";

/** Why the cloud keeps an object from deletion: what names it, and what lives in it. */
function kept(stage: Stage, object: SandboxObject): string {
	const users = holders(object, stage.objects, modelOf).map(({ id }) => id);
	return [...users, modelOf(object.type).refusesDelete?.(object, stage) ?? ""].join(" ");
}

describe("Azure deletion", () => {
	const { stage, of } = estate();
	const cases: readonly (readonly [string, RegExp])[] = [
		["group", /it holds .*virtualNetworks\/main/],
		["network", /subnets\/nodes/],
		["nodes", /managedClusters\/research .*agentPools\/gpu/],
		["endpoints", /privateEndpoints\/vault/],
		["control", /managedClusters\/research/],
		["nsg", /subnets\/nodes/],
		["nat", /subnets\/nodes/],
		["address", /natGateways\/egress/],
		["zone", /virtualNetworkLinks\/main/],
		["endpoint", /privateDnsZoneGroups\/default/],
		["vault", /diskEncryptionSets\/disks/],
		["disks", /diskEncryptionSets\/disks/],
		["data", /storageAccounts\/meridiandata1, .*registries\/meridianimages/],
		["diskIdentity", /diskEncryptionSets\/disks/],
		["clusterIdentity", /managedClusters\/research/],
		["dataIdentity", /federatedIdentityCredentials\/loader/],
		["diskSet", /managedClusters\/research/],
		["reservationGroup", /capacityReservations\/h100/],
		["cluster", /agentPools\/gpu/],
		["account", /blobServices\/default/],
		["container", /immutabilityPolicies\/default/],
		["workspace", /flowLogs\/main/],
		["logAccount", /flowLogs\/main/],
		["wan", /virtualHubs\/north.*vpnSites\/aws/],
		["hub", /vpnGateways\/north.*hubVirtualNetworkConnections\/main/],
		["gateway", /vpnConnections\/aws/],
		["site", /vpnConnections\/aws/],
		["network", /hubVirtualNetworkConnections\/main/],
		["policy", /azureFirewalls\/egress.*ruleCollectionGroups\/egress/],
		["firewallSubnet", /azureFirewalls\/egress/],
		["firewallAddress", /azureFirewalls\/egress/],
		["table", /subnets\/routed/],
	];
	for (const [name, why] of cases) {
		it(`is refused for ${name} while it is in use`, () => assert.match(kept(stage, of(name)), why));
	}

	it("is possible in the order in which a program takes things away", () => {
		const { stage: world } = estate();
		for (let before = -1; before !== world.objects.length && world.objects.length > 0; ) {
			before = world.objects.length;
			const free = [...world.objects].reverse().find((object) => kept(world, object).trim() === "");
			world.objects.splice(free ? world.objects.indexOf(free) : before, 1);
		}
		assert.deepEqual(
			world.objects.map(({ id }) => id),
			[],
		);
	});

	it("keeps vaults and keys, and says for how long", () => {
		assert.match(modelOf(TYPE.vault).retains?.(of("vault")) ?? "", /30 days, purge-protected; its name is taken/);
		assert.match(modelOf(TYPE.key).retains?.(of("disks")) ?? "", /soft-deleted in its vault meridian-keys/);
		assert.equal(modelOf(TYPE.vault).keepsName, true);
		assert.equal(modelOf(TYPE.key).keepsName, true);
		assert.match(modelOf(TYPE.workspace).retains?.(of("workspace")) ?? "", /14 days/);
		assert.equal(modelOf(TYPE.workspace).keepsName, undefined);
		assert.equal(modelOf(TYPE.storageAccount).retains, undefined);
	});
});

describe("Azure changes", () => {
	const bench = new Bench();
	const cases: readonly (readonly [string, string, string])[] = [
		["vault", "properties.tenantId", "99999999-3333-4444-5555-666677778888"],
		["account", "kind", "BlockBlobStorage"],
		["disks", "properties.keySize", "2048"],
		["pool", "osType", "Windows"],
		["nat", "sku.name", "StandardV2"],
		["reservation", "sku.name", "Standard_ND96amsr_A100_v4"],
		["diskSet", "encryptionType", "ConfidentialVmEncryptedWithCustomerKey"],
	];
	for (const [name, path, value] of cases) {
		it(`are refused for ${path} of ${name}, which the provider tries in place`, () => {
			const stage = bench.set();
			assert.throws(
				() => stage.updated(bench.of(name), bench.but(name, { [path]: value })),
				/does not change .*replaceOnChanges/,
			);
		});
	}

	it("are made in place otherwise", () => {
		const stage = bench.set();
		assert.doesNotThrow(() => stage.updated(bench.of("pool"), bench.but("pool", { count: 3 })));
	});
});

describe("Azure providers", () => {
	const scopeOf = (config: { [key: string]: string }) => azurePackage.scopeOf(config, estate().stage);
	const subscriptionId = SUBSCRIPTION.account;

	it("work in one subscription, and in a region where they name one", () => {
		assert.deepEqual(scopeOf({ subscriptionId }), { scope: { account: subscriptionId, region: "global" } });
		assert.deepEqual(scopeOf({ subscriptionId, location: "East US" }), {
			scope: { account: subscriptionId, region: "eastus" },
		});
	});

	it("are refused without a subscription, and with a region that is none", () => {
		const faults = scopeOf({ location: "eastus9" });
		assert.ok("faults" in faults);
		assert.deepEqual(
			faults.faults.map(({ property }) => property),
			["subscriptionId", "location"],
		);
	});

	it("give a resource the region that it names", () => {
		const home = { account: subscriptionId, region: "eastus" };
		assert.deepEqual(azurePackage.scopeOfResource?.({ location: "West Europe" }, home), {
			...home,
			region: "westeurope",
		});
		assert.deepEqual(azurePackage.scopeOfResource?.({}, home), home);
	});
});

describe("a key vault that is deleted", () => {
	it("takes its keys along", () => {
		const { stage, of } = estate();
		const taken = modelOf(TYPE.vault).takesAlong?.(of("vault"), stage) ?? [];
		assert.deepEqual(taken.map(({ id }) => id).sort(), [of("data").id, of("disks").id].sort());
	});

	it("lets nobody delete a key by itself while it is closed", () => {
		const { stage, of } = estate();
		const closed = stage.objects.map((object) =>
			object === of("vault")
				? { ...object, outputs: { ...object.outputs, properties: { publicNetworkAccess: "Disabled" } } }
				: object,
		);
		stage.objects.splice(0, stage.objects.length, ...closed.filter(({ type }) => type !== TYPE.diskEncryptionSet));
		const reason = modelOf(TYPE.key).refusesDelete?.(of("disks"), stage) ?? "";
		assert.match(reason, /closed to public networks .* give it retainOnDelete/);
	});
});
