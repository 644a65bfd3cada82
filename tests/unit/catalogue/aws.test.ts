import assert from "node:assert/strict";
import { INSTANCE_TYPES, type InstanceType, instanceType } from "../../../catalogue/aws/instance-types";
import { SERVICE_QUOTAS, type ServiceQuota } from "../../../catalogue/aws/service-quotas";
import { instanceTypeNames } from "../../../sandbox/aws/instance-names";

describe("instance types", () => {
	const types: readonly [string, InstanceType][] = Object.entries(INSTANCE_TYPES);

	it("are types that the SDK knows", () => {
		assert.deepEqual(
			types.map(([name]) => name).filter((name) => !instanceTypeNames().includes(name)),
			[],
		);
	});

	for (const [name, type] of types) {
		it(`${name} has fabric figures that agree with each other`, () => {
			assert.equal(type.efaCards.length, type.maxEfa);
			assert.ok(type.efaCards.every((card) => card >= 0 && card < type.networkCards));
			assert.equal(type.primaryCardEfa, type.efaCards.includes(0));
			assert.ok(type.maxInterfaces >= type.networkCards);
		});

		it(`${name} has a source, a day, and says what is not verified`, () => {
			const { source, date, verified, unverified = [] } = type.provenance;
			assert.ok(source.length > 10);
			assert.match(date, /^\d{4}-\d{2}-\d{2}$/);
			assert.equal(verified, unverified.length === 0);
			assert.deepEqual(
				unverified.filter((field) => !Object.hasOwn(type, field)),
				[],
			);
		});
	}

	it("count EFA as the API does, not by cards", () => {
		assert.equal(instanceType("p6-b300.48xlarge")?.maxEfa, 16);
		assert.equal(instanceType("p6-b300.48xlarge")?.networkCards, 17);
		assert.equal(instanceType("p5.48xlarge")?.maxEfa, 32);
		assert.equal(instanceType("nothing"), undefined);
	});
});

describe("service quotas", () => {
	const quotas: readonly [string, ServiceQuota][] = Object.entries(SERVICE_QUOTAS);

	for (const [name, quota] of quotas) {
		it(`${name} has a code, a limit, a source and a day`, () => {
			assert.match(quota.code ?? "L-00000000", /^L-[0-9A-F]{8}$/);
			assert.ok(Number.isInteger(quota.limit) && quota.limit >= 0);
			assert.ok(quota.source.length > 5 && quota.unit.length > 0);
			assert.match(quota.date, /^\d{4}-\d{2}-\d{2}$/);
		});
	}

	it("have different codes", () => {
		const codes = quotas.flatMap(([, quota]) => quota.code ?? []);
		assert.equal(new Set(codes).size, codes.length);
	});
});
