import assert from "node:assert/strict";
import type { ResourceNode } from "../../../../lib/graph";
import { UNKNOWN } from "../../../../lib/values";
import { networkQueries } from "../../../../requirements/queries/network";
import { denyAll, ingressRule, namespace, resource, withInput } from "../../../support/resources";
import { ask, describeTopic, queryOf } from "./asking";
import { cluster, pool, vpc, zoneSubnet } from "./estate";
import { aks } from "./estate-azure";
import { gke } from "./estate-gcp";

const subnet = zoneSubnet("a");
const table = resource("aws:ec2/routeTable:RouteTable", "private", {});
const association = resource(
	"aws:ec2/routeTableAssociation:RouteTableAssociation",
	"private",
	{ subnetId: UNKNOWN, routeTableId: UNKNOWN },
	{ from: { subnetId: [subnet], routeTableId: [table] } },
);
const gateway = resource("aws:ec2/internetGateway:InternetGateway", "gateway", {});
const nodes = [...pool({ subnets: [subnet] }), subnet, table, association];

/** The private table's default route. */
function route(to: "gatewayId" | "natGatewayId", target: ResourceNode) {
	const inputs = { destinationCidrBlock: "0.0.0.0/0", routeTableId: UNKNOWN, [to]: UNKNOWN };
	return resource("aws:ec2/route:Route", "default", inputs, { from: { routeTableId: [table], [to]: [target] } });
}
const nat = resource("aws:ec2/natGateway:NatGateway", "nat", {});

const network = vpc();
const closedGroup = resource(
	"aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
	"default",
	{ ingress: [], egress: [] },
	{ from: { vpcId: [network] } },
);
const main = cluster();
const closed = [network, closedGroup, main, policyEngine(main), namespace(), denyAll()];
const ENFORCED = "1 of 1 clusters enforce network policies";
const refuseBoth = `namespaces refuse ingress, 1 of 1 namespaces refuse egress, ${ENFORCED}`;
/** What an estate says of its networks, clusters and namespaces when it is closed to what comes in. */
const CLOSED = "1 of 1 networks refuse ingress by default, 1 of 1 API endpoints closed to the internet";
const EGRESS = `1 of 1 networks refuse egress by default, 1 of 1 namespaces refuse egress, ${ENFORCED}`;
const REFUSED = `1 of 1 namespaces refuse ingress, ${ENFORCED}`;

/** The add-on that holds the pods of a cluster to their policies. */
function policyEngine(of: ResourceNode) {
	const inputs = { addonName: "vpc-cni", configurationValues: JSON.stringify({ enableNetworkPolicy: "true" }) };
	return resource("aws:eks/addon:Addon", "vpc-cni", inputs, { from: { clusterName: [of] } });
}

describeTopic("network queries", networkQueries, {
	"FR-SEC-1/private-subnets": {
		served: [...nodes, nat, route("natGatewayId", nat)],
		found: "1 of 1 compute subnets private",
		broken: [...nodes, gateway, route("gatewayId", gateway)],
		instead: "0 of 1 compute subnets private",
	},
	"FR-SEC-1/ingress": {
		served: [...closed, ingressRule(), ingressRule({ cidrIpv4: "0.0.0.0/0", fromPort: 443, toPort: 443 })],
		found: `${CLOSED}, 0 ingress rules open to the internet, ${REFUSED}`,
		broken: [...closed, ingressRule({ cidrIpv4: "0.0.0.0/0" })],
		instead: `${CLOSED}, 1 ingress rules open to the internet, ${REFUSED}`,
	},
	"FR-SEC-1/egress": {
		served: closed,
		found: `${EGRESS}, 0 of 1 network policies reach any address, 0 egress rules to any address`,
		broken: [
			...closed,
			policy("https", { egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: [{ port: 443 }] }] }),
		],
		instead: `${EGRESS}, 1 of 2 network policies reach any address, 0 egress rules to any address`,
	},
	"OP-SEC-1/network-policies": {
		served: [main, policyEngine(main), namespace(), denyAll()],
		found: `1 of 1 ${refuseBoth}`,
		broken: [main, policyEngine(main), namespace(), withInput(denyAll(), "spec.policyTypes", ["Egress"])],
		instead: `0 of 1 ${refuseBoth}`,
	},
});

function policy(name: string, spec: { readonly egress?: ResourceNode["inputs"][] }): ResourceNode {
	return resource("kubernetes:networking.k8s.io/v1:NetworkPolicy", name, {
		metadata: { namespace: "serving" },
		spec: { podSelector: {}, policyTypes: ["Egress"], ...spec },
	});
}

/** True where the query works on the resources. */
function works(key: string, given: readonly ResourceNode[]): boolean {
	return ask(queryOf(networkQueries, key), given).works;
}

describe("private compute", () => {
	const key = "FR-SEC-1/private-subnets";
	it("is not met by public addresses, by a main route table, or by a subnet of another program", () => {
		assert.equal(works(key, nodes), true);
		const open = nodes.map((node) => (node === subnet ? withInput(subnet, "mapPublicIpOnLaunch", true) : node));
		assert.equal(works(key, open), false);
		assert.equal(
			works(
				key,
				nodes.filter((node) => node !== association),
			),
			false,
		);
		const foreign = nodes.map((node) => withInput(node, "subnetIds", [UNKNOWN, "subnet-0123"]));
		assert.equal(works(key, foreign), false);
	});
});

describe("default deny", () => {
	const key = "OP-SEC-1/network-policies";
	const engine = [main, policyEngine(main)];
	it("needs a policy in every namespace, in its own cluster", () => {
		assert.equal(works(key, [...engine, namespace(), denyAll(), namespace("data")]), false);
		const elsewhere = { urn: "urn:other", package: "kubernetes" };
		assert.equal(works(key, [...engine, namespace(), denyAll("serving", { provider: elsewhere })]), false);
	});

	it("needs something in each cluster that enforces policies", () => {
		const refused = [namespace(), denyAll()];
		assert.equal(works(key, [...engine, ...refused]), true);
		assert.equal(works(key, [main, ...refused]), false);
		assert.equal(works(key, [...engine, cluster("us-west-2"), ...refused]), false);
		const off = withInput(policyEngine(main), "configurationValues", JSON.stringify({ enableNetworkPolicy: "false" }));
		assert.equal(works(key, [main, off, ...refused]), false);
		assert.equal(works(key, [gke(), aks(), ...refused]), true);
		assert.equal(works(key, [withInput(gke(), "datapathProvider", "LEGACY_DATAPATH"), ...refused]), false);
		assert.equal(works(key, [withInput(aks(), "networkProfile.networkPolicy", "none"), ...refused]), false);
	});

	it("is undone by a rule for everyone", () => {
		assert.equal(works(key, [...engine, namespace(), denyAll(), policy("open", { egress: [{}] })]), false);
	});

	it("finds the policies of a namespace whose name is not known", () => {
		const unnamed = withInput(namespace(), "metadata.name", undefined);
		const deny = withInput(denyAll("serving", { from: { metadata: [unnamed] } }), "metadata.namespace", UNKNOWN);
		assert.equal(works(key, [...engine, unnamed, deny]), true);
	});
});

describe("strict ingress", () => {
	const key = "FR-SEC-1/ingress";
	it("needs a closed default group and an endpoint that not everyone reaches", () => {
		assert.equal(works(key, closed), true);
		assert.equal(
			works(
				key,
				closed.filter((node) => node !== closedGroup),
			),
			false,
		);
		const open = closed.map((node) => withInput(node, "vpcConfig", { endpointPublicAccess: true }));
		assert.equal(works(key, open), false);
	});
});
