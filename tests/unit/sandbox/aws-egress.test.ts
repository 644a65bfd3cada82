import assert from "node:assert/strict";
import { isObject, type Properties, valuesAt } from "../../../lib/values";
import { ENDPOINT_IDS } from "../../../sandbox/aws/network-firewall";
import { type Estate, estate } from "./estate";
import { modelOf, type Refused, refuses } from "./stage";

const N = "aws:networkfirewall/";
const GROUP = `${N}ruleGroup:RuleGroup`;
const POLICY = `${N}firewallPolicy:FirewallPolicy`;
const FIREWALL = `${N}firewall:Firewall`;
const LOGGING = `${N}loggingConfiguration:LoggingConfiguration`;
const ROUTE = "aws:ec2/route:Route";

let at: Estate;
const set = () => {
	at = estate();
	return at.stage;
};
const good = (name: string): Properties => at.of(name).inputs;
const inner = (name: string, key: string): Properties => {
	const value = good(name)[key];
	return isObject(value) ? value : {};
};

describe("rule groups of firewalls", () => {
	refuses((): Refused[] => {
		const list = (changes: Properties): Properties => ({
			rulesSource: {
				rulesSourceList: {
					generatedRulesType: "ALLOWLIST",
					targetTypes: ["TLS_SNI"],
					targets: ["example.com"],
					...changes,
				},
			},
		});
		const row = (because: string, changes: Properties, property: string, reason: RegExp): Refused => ({
			because,
			type: GROUP,
			inputs: { ...good("ruleGroup"), name: "more", ...changes },
			property,
			reason,
		});
		const path = "ruleGroup.rulesSource.rulesSourceList";
		return [
			row("a name twice", { name: "domains" }, "name", /unique within the region/),
			row("a name with a dot", { name: "a.b" }, "name", /letters, digits and hyphens/),
			row("more than a policy's capacity", { capacity: 30_001 }, "capacity", /1 to 30000/),
			row("too little capacity", { capacity: 1 }, "capacity", /at least 4 units/),
			row(
				"a list of another kind",
				{ ruleGroup: list({ generatedRulesType: "ALLOW" }) },
				`${path}.generatedRulesType`,
				/ALLOWLIST/,
			),
			row("a star", { ruleGroup: list({ targets: ["*.example.com"] }) }, `${path}.targets[0]`, /\.example\.com/),
			row("no domain", { ruleGroup: list({ targets: [] }) }, `${path}.targets`, /at least one/),
			row("domains without state", { type: "STATELESS" }, "type", /must be STATEFUL/),
			row("no source", { ruleGroup: { rulesSource: {} } }, "ruleGroup.rulesSource", /exactly one of/),
			row(
				"a key that is not there",
				{ encryptionConfiguration: { type: "CUSTOMER_KMS" } },
				"encryptionConfiguration.keyId",
				/is required/,
			),
		];
	}, set);
});

describe("policies of firewalls", () => {
	refuses((): Refused[] => {
		const row = (because: string, changes: Properties, property: string, reason: RegExp): Refused => ({
			because,
			type: POLICY,
			inputs: { name: "more", firewallPolicy: { ...inner("firewallPolicy", "firewallPolicy"), ...changes } },
			property: `firewallPolicy.${property}`,
			reason,
		});
		const resourceArn = String(at.of("ruleGroup").outputs.arn);
		const references = "statefulRuleGroupReferences";
		return [
			row(
				"a group that is not there",
				{ [references]: [{ resourceArn: `${resourceArn}x`, priority: 1 }] },
				`${references}[0].resourceArn`,
				/names no existing/,
			),
			row("a group without its place", { [references]: [{ resourceArn }] }, references, /need a priority/),
			row(
				"a place twice",
				{
					[references]: [
						{ resourceArn, priority: 1 },
						{ resourceArn, priority: 1 },
					],
				},
				references,
				/different priorities/,
			),
			row(
				"a group of another order",
				{ statefulEngineOptions: {}, statefulDefaultActions: [], [references]: [{ resourceArn }] },
				`${references}[0].resourceArn`,
				/rule order/,
			),
			row(
				"a default without strict order",
				{ statefulEngineOptions: {} },
				"statefulDefaultActions",
				/STRICT_ORDER only/,
			),
			row(
				"two drops",
				{ statefulDefaultActions: ["aws:drop_strict", "aws:drop_established"] },
				"statefulDefaultActions",
				/at most one/,
			),
			row(
				"an action that is none",
				{ statefulDefaultActions: ["drop"] },
				"statefulDefaultActions[0]",
				/aws:drop_strict/,
			),
			row("no hand-over", { statelessDefaultActions: ["other"] }, "statelessDefaultActions", /exactly one/),
		];
	}, set);
});

describe("firewalls", () => {
	refuses((): Refused[] => {
		const other = at.stage.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.9.0.0/16" });
		const vpcId = other.id;
		const twin = at.stage.make("aws:ec2/subnet:Subnet", {
			vpcId: at.of("vpc").id,
			cidrBlock: "10.0.9.0/28",
			availabilityZone: "us-east-1a",
		});
		const [endpoint] = valuesAt(at.of("firewall").outputs, ENDPOINT_IDS);
		const table = at.stage.make("aws:ec2/routeTable:RouteTable", { vpcId });
		const subnetA = { subnetId: at.of("subnetA").id };
		const row = (because: string, changes: Properties, property: string, reason: RegExp): Refused => ({
			because,
			type: FIREWALL,
			inputs: { ...good("firewall"), name: "more", ...changes },
			property,
			reason,
		});
		const config = { logType: "FLOW", logDestinationType: "CloudWatchLogs", logDestination: { logGroup: "/none" } };
		const logging = (...configs: Properties[]): Properties => ({
			firewallArn: String(at.of("firewall").outputs.arn),
			loggingConfiguration: { logDestinationConfigs: configs },
		});
		const configs = "loggingConfiguration.logDestinationConfigs";
		return [
			row("a policy that is not there", { firewallPolicyArn: "arn:aws:x" }, "firewallPolicyArn", /names no existing/),
			row("subnets of another VPC", { vpcId }, "subnetMappings", /not in the VPC/),
			row(
				"two subnets of a zone",
				{ subnetMappings: [subnetA, { subnetId: twin.id }] },
				"subnetMappings",
				/one of each zone/,
			),
			{
				because: "a second logging configuration",
				type: LOGGING,
				inputs: logging(config),
				property: "firewallArn",
				reason: /already/,
			},
			{
				because: "a log group that is not there",
				type: LOGGING,
				inputs: logging(config),
				property: `${configs}[0].logDestination.logGroup`,
				reason: /names no existing LogGroup/,
			},
			{
				because: "a type of log twice",
				type: LOGGING,
				inputs: logging(config, config),
				property: configs,
				reason: /each type once/,
			},
			{
				because: "a route of another VPC",
				type: ROUTE,
				inputs: { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", vpcEndpointId: endpoint?.value ?? null },
				property: "vpcEndpointId",
				reason: /the endpoint is in/,
			},
		];
	}, set);

	it("have an endpoint in each zone that routes lead to", () => {
		set();
		const ids = valuesAt(at.of("firewall").outputs, ENDPOINT_IDS).map(({ value }) => value);
		assert.equal(ids.length, 2);
		ids.forEach((vpcEndpointId, i) => {
			const route = { routeTableId: at.of("table").id, destinationCidrBlock: `10.9.${i}.0/24`, vpcEndpointId };
			assert.deepEqual(at.stage.faults(ROUTE, route), []);
		});
	});

	it("stay while protection is on or their logging is there", () => {
		set();
		const firewall = at.of("firewall");
		const locked = { ...firewall, inputs: { ...firewall.inputs, deleteProtection: true } };
		assert.match(String(modelOf(FIREWALL).refusesDelete?.(locked, at.stage)), /deleteProtection is on/);
		assert.equal(modelOf(LOGGING).references?.find(({ path }) => path === "firewallArn")?.holds ?? true, true);
	});
});
