import assert from "node:assert/strict";
import type { Properties } from "../../../../lib/values";
import { UNKNOWN } from "../../../../lib/values";
import { assertFault, type Refused, refuses, type Stage } from "../stage";
import { type Estate, estate } from "./estate";

let at: Estate;
const set = (): Stage => {
	at = estate();
	return at.stage;
};
const id = (name: string): string => at.of(name).id;
const VPC = "gcp:compute/network:Network";
const SUBNET = "gcp:compute/subnetwork:Subnetwork";
const ROUTER = "gcp:compute/router:Router";
const NAT = "gcp:compute/routerNat:RouterNat";
const FIREWALL = "gcp:compute/firewall:Firewall";
const ADDRESS = "gcp:compute/globalAddress:GlobalAddress";
const ENDPOINT = "gcp:compute/globalForwardingRule:GlobalForwardingRule";
const ZONE = "gcp:dns/managedZone:ManagedZone";
const RECORD = "gcp:dns/recordSet:RecordSet";

/** A row: good inputs with changes, and the fault that these must give. */
function row(because: string, type: string, inputs: Properties, property: string, reason: RegExp): Refused {
	return { because, type, inputs, property, reason };
}

describe("networks of Google Cloud", () => {
	refuses((): Refused[] => {
		const vpc = { name: "other", autoCreateSubnetworks: false };
		const profile = "projects/research-lab/global/networkProfiles/us-central1-b-vpc-roce";
		return [
			row("an upper-case name", VPC, { ...vpc, name: "Main" }, "name", /1 to 63 of lower-case letters/),
			row("a name that is taken", VPC, { ...vpc, name: "main" }, "name", /unique within the account/),
			row("an MTU of 9000", VPC, { ...vpc, mtu: 9000 }, "mtu", /1300 to 8896 bytes, but 9000/),
			row(
				"a routing mode that is none",
				VPC,
				{ ...vpc, routingMode: "LOCAL" },
				"routingMode",
				/"REGIONAL" or "GLOBAL"/,
			),
			row("a profile by name", VPC, { ...vpc, networkProfile: "roce" }, "networkProfile", /networkProfiles\/<name>/),
			row(
				"an RDMA profile without its zone",
				VPC,
				{ ...vpc, networkProfile: profile.replace("-b-vpc", "-vpc") },
				"networkProfile",
				/must be|begins with its zone/,
			),
			row(
				"automatic subnets with RDMA",
				VPC,
				{ name: "r", networkProfile: profile },
				"autoCreateSubnetworks",
				/must be false/,
			),
			row("an unknown property", VPC, { ...vpc, cidr: "10.0.0.0/8" }, "cidr", /no such property/),
			row("a deletion policy that is none", VPC, { ...vpc, deletionPolicy: "KEEP" }, "deletionPolicy", /"ABANDON"/),
		];
	}, set);

	it("need their service, in the project itself", () => {
		const stage = set();
		const elsewhere = { account: "other-project", region: "us-central1" };
		assertFault(
			stage.faults(VPC, { name: "other" }, { scope: elsewhere }),
			"",
			/SERVICE_DISABLED: compute\.googleapis\.com is not enabled in project other-project/,
		);
	});
});

describe("subnets of Google Cloud", () => {
	refuses((): Refused[] => {
		const subnet = { name: "second", network: id("vpc"), region: "us-central1", ipCidrRange: "10.1.0.0/20" };
		const second = (ipCidrRange: string, rangeName = "more") => ({
			...subnet,
			secondaryIpRanges: [{ rangeName, ipCidrRange }],
		});
		const first = "secondaryIpRanges[0]";
		return [
			row(
				"a network that is not there",
				SUBNET,
				{ ...subnet, network: "projects/research-lab/global/networks/x" },
				"network",
				/names no existing Network/,
			),
			row(
				"a network by a name that is not there",
				SUBNET,
				{ ...subnet, network: "x" },
				"network",
				/names no existing Network/,
			),
			row("no range", SUBNET, { name: "s", network: id("vpc") }, "ipCidrRange", /is required/),
			row("a range of /30", SUBNET, { ...subnet, ipCidrRange: "10.1.0.0/30" }, "ipCidrRange", /4 to 29 bits/),
			row("host bits", SUBNET, { ...subnet, ipCidrRange: "10.1.0.5/20" }, "ipCidrRange", /write 10\.1\.0\.0\/20/),
			row(
				"a range that Google keeps",
				SUBNET,
				{ ...subnet, ipCidrRange: "169.254.0.0/20" },
				"ipCidrRange",
				/Google keeps/,
			),
			row("text that is no range", SUBNET, { ...subnet, ipCidrRange: "ten" }, "ipCidrRange", /IPv4 range/),
			row(
				"the range of a sibling",
				SUBNET,
				{ ...subnet, ipCidrRange: "10.0.8.0/24" },
				"ipCidrRange",
				/overlaps 10\.0\.0\.0\/20/,
			),
			row(
				"the pods of a sibling",
				SUBNET,
				{ ...subnet, ipCidrRange: "10.4.16.0/24" },
				"ipCidrRange",
				/secondary range pods/,
			),
			row("a secondary range on its own range", SUBNET, second("10.1.0.0/24"), `${first}.ipCidrRange`, /same subnet/),
			row(
				"a secondary range on a sibling",
				SUBNET,
				second("10.6.1.0/24"),
				`${first}.ipCidrRange`,
				/overlaps 10\.6\.0\.0\/20/,
			),
			row("a secondary range with host bits", SUBNET, second("10.8.0.1/24"), `${first}.ipCidrRange`, /host bits/),
			row(
				"a secondary range's upper-case name",
				SUBNET,
				second("10.8.0.0/24", "Pods"),
				`${first}.rangeName`,
				/lower-case/,
			),
			row(
				"two secondary ranges of a name",
				SUBNET,
				{
					...subnet,
					secondaryIpRanges: [
						{ rangeName: "a", ipCidrRange: "10.8.0.0/24" },
						{ rangeName: "a", ipCidrRange: "10.8.1.0/24" },
					],
				},
				"secondaryIpRanges[1].rangeName",
				/given twice/,
			),
			row("a sampling of 2", SUBNET, { ...subnet, logConfig: { flowSampling: 2 } }, "logConfig.flowSampling", /0 to 1/),
			row(
				"an interval that is none",
				SUBNET,
				{ ...subnet, logConfig: { aggregationInterval: "1m" } },
				"logConfig.aggregationInterval",
				/INTERVAL_5_SEC/,
			),
			row(
				"a subnet of RDMA in another region",
				SUBNET,
				{ name: "s", network: id("rdmaVpc"), region: "us-east4", ipCidrRange: "10.31.0.0/22" },
				"region",
				/zone us-central1-b/,
			),
		];
	}, set);

	it("may grow in place but not shrink", () => {
		const stage = set();
		const self = at.of("subnet");
		const shrunk = { ...self.inputs, ipCidrRange: "10.0.0.0/21" };
		assertFault(stage.faults(SUBNET, shrunk, { self }), "ipCidrRange", /can only grow/);
		assert.deepEqual(stage.faults(SUBNET, { ...self.inputs, ipCidrRange: "10.0.0.0/19" }, { self }), []);
	});

	it("take what is not known yet", () => {
		const stage = set();
		assert.deepEqual(stage.faults(SUBNET, { name: "s", network: UNKNOWN, ipCidrRange: "10.0.0.0/20" }), []);
	});

	it("may use the same addresses in another network", () => {
		const stage = set();
		assert.deepEqual(stage.faults(SUBNET, { name: "s", network: id("gpuVpc0"), ipCidrRange: "10.0.0.0/20" }), []);
	});

	it("name their network by id, address or name", () => {
		const stage = set();
		const inputs = { name: "s", ipCidrRange: "10.1.0.0/20" };
		for (const network of [id("vpc"), String(at.of("vpc").outputs.selfLink), "main"]) {
			assert.deepEqual(stage.faults(SUBNET, { ...inputs, network }), []);
			assertFault(stage.faults(SUBNET, { ...inputs, network, ipCidrRange: "10.0.0.0/24" }), "ipCidrRange", /overlaps/);
		}
	});
});

describe("routers and NAT of Google Cloud", () => {
	refuses((): Refused[] => {
		const good = at.of("nat").inputs;
		const second = { ...good, name: "second" };
		const { subnetworks: _, ...bare } = good;
		return [
			row("a router without a network", ROUTER, { name: "r" }, "network", /is required/),
			row("a router that is not there", NAT, { ...good, router: "x" }, "router", /names no existing Router/),
			row(
				"a router of another region",
				NAT,
				{ ...second, region: "us-east4" },
				"router",
				/must be in research-lab\/us-east4/,
			),
			row("a name twice in a router", NAT, good, "name", /unique within the router/),
			row("a list that is not there", NAT, bare, "subnetworks", /at least one subnet/),
			row(
				"all subnets where another gateway lists them",
				NAT,
				{ ...bare, name: "b", sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES" },
				"sourceSubnetworkIpRangesToNat",
				/serves already/,
			),
			row(
				"a list with all subnets",
				NAT,
				{ ...second, sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES" },
				"subnetworks",
				/LIST_OF_SUBNETWORKS/,
			),
			row(
				"a subnet of another network",
				NAT,
				{ ...second, subnetworks: [{ name: id("gpuSubnet0"), sourceIpRangesToNats: ["ALL_IP_RANGES"] }] },
				"subnetworks[0].name",
				/router's network/,
			),
			row("no allocation", NAT, { ...second, natIpAllocateOption: null }, "natIpAllocateOption", /is required/),
			row(
				"manual allocation without addresses",
				NAT,
				{ ...second, natIpAllocateOption: "MANUAL_ONLY" },
				"natIps",
				/is required/,
			),
			row("uneven ports", NAT, { ...second, minPortsPerVm: 100 }, "minPortsPerVm", /power of 2/),
			row(
				"fewer ports at most than at least",
				NAT,
				{ ...second, maxPortsPerVm: 64 },
				"maxPortsPerVm",
				/more than minPortsPerVm/,
			),
			row(
				"most ports without dynamic allocation",
				NAT,
				{ ...second, enableDynamicPortAllocation: false },
				"maxPortsPerVm",
				/needs enableDynamicPortAllocation/,
			),
			row(
				"shared ports with dynamic allocation",
				NAT,
				{ ...second, enableEndpointIndependentMapping: true },
				"enableEndpointIndependentMapping",
				/cannot be combined/,
			),
			row(
				"a log filter that is none",
				NAT,
				{ ...second, logConfig: { enable: true, filter: "NONE" } },
				"logConfig.filter",
				/ERRORS_ONLY/,
			),
		];
	}, set);

	it("are not taken for twins while their networks are not known yet", () => {
		const stage = set();
		stage.put(ROUTER, { name: "planned", network: UNKNOWN });
		stage.put(NAT, { ...at.of("nat").inputs, router: "planned" });
		const all = { router: "next", name: "nat", natIpAllocateOption: "AUTO_ONLY" };
		stage.put(ROUTER, { name: "next", network: UNKNOWN });
		assert.deepEqual(stage.faults(NAT, { ...all, sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES" }), []);
		stage.put(ADDRESS, { ...at.of("address").inputs, name: "planned", network: UNKNOWN });
		assert.deepEqual(stage.faults(ADDRESS, { ...at.of("address").inputs, name: "next", network: UNKNOWN }), []);
	});

	it("are at most five routers in a network and region", () => {
		const stage = set();
		for (const i of [1, 2, 3, 4]) {
			stage.make(ROUTER, { name: `r${i}`, network: id("vpc") });
		}
		assertFault(stage.faults(ROUTER, { name: "r5", network: id("vpc") }), "network", /limit of Cloud Routers is 5/);
	});
});

describe("firewall rules of Google Cloud", () => {
	refuses((): Refused[] => {
		const good: Properties = {
			name: "in",
			network: id("vpc"),
			allows: [{ protocol: "tcp", ports: ["443"] }],
			sourceRanges: ["10.0.0.0/8"],
		};
		return [
			row(
				"neither allows nor denies",
				FIREWALL,
				{ name: "in", network: id("vpc"), sourceRanges: ["10.0.0.0/8"] },
				"allows",
				/none was given/,
			),
			row("both allows and denies", FIREWALL, { ...good, denies: [{ protocol: "udp" }] }, "allows", /both were given/),
			row("ingress without a source", FIREWALL, { ...good, sourceRanges: null }, "sourceRanges", /is needed/),
			row("egress with a source", FIREWALL, { ...good, direction: "EGRESS" }, "sourceRanges", /destinationRanges/),
			row(
				"tags with service accounts",
				FIREWALL,
				{ ...good, targetTags: ["a"], targetServiceAccounts: ["b"] },
				"targetServiceAccounts",
				/targetTags/,
			),
			row("a priority of 70000", FIREWALL, { ...good, priority: 70_000 }, "priority", /0 to 65535/),
			row("text that is no range", FIREWALL, { ...good, sourceRanges: ["any"] }, "sourceRanges[0]", /address range/),
			row(
				"a port of 70000",
				FIREWALL,
				{ ...good, allows: [{ protocol: "tcp", ports: ["70000"] }] },
				"allows[0].ports",
				/0 to 65535/,
			),
			row(
				"ports of icmp",
				FIREWALL,
				{ ...good, allows: [{ protocol: "icmp", ports: ["1"] }] },
				"allows[0].ports",
				/tcp, udp and sctp/,
			),
			row(
				"a protocol that is none",
				FIREWALL,
				{ ...good, allows: [{ protocol: "http" }] },
				"allows[0].protocol",
				/tcp, udp/,
			),
			row(
				"a rule on an RDMA network",
				FIREWALL,
				{ ...good, network: id("rdmaVpc") },
				"network",
				/takes no firewall rules/,
			),
		];
	}, set);
});

describe("private endpoints of Google's services", () => {
	refuses((): Refused[] => {
		const address = { ...at.of("address").inputs, name: "more", address: "10.9.0.2" };
		const endpoint = { ...at.of("endpoint").inputs, name: "more" };
		return [
			row(
				"an address inside a subnet",
				ADDRESS,
				{ ...address, address: "10.0.0.9" },
				"address",
				/lies in the range of/,
			),
			row(
				"an address inside the pods' range",
				ADDRESS,
				{ ...address, address: "10.4.0.9" },
				"address",
				/secondary range pods/,
			),
			row("an address that is taken", ADDRESS, { ...address, address: "10.9.0.1" }, "address", /is taken/),
			row("text that is no address", ADDRESS, { ...address, address: "10.9.0.0/24" }, "address", /IPv4 address/),
			row(
				"an external address for an endpoint",
				ADDRESS,
				{ ...address, addressType: "EXTERNAL" },
				"addressType",
				/"INTERNAL"/,
			),
			row("an internal address without a network", ADDRESS, { ...address, network: null }, "network", /is required/),
			row(
				"a name with a hyphen",
				ENDPOINT,
				{ ...endpoint, name: "dev-us1" },
				"name",
				/1 to 20 of lower-case letters and digits/,
			),
			row("a name of 21 letters", ENDPOINT, { ...endpoint, name: "a".repeat(21) }, "name", /1 to 20/),
			row("a target that is none", ENDPOINT, { ...endpoint, target: "all" }, "target", /"all-apis" or "vpc-sc"/),
			row(
				"an endpoint as a balancer",
				ENDPOINT,
				{ ...endpoint, loadBalancingScheme: null },
				"loadBalancingScheme",
				/must be ""/,
			),
			row("an endpoint without an address", ENDPOINT, { ...endpoint, ipAddress: null }, "ipAddress", /is required/),
			row(
				"an address that is not there",
				ENDPOINT,
				{ ...endpoint, ipAddress: "projects/p/global/addresses/x" },
				"ipAddress",
				/names no existing/,
			),
			row(
				"an address of another network",
				ENDPOINT,
				{ ...endpoint, network: id("gpuVpc0") },
				"ipAddress",
				/address of the network/,
			),
			row("ports of an endpoint", ENDPOINT, { ...endpoint, portRange: "443" }, "portRange", /cannot be given/),
		];
	}, set);
});

describe("DNS of Google Cloud", () => {
	refuses((): Refused[] => {
		const zone = { ...at.of("zone").inputs, name: "other", dnsName: "gcr.io." };
		const record = { ...at.of("apex").inputs, name: "www.googleapis.com." };
		return [
			row("a domain without a dot at its end", ZONE, { ...zone, dnsName: "gcr.io" }, "dnsName", /dot at its end/),
			row(
				"a private zone without a network",
				ZONE,
				{ ...zone, privateVisibilityConfig: null },
				"privateVisibilityConfig.networks",
				/at least one/,
			),
			row("a public zone with networks", ZONE, { ...zone, visibility: "public" }, "visibility", /"private"/),
			row(
				"a network that is not there",
				ZONE,
				{ ...zone, privateVisibilityConfig: { networks: [{ networkUrl: "projects/p/global/networks/x" }] } },
				"privateVisibilityConfig.networks[0].networkUrl",
				/names no existing/,
			),
			row("a domain that the network has", ZONE, { ...zone, dnsName: "googleapis.com." }, "dnsName", /has a zone/),
			row("a zone that is not there", RECORD, { ...record, managedZone: "x" }, "managedZone", /names no existing/),
			row("a name outside the zone", RECORD, { ...record, name: "www.gcr.io." }, "name", /zone's domain/),
			row(
				"a name without a dot at its end",
				RECORD,
				{ ...record, name: "www.googleapis.com" },
				"name",
				/dot at its end/,
			),
			row("an address that is none", RECORD, { ...record, rrdatas: ["here"] }, "rrdatas", /IPv4 addresses/),
			row(
				"an alias at the zone's own domain",
				RECORD,
				{ ...record, name: "googleapis.com.", type: "CNAME", rrdatas: ["a.b."] },
				"type",
				/own domain/,
			),
			row("an alias beside other records", RECORD, { ...record, name: "*.googleapis.com." }, "name", /already/),
			row("records without data", RECORD, { ...record, rrdatas: null }, "rrdatas", /exactly one/),
			row(
				"the zone's own records",
				RECORD,
				{ ...record, name: "googleapis.com.", type: "NS", rrdatas: ["a."] },
				"type",
				/comes with the zone/,
			),
			row("a type that is none", RECORD, { ...record, type: "B" }, "type", /"A", "AAAA"/),
		];
	}, set);
});
