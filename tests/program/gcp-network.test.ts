import { strict as assert } from "node:assert";
import { ResourceGraph, type ResourceNode } from "../../lib/graph";
import { valuesAt } from "../../lib/values";
import { gcpNetwork } from "../../requirements/readers/network/gcp";
import { checkFacts } from "../../sandbox/check/facts-check";
import { factsFor } from "../../sandbox/facts";
import { gcpModels } from "../../sandbox/gcp/registry";
import { blueprintOf, type SpecValue, specValue, withSetting } from "../support/environments";
import { specProblems } from "../support/spec-problems";

const HUB = "gcp:networkconnectivity/hub:Hub";
const SPOKE = "gcp:networkconnectivity/spoke:Spoke";
const ROUTER = "gcp:compute/router:Router";
const RULE = "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule";
const ZONE = "gcp:dns/managedZone:ManagedZone";
const SERVICE = "gcp:projects/service:Service";
const JOB = "gcp:cloudscheduler/job:Job";
const SINK = "gcp:logging/projectSink:ProjectSink";

const network = {
	backbone: true,
	egress: { control: "allow-list", domains: ["models.example.com"] },
};
const calendar = { kind: "calendar", name: "bought", starts: "2026-12-01T11:30:00Z", ends: "2026-12-15T11:30:00Z" };

/** Development with everything that only a setting brings. */
function full(): SpecValue {
	return withSetting(withSetting(specValue("dev"), "network", network), "regions.1.gpuPools.0.capacity", calendar);
}

function ofType(nodes: readonly ResourceNode[], type: string): ResourceNode[] {
	return nodes.filter((node) => node.type === type);
}

function at(node: ResourceNode | undefined, path: string): unknown[] {
	return valuesAt(node?.inputs ?? {}, path).map(({ value }) => value);
}

describe("a region on Google Cloud with a backbone and an allow-list", () => {
	let nodes: ResourceNode[];
	before(async () => {
		nodes = (await blueprintOf(full())).resources.filter(({ custom, type }) => custom && type.startsWith("gcp:"));
	});

	it("is made of what the sandbox knows, with fields that the SDK has", () => {
		const unknown = nodes.filter(({ type }) => !gcpModels.has(type));
		assert.deepEqual(
			unknown.map(({ type }) => type),
			[],
		);
		const faults = nodes.flatMap(({ inputs, type }) => checkFacts(factsFor("gcp"), type, inputs));
		assert.deepEqual(faults, []);
	});

	it("joins the hub without the addresses of its services", () => {
		assert.equal(ofType(nodes, HUB).length, 1);
		// The tunnels to AWS are the other spoke, in the global cell.
		const spokes = ofType(nodes, SPOKE);
		assert.deepEqual(spokes.map(({ cell }) => cell).sort(), ["gcp-europe-west4", "global"]);
		const spoke = spokes.find(({ cell }) => cell !== "global");
		assert.equal(spoke?.inputs.location, "global");
		assert.deepEqual(at(spoke, "linkedVpcNetwork.excludeExportRanges[]"), ["172.20.0.0/16"]);
	});

	it("is told to the other clouds by the router of the routing network", () => {
		const router = ofType(nodes, ROUTER).find(({ cell }) => cell === "global");
		assert.deepEqual(at(router, "bgp.advertisedIpRanges[].range"), ["10.17.0.0/16"]);
	});

	it("has the services on that its parts need", () => {
		const services = ofType(nodes, SERVICE).map(({ inputs }) => inputs.service);
		assert.ok(services.includes("networkconnectivity.googleapis.com"));
		assert.ok(services.includes("cloudscheduler.googleapis.com"));
	});

	it("lets out what is inside and listed domains, and writes down what it refuses", () => {
		const rules = ofType(nodes, RULE).sort((a, b) => Number(a.inputs.priority) - Number(b.inputs.priority));
		assert.deepEqual(
			rules.map(({ inputs }) => inputs.action),
			["allow", "allow", "deny"],
		);
		const [inside, domains, refuse] = rules;
		assert.deepEqual(at(inside, "match.destIpRanges[]"), ["10.17.0.0/16", "172.20.0.0/16", "10.0.0.0/8"]);
		assert.ok(at(domains, "match.destFqdns[]").includes("models.example.com"));
		assert.deepEqual(at(domains, "match.layer4Configs[].ports[]"), ["443"]);
		assert.deepEqual(at(refuse, "match.destIpRanges[]"), ["0.0.0.0/0"]);
		assert.equal(refuse?.inputs.enableLogging, true);
	});

	it("refuses what leaves any of its networks, by rules that are really there", () => {
		const networks = gcpNetwork.networks(new ResourceGraph(nodes));
		assert.equal(networks.length, 1 + 8 + 1);
		assert.deepEqual(
			networks.filter(({ refuses }) => !refuses.egress).map(({ node }) => node.name),
			[],
		);
		assert.deepEqual(gcpNetwork.openRules(new ResourceGraph(nodes), "egress"), []);
		const loose = nodes.filter(({ inputs, type }) => type !== RULE || inputs.action !== "deny");
		const open = gcpNetwork.networks(new ResourceGraph(loose)).filter(({ refuses }) => !refuses.egress);
		assert.equal(open.length, 1);
	});

	it("has a private zone of its own", () => {
		const names = ofType(nodes, ZONE).map(({ inputs }) => inputs.dnsName);
		assert.ok(names.includes("gcp-europe-west4.internal.dev.frontier.example."));
	});

	it("opens a bought pool at its start and drains it 75 minutes before its end", () => {
		const schedules = ofType(nodes, JOB).map(({ inputs }) => inputs.schedule);
		assert.deepEqual(schedules.sort(), ["15 10 15 12 *", "30 11 1 12 *"]);
		const bodies = ofType(nodes, JOB).flatMap((job) => at(job, "httpTarget.body"));
		const counts = bodies.map((body) => JSON.parse(Buffer.from(String(body), "base64").toString()).nodeCount);
		assert.deepEqual(counts.sort(), [0, 4]);
	});
});

describe("a region of its own stack on Google Cloud", () => {
	it("sends its flow logs to the audit bucket", async () => {
		const cells = withSetting(withSetting(specValue("dev"), "layout", "cells"), "protection", {});
		const { resources } = await blueprintOf(cells, "gcp-europe-west4");
		const filters = ofType(resources, SINK).map(({ inputs }) => String(inputs.filter));
		assert.ok(filters.some((filter) => filter.includes('log_id("compute.googleapis.com/vpc_flows")')));
		assert.equal(new Set(ofType(resources, SINK).map(({ inputs }) => inputs.name)).size, filters.length);
	});
});

describe("the specification of networks and windows on Google Cloud", () => {
	const pool = "regions.1.gpuPools.0";
	const withWindow = (changes: { readonly [field: string]: unknown }): SpecValue =>
		withSetting(specValue("dev"), `${pool}.capacity`, { ...calendar, ...changes });

	it("refuses a wildcard, which firewall rules do not know", () => {
		const wild = { egress: { control: "allow-list", domains: [".example.com"] } };
		const problems = specProblems(withSetting(specValue("dev"), "network", wild));
		assert.match(problems.join(), /network\.egress\.domains\[0\]: must be a whole name/);
	});

	it("refuses windows that calendar mode does not have", () => {
		const cases: readonly (readonly [SpecValue, RegExp])[] = [
			[withSetting(withWindow({}), `${pool}.nodes`, 81), /at most 80 nodes/],
			[withWindow({ ends: "2027-06-01T11:30:00Z" }), /at most 90 days/],
			[withWindow({ ends: "2026-12-01T12:30:00Z" }), /more than 75 minutes/],
			[withWindow({ starts: "2026-12-01T11:30:10Z" }), /whole minutes/],
		];
		for (const [value, reason] of cases) {
			assert.match(specProblems(value).join(), reason);
		}
	});
});
