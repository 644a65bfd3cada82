import { contains, isIpv4, parseCidr } from "../../lib/cidr";
import { isUnknown } from "../../lib/values";
import { faultsOf, outside, type Refusal } from "../check/fault-table";
import { isAbsent, isSet, number, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, CreateContext, Fault, SandboxObject, TypeModel } from "../model";
import { defineGcp } from "./define";
import { computeLink, globalId, rfc1035 } from "./names";
import { COMPUTE_API } from "./network";
import { NETWORK, networkNamed, rangesOf, subnetsOf } from "./ranges";
import { named, objectNamed } from "./references";

const ADDRESS = "gcp:compute/globalAddress:GlobalAddress";
const RULE = "gcp:compute/globalForwardingRule:GlobalForwardingRule";
const CONNECT = "PRIVATE_SERVICE_CONNECT";

/** A global address; for Private Service Connect one inside the network and outside every subnet. */
export const globalAddress: TypeModel = defineGcp({
	type: ADDRESS,
	apis: COMPUTE_API,
	global: true,
	name: rfc1035("account"),
	references: named("network", [NETWORK]),
	values: {
		addressType: ["EXTERNAL", "INTERNAL"],
		ipVersion: ["IPV4", "IPV6"],
		purpose: ["VPC_PEERING", CONNECT],
	},
	check: addressFaults,
	defaults: { addressType: "EXTERNAL", ipVersion: "IPV4", purpose: "", prefixLength: 0 },
	id: ({ inputs, scope }) => globalId(scope, "addresses", text(inputs, "name") ?? ""),
	computed: (context, id) => ({
		address: text(context.inputs, "address") ?? publicAddress(context),
		creationTimestamp: context.now,
		labelFingerprint: "42WmSpB8rSM=",
		selfLink: computeLink(id),
	}),
});

/** An address of a range that Google owns. */
export function publicAddress(context: CreateContext): string {
	const octets = [0, 0, 0].map(() => 1 + (Number.parseInt(context.hex(2), 16) % 254));
	return ["34", ...octets].join(".");
}

function addressFaults(context: CheckContext): Fault[] {
	const { inputs } = context;
	const [address, purpose] = [text(inputs, "address"), text(inputs, "purpose")];
	const internal = text(inputs, "addressType") === "INTERNAL";
	return faultsOf([
		outside(number(inputs, "prefixLength"), "prefixLength", { min: 8, max: 30, unit: "bits" }),
		{
			when: address !== undefined && text(inputs, "ipVersion") !== "IPV6" && !isIpv4(address),
			property: "address",
			reason: `must be an IPv4 address such as 10.3.0.5, but ${JSON.stringify(address)} was given`,
		},
		{
			when: purpose !== undefined && !internal && !isUnknown(inputs.addressType),
			property: "addressType",
			reason: `must be "INTERNAL" where the purpose is ${purpose}; set it`,
		},
		{
			when: internal && isAbsent(inputs, "network"),
			property: "network",
			reason: "is required for an internal address; give the id of the VPC network",
		},
		{
			when: purpose === CONNECT && isSet(inputs, "prefixLength"),
			property: "prefixLength",
			reason: "cannot be given for Private Service Connect, which takes a single address; remove it",
		},
		{
			when: purpose === "VPC_PEERING" && isAbsent(inputs, "prefixLength"),
			property: "prefixLength",
			reason: "is required where the purpose is VPC_PEERING: 8 to 30 bits",
		},
		...freeAddressRows(context, address),
	]);
}

/** An address for Private Service Connect lies in no subnet of its network, and no address is given twice. */
function freeAddressRows(context: CheckContext, address: string | undefined): Refusal[] {
	const { inputs, world } = context;
	const isConnect = text(inputs, "purpose") === CONNECT;
	const isInternal = text(inputs, "addressType") === "INTERNAL";
	const home = networkNamed(context, text(inputs, "network"));
	const single = address === undefined ? undefined : parseCidr(`${address}/32`);
	const subnet = isConnect ? subnetsOf(context, home).flatMap(rangesOf) : [];
	const hit = subnet.find(({ block }) => single && contains(block, single));
	const twin = world
		.find([ADDRESS], "address", address ?? "")
		.find((other) => !isSelf(other, context) && home !== undefined && isHome(context, other, home));
	return [
		{
			when: hit !== undefined,
			property: "address",
			reason: `must lie outside every subnet of the network, but ${address} lies in ${hit?.of}; choose another`,
		},
		{
			when: isInternal && twin !== undefined,
			property: "address",
			reason: `${address} is taken by ${twin?.urn}; choose another`,
		},
	];
}

/** An endpoint for Google's APIs; the sandbox emulates no load balancer. */
export const globalForwardingRule: TypeModel = defineGcp({
	type: RULE,
	apis: [...COMPUTE_API, "servicedirectory.googleapis.com", "dns.googleapis.com"],
	global: true,
	name: {
		path: "name",
		pattern: /^[a-z][a-z0-9]{0,19}$/,
		allowed: "1 to 20 of lower-case letters and digits, beginning with a letter, for an endpoint of Google's APIs",
		unique: "account",
		autoNameLength: 255,
	},
	references: [...named("network", [NETWORK]), ...named("ipAddress", [ADDRESS])],
	values: { target: ["all-apis", "vpc-sc"], loadBalancingScheme: [""] },
	check: endpointFaults,
	defaults: { allowPscGlobalAccess: false, ipProtocol: "", networkTier: "", subnetwork: "" },
	id: ({ inputs, scope }) => globalId(scope, "forwardingRules", text(inputs, "name") ?? ""),
	computed: endpointOutputs,
});

function endpointOutputs(context: CreateContext, id: string) {
	return {
		baseForwardingRule: "",
		forwardingRuleId: Number(context.digits(15)),
		labelFingerprint: "42WmSpB8rSM=",
		pscConnectionId: context.digits(17),
		pscConnectionStatus: "ACCEPTED",
		selfLink: computeLink(id),
		serviceDirectoryRegistrations: { namespace: "goog-psc-default", serviceDirectoryRegion: "us-central1" },
	};
}

function endpointFaults(context: CheckContext): Fault[] {
	const { inputs } = context;
	const address = objectNamed(context, ADDRESS, text(inputs, "ipAddress"));
	const home = networkNamed(context, text(inputs, "network"));
	return faultsOf([
		...["network", "ipAddress"].map((property) => ({
			when: isAbsent(inputs, property),
			property,
			reason: "is required for an endpoint of Google's APIs; set it",
		})),
		{
			when: isAbsent(inputs, "loadBalancingScheme"),
			property: "loadBalancingScheme",
			reason: 'must be "" for an endpoint of Google\'s APIs: left out it means EXTERNAL; set it',
		},
		...["portRange", "ipProtocol", "subnetwork"].map((property) => ({
			when: isSet(inputs, property),
			property,
			reason: "cannot be given for an endpoint of Google's APIs; remove it",
		})),
		{
			when: address !== undefined && text(address.outputs, "purpose") !== CONNECT,
			property: "ipAddress",
			reason: `must be an address of purpose ${CONNECT}, but ${address?.id} has ${text(address?.outputs, "purpose") || "none"}`,
		},
		{
			when: address !== undefined && home !== undefined && !isHome(context, address, home),
			property: "ipAddress",
			reason: `must be an address of the network ${home?.id}, but ${address?.id} is of ${text(address?.outputs, "network")}`,
		},
	]);
}

function isHome(context: CheckContext, address: SandboxObject, home: SandboxObject): boolean {
	return networkNamed(context, text(address.outputs, "network"))?.urn === home.urn;
}
