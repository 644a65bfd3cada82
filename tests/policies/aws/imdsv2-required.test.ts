import assert from "node:assert/strict";
import { UNKNOWN, type Value } from "../../../lib/values";
import { imdsv2Required as rule } from "../../../policies/rules/aws/imdsv2-required";
import { verdictsOf } from "../../support/judging";
import { awsProvider, instance, launchTemplate, resource, withInput } from "../../support/resources";

const machine = instance();
const CONFIGURATION = "aws:ec2/launchConfiguration:LaunchConfiguration";

function verdict(path: string, value: Value | undefined): ReturnType<typeof verdictsOf> {
	return verdictsOf(rule, [withInput(machine, `metadataOptions.${path}`, value)]);
}

describe("A22 imdsv2-required", () => {
	it("passes machines and templates with session tokens and one hop", () => {
		const { metadataOptions } = machine.inputs;
		const configuration = resource(CONFIGURATION, "c", { metadataOptions: metadataOptions ?? null });
		assert.deepEqual(verdictsOf(rule, [machine, launchTemplate(), configuration]), ["pass"]);
	});

	it("fails without tokens, with optional ones, and without any options", () => {
		assert.deepEqual(verdict("httpTokens", undefined), ["fail"]);
		assert.deepEqual(verdict("httpTokens", "optional"), ["fail"]);
		for (const node of [machine, launchTemplate(), resource(CONFIGURATION, "c", {})]) {
			const bare = withInput(node, "metadataOptions", undefined);
			assert.deepEqual(verdictsOf(rule, [bare]), ["fail"], node.type);
		}
	});

	it("fails a second hop, and a hop limit that is left to the image", () => {
		assert.deepEqual(verdict("httpPutResponseHopLimit", 2), ["fail"]);
		assert.deepEqual(verdict("httpPutResponseHopLimit", undefined), ["fail"]);
	});

	it("allows a second hop only for the machine of a named workload", () => {
		const two = withInput(machine, "metadataOptions.httpPutResponseHopLimit", 2);
		const params = (name: string) => ({ secondHop: [{ resource: name, workload: "node-agent" }] });
		assert.deepEqual(verdictsOf(rule, [two], { params: params(two.name) }), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [two], { params: params(`${two.name}-2`) }), ["fail"]);
		const three = withInput(machine, "metadataOptions.httpPutResponseHopLimit", 3);
		assert.deepEqual(verdictsOf(rule, [three], { params: params(three.name) }), ["fail"]);
	});

	it("passes a metadata service that is disabled", () => {
		const off = withInput(machine, "metadataOptions", { httpEndpoint: "disabled" });
		assert.deepEqual(verdictsOf(rule, [off]), ["pass"]);
	});

	it("cannot decide unknowns, and keeps a violation beside one", () => {
		assert.deepEqual(verdict("httpTokens", UNKNOWN), ["undetermined"]);
		assert.deepEqual(verdictsOf(rule, [withInput(machine, "metadataOptions", UNKNOWN)]), ["undetermined"]);
		const mixed = { httpTokens: UNKNOWN, httpPutResponseHopLimit: 2 };
		assert.deepEqual(verdictsOf(rule, [withInput(machine, "metadataOptions", mixed)]), ["fail", "undetermined"]);
		const reversed = { httpTokens: "optional", httpPutResponseHopLimit: UNKNOWN };
		assert.deepEqual(verdictsOf(rule, [withInput(machine, "metadataOptions", reversed)]), ["fail", "undetermined"]);
		const perhapsOff = { httpEndpoint: UNKNOWN, httpTokens: "optional", httpPutResponseHopLimit: 1 };
		assert.deepEqual(verdictsOf(rule, [withInput(machine, "metadataOptions", perhapsOff)]), ["undetermined"]);
	});

	it("follows a machine without options to its launch template", () => {
		const template = launchTemplate();
		const inputs = { launchTemplate: { id: UNKNOWN } };
		const from = { launchTemplate: [template] };
		const follower = resource("aws:ec2/instance:Instance", "follower", inputs, { from });
		assert.deepEqual(verdictsOf(rule, [template, follower]), ["pass"]);
		assert.deepEqual(verdictsOf(rule, [follower]), ["undetermined"]);
		const weak = withInput(template, "metadataOptions.httpTokens", "optional");
		assert.deepEqual(verdictsOf(rule, [weak, follower], { urn: weak.urn }), ["fail"]);
		const own = withInput(follower, "metadataOptions", { httpTokens: "optional", httpPutResponseHopLimit: 1 });
		assert.deepEqual(verdictsOf(rule, [template, own], { urn: own.urn }), ["fail"]);
	});

	it("takes what is not said from the account's defaults of the region", () => {
		const inputs = { httpTokens: "required", httpPutResponseHopLimit: 1 };
		const type = "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults";
		const bare = withInput(machine, "metadataOptions", undefined);
		assert.deepEqual(verdictsOf(rule, [bare, resource(type, "d", inputs)]), ["pass"]);
		const west = resource(type, "d", inputs, { provider: awsProvider("us-west-2") });
		assert.deepEqual(verdictsOf(rule, [bare, west]), ["fail"]);
		const weak = resource(type, "d", { ...inputs, httpTokens: "optional" });
		assert.deepEqual(verdictsOf(rule, [bare, weak]), ["fail"]);
	});
});
