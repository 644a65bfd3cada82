import { strict as assert } from "node:assert";
import { chart } from "../../../catalogue/charts";
import { answerInvoke } from "../../../catalogue/invokes";
import { lockEntries, locked, requireLocked } from "../../../catalogue/lock";

describe("lock", () => {
	it("is sorted, and says of every value where it comes from", () => {
		const ids = lockEntries.map((entry) => entry.id);
		assert.deepEqual(ids, [...ids].sort());
		assert.equal(new Set(ids).size, ids.length);
		assert.ok(lockEntries.every((entry) => entry.source.length > 10));
	});

	it("lists what could not be verified", () => {
		const open = lockEntries.filter((entry) => entry.state !== "verified").map((entry) => `${entry.id} ${entry.state}`);
		assert.deepEqual(open, [
			"chart-digest/argo-cd unresolved",
			"chart/argo-cd unverified",
			"chart/cluster-autoscaler unverified",
			"eks-addon/aws-ebs-csi-driver unverified",
			"eks-addon/coredns unverified",
			"eks-addon/eks-node-monitoring-agent unverified",
			"eks-addon/eks-pod-identity-agent unverified",
			"eks-addon/kube-proxy unverified",
			"eks-addon/vpc-cni unverified",
			"eks-ami-release/al2023-neuron unresolved",
			"eks-ami-release/al2023-nvidia unresolved",
			"eks-ami-release/al2023-standard unresolved",
			"kubernetes/minor unverified",
		]);
	});

	it("gives nothing for what is unresolved, and never an invented value", () => {
		assert.equal(locked("eks-ami-release/al2023-nvidia"), undefined);
		assert.throws(() => requireLocked("chart-digest/argo-cd"), /is unresolved/);
		assert.throws(() => locked("no/such"), /has no entry/);
		assert.ok(
			lockEntries.filter((entry) => entry.state === "unresolved").every((entry) => entry.value === "unresolved"),
		);
	});
});

describe("chart", () => {
	it("is pinned to the lock's version", () => {
		assert.equal(chart("argo-cd").version, requireLocked("chart/argo-cd"));
		assert.throws(() => chart("nothing"), /has no chart nothing/);
	});
});

describe("answerInvoke", () => {
	it("answers from its table, and tells how to add an answer", () => {
		assert.equal(
			answerInvoke("aws:index/getRegion:getRegion", { region: "eu-west-1" }).endpoint,
			"ec2.eu-west-1.amazonaws.com",
		);
		assert.throws(() => answerInvoke("aws:ec2/getAmi:getAmi", {}), /add one to catalogue\/invokes\.ts/);
		assert.throws(() => answerInvoke("constructor", {}), /has no answer/);
	});
});
