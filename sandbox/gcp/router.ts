import { isObject } from "../../lib/values";
import { faultsOf, outside } from "../check/fault-table";
import { flag, isAbsent, isSet, list, number, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, SandboxObject, TypeModel } from "../model";
import { defineGcp } from "./define";
import { computeLink, regionalId, rfc1035 } from "./names";
import { COMPUTE_API } from "./network";
import { overLimit } from "./quota";
import { NETWORK, SUBNETWORK } from "./ranges";
import { named, objectAt } from "./references";
import { bgpRows } from "./router-bgp";

/** Type of a Cloud Router. */
export const ROUTER = "gcp:compute/router:Router";
const NAT = "gcp:compute/routerNat:RouterNat";

/** A Cloud Router of one region of a network. */
export const router: TypeModel = defineGcp({
	type: ROUTER,
	apis: COMPUTE_API,
	name: rfc1035("region"),
	references: named("network", [NETWORK]),
	values: { "bgp.advertiseMode": ["DEFAULT", "CUSTOM"], "bgp.advertisedGroups[]": ["ALL_SUBNETS"] },
	check: (context) => {
		const { inputs, scope, world } = context;
		const siblings = world
			.find([ROUTER], "network", text(inputs, "network") ?? "")
			.filter(({ account, region }) => account === scope.account && region === scope.region);
		return faultsOf([
			{
				when: isAbsent(inputs, "network") && isAbsent(inputs, "nccGateway"),
				property: "network",
				reason: "is required; give the id of the VPC network",
			},
			overLimit("routersPerNetworkRegion", siblings, context, "network"),
			...bgpRows(inputs),
		]);
	},
	defaults: { encryptedInterconnectRouter: false },
	id: ({ inputs, scope }) => regionalId(scope, "routers", text(inputs, "name") ?? ""),
	computed: (context, id) => ({ creationTimestamp: context.now, selfLink: computeLink(id) }),
});

/** A Cloud NAT gateway on a router, for all subnets of the region or for those that it lists. */
export const routerNat: TypeModel = defineGcp({
	type: NAT,
	apis: COMPUTE_API,
	name: rfc1035("none"),
	references: [{ path: "router", to: [ROUTER], by: "name" }, ...named("subnetworks[].name", [SUBNETWORK])],
	values: {
		autoNetworkTier: ["PREMIUM", "STANDARD"],
		"endpointTypes[]": ["ENDPOINT_TYPE_VM", "ENDPOINT_TYPE_SWG", "ENDPOINT_TYPE_MANAGED_PROXY_LB"],
		"logConfig.filter": ["ERRORS_ONLY", "TRANSLATIONS_ONLY", "ALL"],
		natIpAllocateOption: ["MANUAL_ONLY", "AUTO_ONLY"],
		sourceSubnetworkIpRangesToNat: [
			"ALL_SUBNETWORKS_ALL_IP_RANGES",
			"ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES",
			"LIST_OF_SUBNETWORKS",
		],
		"subnetworks[].sourceIpRangesToNats[]": ["ALL_IP_RANGES", "LIST_OF_SECONDARY_IP_RANGES", "PRIMARY_IP_RANGE"],
		type: ["PUBLIC", "PRIVATE"],
	},
	check: (context) => [...sourceFaults(context), ...portFaults(context), ...twinFaults(context)],
	defaults: {
		autoNetworkTier: "PREMIUM",
		drainNatIps: [],
		enableDynamicPortAllocation: false,
		enableEndpointIndependentMapping: false,
		endpointTypes: ["ENDPOINT_TYPE_VM"],
		icmpIdleTimeoutSec: 30,
		minPortsPerVm: 64,
		natIps: [],
		tcpEstablishedIdleTimeoutSec: 1200,
		tcpTimeWaitTimeoutSec: 120,
		tcpTransitoryIdleTimeoutSec: 30,
		type: "PUBLIC",
		udpIdleTimeoutSec: 30,
	},
	id: ({ inputs, scope }) => `${scope.account}/${scope.region}/${text(inputs, "router")}/${text(inputs, "name")}`,
});

function sourceFaults(context: CheckContext): Fault[] {
	const { inputs } = context;
	const listed = text(inputs, "sourceSubnetworkIpRangesToNat") === "LIST_OF_SUBNETWORKS";
	const subnets = list(inputs, "subnetworks");
	const manual = text(inputs, "natIpAllocateOption") === "MANUAL_ONLY";
	const home = text(objectAt(context, ROUTER, "router")?.outputs, "network");
	return [
		...faultsOf([
			{
				when: listed && isAbsent(inputs, "subnetworks"),
				property: "subnetworks",
				reason: "must list at least one subnet where sourceSubnetworkIpRangesToNat is LIST_OF_SUBNETWORKS",
			},
			{
				when: !listed && isSet(inputs, "sourceSubnetworkIpRangesToNat") && subnets.length > 0,
				property: "subnetworks",
				reason: "needs sourceSubnetworkIpRangesToNat LIST_OF_SUBNETWORKS; set it or remove the list",
			},
			{
				when: isAbsent(inputs, "natIpAllocateOption") && text(inputs, "type") !== "PRIVATE",
				property: "natIpAllocateOption",
				reason: 'is required for a public gateway: "AUTO_ONLY" or "MANUAL_ONLY"',
			},
			{
				when: manual && isAbsent(inputs, "natIps") && isAbsent(inputs, "initialNatIps"),
				property: "natIps",
				reason: "is required where natIpAllocateOption is MANUAL_ONLY; name the addresses",
			},
			{
				when: !manual && list(inputs, "natIps").length > 0,
				property: "natIps",
				reason: "needs natIpAllocateOption MANUAL_ONLY; set it or remove the addresses",
			},
		]),
		...subnets.flatMap((subnet, i) => {
			const name = isObject(subnet) ? text(subnet, "name") : undefined;
			const [found] = context.world.find([SUBNETWORK], "id", name ?? "");
			const away = found !== undefined && home !== undefined && text(found.outputs, "network") !== home;
			const reason = `must be a subnet of the router's network ${home}, but ${name} is of ${text(found?.outputs, "network")}`;
			return away ? [{ property: `subnetworks[${i}].name`, reason }] : [];
		}),
	];
}

/** Ports of a machine. Source: Google Cloud NAT, "Ports" (minimum 2, 32 with dynamic allocation; powers of 2), unverified. */
function portFaults({ inputs }: CheckContext): Fault[] {
	const dynamic = flag(inputs, "enableDynamicPortAllocation") === true;
	const [least, most] = [number(inputs, "minPortsPerVm"), number(inputs, "maxPortsPerVm")];
	const uneven = [least, most].find((count) => count !== undefined && !Number.isInteger(Math.log2(count)));
	return faultsOf([
		outside(
			least,
			"minPortsPerVm",
			dynamic ? { min: 32, max: 32768, unit: "ports" } : { min: 2, max: 64512, unit: "ports" },
		),
		outside(most, "maxPortsPerVm", { min: 64, max: 65536, unit: "ports" }),
		{
			when: dynamic && uneven !== undefined,
			property: uneven === least ? "minPortsPerVm" : "maxPortsPerVm",
			reason: `must be a power of 2 with enableDynamicPortAllocation, but ${uneven} was given`,
		},
		{
			when: most !== undefined && !dynamic,
			property: "maxPortsPerVm",
			reason: "needs enableDynamicPortAllocation; set it to true or remove the limit",
		},
		{
			when: least !== undefined && most !== undefined && most <= least,
			property: "maxPortsPerVm",
			reason: `must be more than minPortsPerVm (${least}), but ${most} was given`,
		},
		{
			when: dynamic && flag(inputs, "enableEndpointIndependentMapping") === true,
			property: "enableEndpointIndependentMapping",
			reason: "cannot be combined with enableDynamicPortAllocation; set one of them to false",
		},
	]);
}

/** Two gateways of a network and region may not serve the same ranges. */
function twinFaults(context: CheckContext): Fault[] {
	const { inputs } = context;
	const home = objectAt(context, ROUTER, "router");
	const all = text(inputs, "sourceSubnetworkIpRangesToNat")?.startsWith("ALL_") === true;
	const network = text(home?.outputs, "network");
	const others = context.world
		.list(NAT, context.scope)
		.filter((other) => !isSelf(other, context) && network !== undefined && networkOf(context, other) === network);
	const sameName = others.find(
		({ outputs }) =>
			text(outputs, "router") === text(inputs, "router") && text(outputs, "name") === text(inputs, "name"),
	);
	const clash = others.find(({ outputs }) => all || text(outputs, "sourceSubnetworkIpRangesToNat")?.startsWith("ALL_"));
	return faultsOf([
		{
			when: home !== undefined && sameName !== undefined,
			property: "name",
			reason: `must be unique within the router, but ${text(inputs, "name")} is taken by ${sameName?.urn}; choose another`,
		},
		{
			when: home !== undefined && clash !== undefined,
			property: "sourceSubnetworkIpRangesToNat",
			reason: `serves ranges that ${clash?.id || clash?.urn} serves already; list subnets in each gateway, none in two`,
		},
	]);
}

function networkOf(context: CheckContext, { outputs }: SandboxObject): string | undefined {
	const [found] = context.world
		.list(ROUTER, context.scope)
		.filter((candidate) => text(candidate.outputs, "name") === text(outputs, "router"));
	return text(found?.outputs, "network");
}
