import { strict as assert } from "node:assert";
import fc from "fast-check";
import { UserError } from "../../../lib/errors";
import { parseSpec } from "../../../spec/parse";
import { specValue, withSetting } from "../../support/environments";
import { specProblems as problems } from "../../support/spec-problems";

const dev = specValue("dev");
const pool = "regions.0.gpuPools.0";
const gcpPool = "regions.1.gpuPools.0";
const azurePool = "regions.2.gpuPools.0";

const block = {
	kind: "capacity-block",
	id: "cr-0123456789abcdef0",
	starts: "2026-12-01T11:30:00Z",
	ends: "2026-12-15T11:30:00Z",
};
const blockPool = { name: "block", instanceType: "p5.48xlarge", zone: "us-east-1a", nodes: 4, capacity: block };

/** Each row sets one value of dev and names the one problem that follows. */
const refusals: readonly (readonly [path: string, value: unknown, problem: RegExp])[] = [
	[
		"regions.2.gpuPools",
		Array.from({ length: 100 }, (_, i) => ({
			name: `p${i}`,
			instanceType: "Standard_ND96isr_H100_v5",
			zone: "1",
			nodes: 1,
			capacity: { kind: "on-demand" },
		})),
		/must be at most 99 pools beside the system pool, .* but 100 were given/,
	],
	["network", { backbone: true, hubAddresses: "10.254.0.0/20" }, /hubAddresses: must be a \/16 of the supernet/],
	[
		"network",
		{ backbone: true, hubAddresses: "10.17.0.0/16" },
		/must not overlap a region's addresses, .* 10\.17\.0\.0\/16 of europe-west4/,
	],
	[
		"network",
		{ backbone: true, hubAddresses: "172.31.0.0/16" },
		/hubAddresses: must be a \/16 of the supernet 10\.0\.0\.0\/8/,
	],
	["environment", "Dev-1", /^environment: must be 2 to 12 of a-z and 0-9, no hyphen, but "Dev-1" was given/],
	["layout", "stacks", /^layout: must be "single" or "cells", but "stacks" was given/],
	["organization.domain", "frontier", /^organization\.domain: must be a DNS name/],
	["protection.keyDeletionWindow", "6d", /must be 7d to 30d .* but "6d" was given/],
	["kubernetesVersion", "1.33", /must be 1\.36, the minor that the add-ons .* but 1\.33 was given/],
	["logs.retention", "45d", /must be a time that CloudWatch Logs knows .* but 45d was given/],
	["keys", { rotation: "400d" }, /must be 90d to 365d .* but "400d" was given/],
	["accounts.aws.id", "12345", /must be 12 digits, in quotes, but "12345" was given/],
	["accounts", {}, /^accounts\.aws: must name the account's id/],
	["global.dnsZone", "dev.elsewhere.example", /must lie under the organization's domain frontier\.example/],
	["global.region", "us-east-9", /did you mean us-east-1\?/],
	["global.repositories", [], /must name at least one repository/],
	["regions.0.region", "swedencentral", /that is a region of Azure/],
	["regions.0.zones", ["us-east-1a", "us-east-1b"], /must name exactly 3 zones/],
	["regions.0.zones", ["us-east-1a", "us-east-1a", "us-east-1b"], /must name three different zones/],
	["regions.0.addresses", "10.16.0.0/20", /must be a \/16 of private addresses/],
	["regions.0.addresses", "10.16.1.0/16", /no host bits, but 10\.16\.1\.0\/16 was given/],
	["regions.0.addresses", "52.10.0.0/16", /must be a \/16 of private addresses/],
	["regions.0.cluster", { access: "allow-list" }, /must name at least one range where access is allow-list/],
	[
		"regions.0.cluster",
		{ access: "allow-list", allowedAddresses: ["0.0.0.0/0"] },
		/must be a range of \/16 or smaller/,
	],
	["regions.0.cluster", { allowedAddresses: ["203.0.113.0/24"] }, /must be empty where access is in-network/],
	["regions.0.cluster.operatorAddresses", ["52.1.0.0/16"], /must be a private range with no host bits/],
	[
		"regions.0.cluster.administrators",
		["arn:aws:iam::999999999999:role/x"],
		/must be a role of the account 210987654321, but arn:aws:iam::999999999999:role\/x was given/,
	],
	["regions.0.systemPool", { min: 9, max: 6 }, /max: must be at least min \(9 nodes\), but 6 was given/],
	["regions.0.systemPool", { instanceType: "m99.huge" }, /but m99\.huge was given/],
	[`${pool}.nodes`, 451, /must be a whole number, 0 to 450 nodes, but 451 was given/],
	[`${pool}.nodes`, 1.5, /must be a whole number/],
	[
		`${pool}.capacity`,
		{ ...block, ends: "2026-12-01T12:30:00Z" },
		/ends: must be more than 60 minutes after starts, .* but 2026-12-01T12:30:00Z was given/,
	],
	[
		pool,
		{ ...blockPool, nodes: 65 },
		/nodes: must be at most 64 nodes, the largest capacity block, but 65 was given; make a pool for each block/,
	],
	[pool, { ...blockPool, max: 8 }, /max: cannot be given for a capacity block/],
	[`${pool}.zone`, "us-east-1f", /must be one of the region's zones/],
	[`${pool}.instanceType`, "m7i.large", /must be an accelerated type/],
	[`${pool}.rootVolume`, "200", /must be a size in "GiB" or "TiB"/],
	[`${pool}.rootVolume`, "20GiB", /must be at least 100GiB/],
	[`${pool}.capacity`, { kind: "reservation" }, /either create a reservation .* or name one/],
	[`${pool}.capacity`, { kind: "spot" }, /kind: must be|must be one of the kinds/],
	[
		`${pool}.capacity`,
		{
			kind: "capacity-block",
			id: "cr-0123456789abcdef0",
			starts: "2026-12-15T00:00:00Z",
			ends: "2026-12-01T00:00:00Z",
		},
		/ends: must be later than starts/,
	],
	["conflicts", { "nodes-per-clusters": "x" }, /is not a known conflict/],
	["regions.0.cloud", "oracle", /^regions\[0\]\.cloud: must be "aws", "gcp" or "azure", but "oracle" was given/],
	["accounts.gcp", undefined, /^accounts\.gcp: must name the project .* because europe-west4 is on gcp; add it/],
	["accounts.azure", undefined, /^accounts\.azure: must name the subscription .* because swedencentral is on azure/],
	["accounts.gcp.project", "x", /must be a project id, 6 to 30 of a-z, 0-9 and inner hyphens, but "x" was given/],
	["accounts.gcp.region", "swedencentral", /must be a region of Google Cloud .* \(that is a region of Azure\)/],
	["accounts.azure.subscription", "prod", /must be the id of a subscription, as 01234567-89ab/],
	[
		"accounts.azure.addresses",
		"10.18.0.0/24",
		/must not overlap a region's, .* with 10\.18\.0\.0\/16 of swedencentral/,
	],
	["accounts.azure.addresses", "10.255.0.0/16", /must be a range of \/24 to \/27, but 10\.255\.0\.0\/16 was given/],
	[
		"regions.1.zones.2",
		"europe-west4-d",
		/must be a zone of europe-west4 \(europe-west4-a, europe-west4-b, europe-west4-c\)/,
	],
	["regions.2.zones.0", "4", /must be a zone of swedencentral \(1, 2, 3\), but 4 was given/],
	["regions.1.addresses", "10.16.0.0/16", /shares addresses with 10\.16\.0\.0\/16 of us-east-1 on aws; use another/],
	[`${gcpPool}.instanceType`, "a3-gigagpu-8g", /must be an accelerated type of catalogue\/gcp\/machine-types\.ts/],
	[
		`${gcpPool}.zone`,
		"europe-west4-a",
		/must be a zone that offers a3-megagpu-8g \(europe-west4-b, europe-west4-c\), but/,
	],
	[`${gcpPool}.capacity`, { kind: "flex-start", maxRun: "8d" }, /must be 1h to 168h .* but "8d" was given/],
	[`${gcpPool}.capacity`, { kind: "reservation", name: "Big One" }, /must be the name of a reservation in the project/],
	["regions.1.cluster.administrators", ["platform"], /must be group: or user: with an address/],
	["regions.2.region", "northeurope", /is not offered in northeurope, which has Standard_ND96isr_H200_v5; choose one/],
	[`${azurePool}.name`, "foundation-models", /must be 1 to 12 of a-z and 0-9.* but "foundation-models" was given/],
	[`${azurePool}.name`, "my-pool", /must be 1 to 12 of a-z and 0-9, beginning with a letter, but "my-pool" was given/],
	[`${azurePool}.name`, "system", /must not be system, which names the region's system pool/],
	[
		"regions.2.cluster.podAddresses",
		"10.17.128.0/17",
		/must not overlap the addresses of europe-west4 \(10\.17\.0\.0\/16\)/,
	],
	["regions.2.cluster.administrators", ["me"], /must be the object id of an Entra group/],
];

describe("parseSpec", () => {
	for (const environment of ["dev", "staging", "prod"]) {
		it(`accepts ${environment}`, () => {
			assert.deepEqual(problems(specValue(environment)), []);
		});
	}

	for (const [path, value, problem] of refusals) {
		it(`refuses ${path} ${JSON.stringify(value)}`, () => {
			const found = problems(withSetting(dev, path, value));
			assert.ok(
				found.some((line) => problem.test(line)),
				`${problem} in\n${found.join("\n")}`,
			);
		});
	}

	it("refuses relaxed protection where much could be lost", () => {
		assert.match(problems(withSetting(dev, "layout", "cells")).join(), /protection\.relaxed: must be false/);
		assert.match(problems(withSetting(dev, "target", "cloud")).join(), /protection\.relaxed: must be false/);
	});

	it("refuses a short audit lock where protection is not relaxed", () => {
		const value = withSetting(specValue("staging"), "protection", { auditLock: "365d" });
		assert.match(problems(value).join(), /auditLock: must be at least 2557d \(7 years\)/);
	});

	it("wants a way in and an administrator on a real account", () => {
		const found = problems(withSetting(withSetting(specValue("staging"), "target", "cloud"), "regions.0.cluster", {}));
		assert.ok(found.some((line) => /operatorAddresses: must name the connected network/.test(line)));
		assert.ok(found.some((line) => /administrators: must name at least one where target is cloud/.test(line)));
	});

	it("refuses two regions that share addresses or stand twice", () => {
		const regions: unknown = dev.regions;
		assert.ok(Array.isArray(regions));
		const found = problems({ ...dev, regions: [...regions, ...regions] });
		assert.ok(found.some((line) => /regions\[3\]\.region: us-east-1 stands twice/.test(line)));
		assert.ok(found.some((line) => /regions\[3\]\.addresses: must not overlap another region's/.test(line)));
	});

	it("refuses more nodes than the region has addresses for, on Google Cloud", () => {
		const value = withSetting(withSetting(dev, `${gcpPool}.nodes`, 450), "regions.1.systemPool", { max: 40 });
		assert.match(
			problems(value).join(),
			/the 32768 addresses .* 40 system nodes \(128 each\) and 450 GPU nodes \(64 each\) take 33920; ask for fewer/,
		);
	});

	it("lets a region that is switched off be without an account", () => {
		const value = withSetting(withSetting(dev, "accounts.gcp", undefined), "regions.1.enabled", false);
		assert.deepEqual(problems(value), []);
	});

	it("suggests the setting that a misspelt key is near to, wherever it stands", () => {
		assert.deepEqual(problems(withSetting(dev, `${pool}.instancetype`, "x")), [
			"regions[0].gpuPools[0].instancetype: is not a setting; did you mean instanceType?",
		]);
		assert.match(problems(withSetting(dev, "zzz", 1)).join(), /zzz: is not a setting; here are environment, layout/);
	});

	it("reports misspelt keys and what is wrong across fields together", () => {
		const value = withSetting(withSetting(dev, "regions.0.natt", "single"), "global.dnsZone", "x.other.example");
		assert.equal(problems(value).length, 2);
	});

	it("never throws anything but a report, whatever it is given", () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				try {
					parseSpec(value, "spec");
				} catch (error) {
					assert.ok(error instanceof UserError, String(error));
				}
			}),
		);
	});
});
