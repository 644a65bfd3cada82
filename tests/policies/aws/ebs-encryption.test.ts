import assert from "node:assert/strict";
import { UNKNOWN, type Value } from "../../../lib/values";
import { ebsEncryption as rule } from "../../../policies/rules/aws/ebs-encryption";
import { findingsOf, verdictsOf } from "../../support/judging";
import {
	awsProvider,
	encryptionByDefault,
	instance,
	launchTemplate,
	nodeGroup,
	resource,
	subnet,
	withInput,
} from "../../support/resources";

const on = encryptionByDefault();
const volume = resource("aws:ebs/volume:Volume", "scratch", { encrypted: true });
const makers = [volume, instance(), launchTemplate()];

describe("A05 ebs-encryption", () => {
	it("passes encrypted volumes in an account that encrypts by default", () => {
		assert.deepEqual(verdictsOf(rule, [...makers, on]), ["pass"]);
	});

	it("fails encrypted volumes in an account that does not encrypt by default", () => {
		const findings = findingsOf(rule, makers).filter(({ verdict }) => verdict === "fail");
		assert.deepEqual(
			findings.map(({ message }) => message),
			["the account does not encrypt new volumes by default in us-east-1"],
		);
		assert.deepEqual(verdictsOf(rule, makers, { params: { requireAccountDefault: false } }), ["pass"]);
	});

	it("demands the default in each region", () => {
		const west = resource("aws:ebs/volume:Volume", "west", { encrypted: true }, { provider: awsProvider("us-west-2") });
		assert.deepEqual(verdictsOf(rule, [volume, on, west], { urn: west.urn }), ["fail", "pass"]);
		const moved = withInput(volume, "region", "us-west-2");
		assert.deepEqual(verdictsOf(rule, [moved, on], { urn: moved.urn }), ["fail", "pass"]);
		const westOn = encryptionByDefault({ provider: awsProvider("us-west-2") });
		assert.deepEqual(verdictsOf(rule, [moved, westOn]), ["pass"]);
	});

	it("fails a default that is switched off", () => {
		const off = withInput(on, "enabled", false);
		assert.deepEqual(verdictsOf(rule, [volume, off], { urn: off.urn }), ["fail"]);
		assert.deepEqual(verdictsOf(rule, [volume, withInput(on, "enabled", undefined)]), ["pass"]);
	});

	it("fails each place that switches encryption off, even with the default on", () => {
		const template = launchTemplate();
		const broken = [
			withInput(volume, "encrypted", false),
			withInput(instance(), "rootBlockDevice.encrypted", false),
			withInput(instance(), "ebsBlockDevices", [{ encrypted: true }, { encrypted: false }]),
			withInput(template, "blockDeviceMappings", [{ ebs: { encrypted: "false" } }]),
		];
		for (const node of broken) {
			assert.deepEqual(verdictsOf(rule, [node, on], { urn: node.urn }), ["fail"], node.type);
		}
	});

	it("lets the account's default decide what is not said", () => {
		const template = withInput(launchTemplate(), "blockDeviceMappings", undefined);
		for (const node of [
			withInput(volume, "encrypted", undefined),
			withInput(instance(), "rootBlockDevice", undefined),
			template,
		]) {
			assert.deepEqual(verdictsOf(rule, [node, on]), ["pass"], node.type);
			assert.deepEqual(verdictsOf(rule, [node]), ["fail"], node.type);
			assert.deepEqual(verdictsOf(rule, [node, withInput(on, "enabled", UNKNOWN)]), ["undetermined"], node.type);
		}
	});

	it("takes a default of the same provider or cell, not of another account", () => {
		const elsewhere = awsProvider("us-east-1");
		const other = { provider: { ...elsewhere, urn: `${elsewhere.urn}-2` }, cell: "training" };
		assert.deepEqual(verdictsOf(rule, [volume, encryptionByDefault(other)], { urn: volume.urn }), ["fail", "pass"]);
		assert.deepEqual(verdictsOf(rule, [volume, encryptionByDefault({ cell: "global" })]), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [volume, encryptionByDefault({ provider: other.provider })]), ["pass"]);
	});

	it("does not name a region that it does not know", () => {
		const provider = { urn: awsProvider().urn, package: "aws" };
		const findings = findingsOf(rule, [resource("aws:ebs/volume:Volume", "v", { encrypted: true }, { provider })]);
		assert.ok(findings.some(({ message }) => message.endsWith("by default in its provider's region")));
	});

	it("fails what is neither true nor false", () => {
		const params = { requireAccountDefault: false };
		assert.deepEqual(verdictsOf(rule, [withInput(volume, "encrypted", "perhaps")], { params }), ["fail"]);
	});

	it("does not count suppressed devices and instance store", () => {
		const mappings: Value = [{ noDevice: "true" }, { virtualName: "ephemeral0" }, { ebs: { encrypted: "true" } }];
		assert.deepEqual(verdictsOf(rule, [withInput(launchTemplate(), "blockDeviceMappings", mappings), on]), ["pass"]);
	});

	it("reads noDevice as text and as a boolean", () => {
		const device = (noDevice: Value) => {
			const node = withInput(instance(), "ebsBlockDevices", [{ noDevice, encrypted: false }]);
			return verdictsOf(rule, [node, on]);
		};
		assert.deepEqual(device(true), ["pass"]);
		assert.deepEqual(device("true"), ["pass"]);
		assert.deepEqual(device(false), ["fail"]);
		assert.deepEqual(device("false"), ["fail"]);
		assert.deepEqual(device(UNKNOWN), ["fail"]);
	});

	it("leaves the root volume to the default where only other devices are named", () => {
		const node = withInput(launchTemplate(), "blockDeviceMappings", [{ virtualName: "ephemeral0" }]);
		assert.deepEqual(verdictsOf(rule, [node]), ["fail"]);
		assert.deepEqual(verdictsOf(rule, [node, on]), ["pass"]);
	});

	it("cannot decide an unknown, and keeps a violation before and after one", () => {
		const quiet = { params: { requireAccountDefault: false } };
		assert.deepEqual(verdictsOf(rule, [withInput(volume, "encrypted", UNKNOWN)], quiet), ["undetermined"]);
		for (const list of [
			[UNKNOWN, { encrypted: false }],
			[{ encrypted: false }, UNKNOWN],
		] satisfies Value[]) {
			const node = withInput(instance(), "ebsBlockDevices", list);
			assert.deepEqual(verdictsOf(rule, [node], quiet), ["fail", "undetermined"]);
		}
	});

	it("follows a machine and a node group to their launch template", () => {
		const template = launchTemplate();
		const machine = resource(
			"aws:ec2/instance:Instance",
			"m",
			{ launchTemplate: { id: UNKNOWN } },
			{ from: { launchTemplate: [template] } },
		);
		const quiet = { params: { requireAccountDefault: false } };
		assert.deepEqual(verdictsOf(rule, [template, machine], quiet), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [machine], quiet), ["undetermined"]);
		assert.deepEqual(verdictsOf(rule, [machine, on]), ["pass"]);
		const group = nodeGroup([subnet()], template);
		assert.deepEqual(verdictsOf(rule, [template, group], quiet), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [withInput(group, "launchTemplate", undefined)], quiet), ["fail"]);
	});
});
