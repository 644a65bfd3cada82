import assert from "node:assert/strict";
import type { ResourceNode } from "../../../../lib/graph";
import { type Properties, UNKNOWN } from "../../../../lib/values";
import { networkQueries } from "../../../../requirements/queries/network";
import { withInput } from "../../../support/resources";
import { azure, securityRule } from "../../../support/resources-azure";
import { firewall, gcp } from "../../../support/resources-gcp";
import { ask, queryOf } from "./asking";
import { aks, aksPool, securityGroup, vnet, vnetSubnet } from "./estate-azure";
import { gke, gkePool, gkeSubnet } from "./estate-gcp";

/** True where the query works on the resources. */
function works(key: string, given: readonly ResourceNode[]): boolean {
	return ask(queryOf(networkQueries, key), given).works;
}

/** What the query finds in the resources. */
function found(key: string, given: readonly ResourceNode[]): string {
	return ask(queryOf(networkQueries, key), given).found;
}

describe("private compute on Google Cloud and Azure", () => {
	const key = "FR-SEC-1/private-subnets";
	const subnet = gkeSubnet();
	const google = gkePool({
		cluster: gke("europe-west4", subnet),
		inputs: { networkConfig: { enablePrivateNodes: true } },
	});
	const vnetNodes = vnetSubnet(vnet());
	const azure = aksPool({ cluster: withInput(aks(), "agentPoolProfiles", []), subnets: [vnetNodes] });

	it("is met by nodes without addresses of the internet", () => {
		assert.equal(ask(queryOf(networkQueries, key), [...google, subnet]).found, "1 of 1 compute subnets private");
		assert.equal(works(key, [...google, subnet, ...azure, vnetNodes]), true);
	});

	it("is not met by nodes with one, by a way out that Azure makes, or by a subnet that nobody shows", () => {
		const [pool, owner] = google;
		const open = withInput(pool, "networkConfig.enablePrivateNodes", false);
		assert.equal(works(key, [open, owner, subnet]), false);
		const [agents, cluster] = azure;
		assert.equal(works(key, [withInput(agents, "enableNodePublicIP", true), cluster, vnetNodes]), false);
		assert.equal(works(key, [...azure, withInput(vnetNodes, "defaultOutboundAccess", undefined)]), false);
		assert.equal(works(key, [...google, subnet, ...azure]), false);
	});
});

describe("strict traffic on Google Cloud", () => {
	const net = gcp("compute/network:Network", "main", {});
	const rule = (inputs: Properties) => withInput(firewall(inputs), "network", UNKNOWN);
	const opened = (inputs: Properties) =>
		found("FR-SEC-1/ingress", [net, rule(inputs)]).includes("1 ingress rules open");

	it("finds the rules that let everyone in", () => {
		assert.equal(opened({}), false);
		assert.equal(opened({ sourceRanges: ["0.0.0.0/0"] }), true);
		assert.equal(opened({ sourceRanges: [] }), true);
		assert.equal(opened({ sourceRanges: [], sourceTags: ["web"] }), false);
		assert.equal(opened({ sourceRanges: ["0.0.0.0/0"], allows: [{ protocol: "tcp", ports: ["443"] }] }), false);
		assert.equal(opened({ sourceRanges: ["0.0.0.0/0"], disabled: true }), false);
		assert.equal(opened({ sourceRanges: ["0.0.0.0/0"], allows: [], denies: [{ protocol: "all" }] }), false);
	});

	it("needs a rule that refuses everything that goes out", () => {
		const deny = { direction: "EGRESS", allows: [], denies: [{ protocol: "all" }], sourceRanges: [] };
		const refused = {
			...rule({ ...deny, destinationRanges: ["0.0.0.0/0"] }),
			propertyDependencies: { network: [net.urn] },
		};
		assert.match(found("FR-SEC-1/egress", [net, refused]), /^1 of 1 networks refuse egress/);
		const some = { ...refused, inputs: { ...refused.inputs, targetTags: ["web"] } };
		assert.match(found("FR-SEC-1/egress", [net, some]), /^0 of 1 networks refuse egress/);
		assert.match(found("FR-SEC-1/egress", [net]), /^0 of 1 networks refuse egress/);
	});

	it("counts endpoints by who reaches them", () => {
		const closedTo = (path: string, value: Properties | undefined) =>
			found("FR-SEC-1/ingress", [withInput(gke(), path, value)]).includes("1 of 1 API endpoints closed");
		assert.equal(closedTo("addonsConfig", {}), true);
		assert.equal(closedTo("privateClusterConfig", undefined), false);
		assert.equal(closedTo("controlPlaneEndpointsConfig", { dnsEndpointConfig: { allowExternalTraffic: true } }), false);
	});
});

describe("strict traffic on Azure", () => {
	const net = vnet();
	const subnetWith = (rule?: Properties) => {
		const group = rule === undefined ? undefined : securityGroup(rule);
		return [net, vnetSubnet(net, group), ...(group ? [group] : [])];
	};
	const internet = { sourceAddressPrefix: "Internet" };

	it("needs a security group on every subnet, without rules that let everyone in", () => {
		assert.match(found("FR-SEC-1/ingress", subnetWith(securityRule())), /^1 of 1 networks refuse ingress/);
		assert.match(found("FR-SEC-1/ingress", subnetWith()), /^0 of 1 networks refuse ingress/);
		const opened = (rule: Properties) =>
			found("FR-SEC-1/ingress", subnetWith(securityRule(rule))).includes("1 ingress rules open");
		assert.equal(opened({}), false);
		assert.equal(opened(internet), true);
		assert.equal(opened({ ...internet, destinationPortRange: "443" }), false);
		assert.equal(opened({ ...internet, access: "Deny" }), false);
		assert.equal(opened({ sourceAddressPrefixes: ["0.0.0.0/0"] }), true);
	});

	it("needs a rule in each group that refuses everything that goes out", () => {
		const deny = {
			...{ access: "Deny", direction: "Outbound", protocol: "*" },
			...{ destinationPortRange: "*", destinationAddressPrefix: "Internet" },
		};
		assert.match(found("FR-SEC-1/egress", subnetWith(securityRule(deny))), /^1 of 1 networks refuse egress/);
		assert.match(found("FR-SEC-1/egress", subnetWith(securityRule({ ...deny, protocol: "Tcp" }))), /^0 of 1 networks/);
		const allow = { ...deny, access: "Allow" };
		assert.match(found("FR-SEC-1/egress", subnetWith(securityRule(allow))), /1 egress rules to any address$/);
	});

	it("counts rules that are resources of their own, and endpoints by who reaches them", () => {
		const group = securityGroup();
		const own = azure(
			"network:SecurityRule",
			"web",
			{ ...securityRule(internet) },
			{ from: { networkSecurityGroupName: [group] } },
		);
		assert.match(found("FR-SEC-1/ingress", [group, own]), /1 ingress rules open/);
		const closedTo = (profile: Properties) =>
			found("FR-SEC-1/ingress", [withInput(aks(), "apiServerAccessProfile", profile)]).includes("1 of 1 API endpoints");
		assert.equal(closedTo({}), false);
		assert.equal(closedTo({ authorizedIPRanges: ["10.0.0.0/16"] }), true);
		assert.equal(closedTo({ authorizedIPRanges: ["0.0.0.0/0"] }), false);
	});
});
