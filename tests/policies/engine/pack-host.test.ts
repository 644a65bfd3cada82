import assert from "node:assert/strict";
import type { ResourceNode } from "../../../lib/graph";
import { UNKNOWN } from "../../../lib/values";
import { settingsFrom } from "../../../policies/engine/pack-context";
import { policiesOf } from "../../../policies/engine/pack-host";
import { rules } from "../../../policies/rules";
import { bucket, bucketEncryption, deployment, ingressRule, kmsKey, withInput } from "../../support/resources";
import { type PackReport, ServedPack } from "../../support/served-pack";

const PACK = "policies/packs/baseline";
const OPEN = "0.0.0.0/0";

/** The one report that a test expects. */
function only(reports: readonly PackReport[]): PackReport {
	assert.equal(reports.length, 1, JSON.stringify(reports));
	const [first] = reports;
	assert.ok(first);
	return first;
}

describe("settingsFrom", () => {
	it("defaults to a dev sandbox that relaxes nothing", () => {
		const context = { environment: "dev", target: "sandbox", relaxed: false };
		assert.deepEqual(settingsFrom({}), { context, params: {} });
	});

	it("reads environment, target, protection and rule parameters, and ignores the rest of the spec", () => {
		const spec = {
			environment: "prod",
			target: "cloud",
			protection: { relaxed: true, locks: "on" },
			policies: { params: { A18: { ports: [22] } } },
			network: {},
		};
		assert.deepEqual(settingsFrom(spec), {
			context: { environment: "prod", target: "cloud", relaxed: true },
			params: { A18: { ports: [22] } },
		});
	});

	it("refuses settings that it cannot trust", () => {
		assert.throws(() => settingsFrom({ target: "clowd" }));
		assert.throws(() => settingsFrom({ protection: { relaxed: "true" } }));
	});
});

describe("policiesOf", () => {
	it("makes a policy of each resource rule, and one of all graph rules", () => {
		const names = policiesOf(rules, settingsFrom({})).map((policy) => policy.name);
		assert.deepEqual(names, ["A02", "A18", "K01", "graph-inputs", "graph"]);
		const single = rules.filter(({ check }) => check.kind !== "graph");
		assert.equal(
			policiesOf(single, settingsFrom({})).some((policy) => policy.name === "graph"),
			false,
		);
	});
});

describe("the baseline pack in production", () => {
	const config = { "meridian:spec": JSON.stringify({ environment: "prod", target: "cloud" }) };
	let pack: ServedPack;
	const analyze = (node: ResourceNode) => pack.analyze(node);

	before(async () => {
		pack = await ServedPack.start(PACK, config);
	});
	after(() => pack.stop());

	it("serves its policies from its own folder", async () => {
		assert.deepEqual(await pack.policies(), ["A02", "A18", "K01", "graph-inputs", "graph"]);
	});

	it("reports a violation on one line, mandatory", async () => {
		const node = ingressRule({ cidrIpv4: OPEN });
		assert.deepEqual(only(await analyze(node)), {
			policy: "A18",
			level: "mandatory",
			message:
				"A18 no-public-admin-ingress: the internet reaches port 5432; name the networks or security groups that need the port",
			urn: node.urn,
		});
	});

	it("says nothing of what complies", async () => {
		for (const node of [ingressRule(), kmsKey(), deployment()]) {
			assert.deepEqual(await analyze(node), [], node.type);
		}
	});

	it("keeps a violation beside an unknown, and blocks on one that decides", async () => {
		const mixed = withInput(withInput(kmsKey(), "enableKeyRotation", UNKNOWN), "deletionWindowInDays", 7);
		const reports = await analyze(mixed);
		assert.deepEqual(
			reports.map(({ policy, level }) => [policy, level]),
			[
				["A02", "mandatory"],
				["A02", "mandatory"],
			],
		);
		assert.ok(reports.some(({ message }) => message.includes("not decided yet")));
	});

	it("judges Kubernetes objects by their CEL text", async () => {
		const privileged = { template: { spec: { containers: [{ securityContext: { privileged: true } }] } } };
		const policies = (await analyze(deployment({ spec: privileged }))).map(({ policy, level }) => [policy, level]);
		assert.deepEqual(policies, [
			["K01", "mandatory"],
			["K01", "mandatory"],
		]);
	});

	it("joins resources in the policy `graph`, and proves a key by what the input was computed from", async () => {
		const key = kmsKey();
		const data = bucket();
		assert.deepEqual(await pack.analyzeStack([key, data, bucketEncryption(data, key)]), []);
		const report = only(await pack.analyzeStack([key, data]));
		assert.equal(report.policy, "graph");
		assert.equal(report.urn, data.urn);
		assert.match(report.message, /^A01 s3-customer-key-encryption: .*; set a bucketServerSideEncryption/);
	});

	it("shows no secret of the inputs", async () => {
		const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "hunter2" };
		const [report] = await analyze(withInput(ingressRule(), "cidrIpv4", secret));
		assert.equal(report?.level, "mandatory");
		assert.equal(report?.message.includes("hunter2"), false);
	});
});

describe("the baseline pack in dev", () => {
	let pack: ServedPack;
	before(async () => {
		pack = await ServedPack.start(PACK, {});
	});
	after(() => pack.stop());

	it("reports doubt as advice and violations as mandatory", async () => {
		assert.equal(only(await pack.analyze(ingressRule({ cidrIpv4: UNKNOWN }))).level, "advisory");
		assert.equal(only(await pack.analyze(ingressRule({ cidrIpv4: OPEN }))).level, "mandatory");
	});

	it("does the same in the policy `graph`", async () => {
		const data = bucket();
		const unproved = { ...bucketEncryption(data, kmsKey()), propertyDependencies: { bucket: [data.urn] } };
		assert.equal(only(await pack.analyzeStack([data, unproved])).level, "advisory");
		assert.equal(only(await pack.analyzeStack([data])).level, "mandatory");
	});
});
