import assert from "node:assert/strict";
import { UNKNOWN, type Value } from "../../../lib/values";
import { eksEndpointPrivate as rule } from "../../../policies/rules/aws/eks-endpoint-private";
import { findingsOf, verdictsOf } from "../../support/judging";
import { eksCluster, kmsKey, launchTemplate, nodeGroup, resource, subnet, withInput } from "../../support/resources";

const cluster = eksCluster(kmsKey());
const LOGS = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

function verdict(path: string, value: Value | undefined): ReturnType<typeof verdictsOf> {
	return verdictsOf(rule, [withInput(cluster, path, value)]);
}

function endpoint(isPublic: Value, publicAccessCidrs?: Value): ReturnType<typeof verdictsOf> {
	return verdict("vpcConfig", {
		endpointPublicAccess: isPublic,
		...(publicAccessCidrs === undefined ? {} : { publicAccessCidrs }),
	});
}

describe("A20 eks-endpoint-private", () => {
	it("passes a private endpoint with all logs", () => {
		assert.deepEqual(verdictsOf(rule, [cluster]), ["pass"]);
	});

	it("fails a public endpoint without a list, with an empty one, and with the internet in it", () => {
		assert.deepEqual(endpoint(true), ["fail"]);
		assert.deepEqual(endpoint(true, []), ["fail"]);
		assert.deepEqual(endpoint(true, ["0.0.0.0/0"]), ["fail"]);
		assert.deepEqual(endpoint(true, ["203.0.113.0/24", "0.0.0.0/1"]), ["fail"]);
		assert.deepEqual(endpoint(true, ["office"]), ["fail"]);
	});

	it("fails where nothing is said, as the cloud's default is public", () => {
		assert.deepEqual(verdict("vpcConfig.endpointPublicAccess", undefined), ["fail"]);
		assert.deepEqual(verdict("vpcConfig", undefined), ["fail"]);
	});

	it("passes a public endpoint with an allow-list", () => {
		assert.deepEqual(endpoint(true, ["203.0.113.0/24"]), ["pass"]);
	});

	it("cannot decide unknowns, unless the allow-list decides anyway", () => {
		assert.deepEqual(endpoint(UNKNOWN), ["undetermined"]);
		assert.deepEqual(endpoint(UNKNOWN, ["203.0.113.0/24"]), ["pass"]);
		assert.deepEqual(endpoint(true, UNKNOWN), ["undetermined"]);
		assert.deepEqual(endpoint(true, ["203.0.113.0/24", UNKNOWN]), ["undetermined"]);
		assert.deepEqual(endpoint(true, [UNKNOWN, "0.0.0.0/0"]), ["fail"]);
		assert.deepEqual(endpoint(true, ["0.0.0.0/0", UNKNOWN]), ["fail"]);
	});

	it("demands each of the five logs", () => {
		for (const missing of LOGS) {
			const rest = LOGS.filter((type) => type !== missing);
			const [finding] = findingsOf(rule, [withInput(cluster, "enabledClusterLogTypes", rest)]);
			assert.equal(finding?.verdict, "fail");
			assert.equal(finding?.message, `control plane logs are off: ${missing}`);
		}
		assert.deepEqual(verdict("enabledClusterLogTypes", undefined), ["fail"]);
		assert.deepEqual(verdict("enabledClusterLogTypes", UNKNOWN), ["undetermined"]);
		assert.deepEqual(verdict("enabledClusterLogTypes", [...LOGS, UNKNOWN]), ["pass"]);
	});
});

describe("A20 for node groups", () => {
	const first = subnet("private-a");
	const second = subnet("private-b");
	const group = nodeGroup([first, second], launchTemplate());

	it("passes subnets that give no public addresses", () => {
		assert.deepEqual(verdictsOf(rule, [first, second, group]), ["pass"]);
		const quiet = withInput(second, "mapPublicIpOnLaunch", undefined);
		assert.deepEqual(verdictsOf(rule, [first, quiet, group]), ["pass"]);
	});

	it("fails one subnet that does, also beside an unknown one", () => {
		const open = withInput(second, "mapPublicIpOnLaunch", true);
		assert.deepEqual(verdictsOf(rule, [first, open, group]), ["fail"]);
		const hidden = withInput(first, "mapPublicIpOnLaunch", UNKNOWN);
		assert.deepEqual(verdictsOf(rule, [hidden, open, group]), ["fail", "undetermined"]);
	});

	it("finds subnets by id after an update", () => {
		const made = withInput(withInput(first, "id", "subnet-1"), "mapPublicIpOnLaunch", true);
		const alone = resource("aws:eks/nodeGroup:NodeGroup", "g", { subnetIds: ["subnet-1"] });
		assert.deepEqual(verdictsOf(rule, [made, alone]), ["fail"]);
	});

	it("cannot decide one subnet from elsewhere beside one of the program", () => {
		const mixed = withInput(nodeGroup([first], launchTemplate()), "subnetIds", [UNKNOWN, "subnet-9"]);
		assert.deepEqual(verdictsOf(rule, [first, mixed]), ["undetermined"]);
		assert.deepEqual(verdictsOf(rule, [first, withInput(mixed, "subnetIds", UNKNOWN)]), ["pass"]);
	});

	it("knows that a default subnet gives public addresses unless told not to", () => {
		const given = resource("aws:ec2/defaultSubnet:DefaultSubnet", "d", {});
		const nodes = nodeGroup([given], launchTemplate());
		assert.deepEqual(verdictsOf(rule, [given, nodes]), ["fail"]);
		assert.deepEqual(verdictsOf(rule, [withInput(given, "mapPublicIpOnLaunch", false), nodes]), ["pass"]);
	});

	it("cannot decide subnets from elsewhere", () => {
		const alone = resource("aws:eks/nodeGroup:NodeGroup", "g", { subnetIds: ["subnet-9"] });
		assert.deepEqual(verdictsOf(rule, [alone]), ["undetermined"]);
		assert.deepEqual(verdictsOf(rule, [withInput(alone, "subnetIds", UNKNOWN)]), ["undetermined"]);
	});
});
