import { contains, overlaps } from "../../lib/cidr";
import { faultsOf, type Refusal } from "../check/fault-table";
import { isSet, list, text, texts } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, SandboxObject, TypeModel } from "../model";
import { CONNECTIVITY_API, HUB, uuid } from "./connectivity-hub";
import { defineGcp } from "./define";
import { locationId, REGION, rfc1035 } from "./names";
import { rdmaZoneOf } from "./network";
import { limitOf, overLimit } from "./quota";
import { goodRange, type NamedRange, NETWORK, networkNamed, rangesOf, subnetsOf } from "./ranges";
import { named } from "./references";
import { TUNNEL } from "./vpn-tunnel";

const SPOKE = "gcp:networkconnectivity/spoke:Spoke";
const HYBRID = ["linkedVpnTunnels", "linkedInterconnectAttachments", "linkedRouterApplianceInstances"];
const LINKS = ["linkedVpcNetwork", ...HYBRID, "linkedProducerVpcNetwork", "gateway"];
const VPC = "linkedVpcNetwork";

/** What joins a hub: a VPC network, or the tunnels of one region. */
export const connectivitySpoke: TypeModel = defineGcp({
	type: SPOKE,
	apis: CONNECTIVITY_API,
	name: rfc1035("region"),
	references: [
		{ path: "hub", to: [HUB], by: "id", anyRegion: true },
		...named(`${VPC}.uri`, [NETWORK]),
		...named("linkedVpnTunnels.uris[]", [TUNNEL]),
	],
	check: (context) => [
		...faultsOf([...kindRows(context), ...tunnelRows(context), ...limitRows(context)]),
		...vpcFaults(context),
	],
	id: ({ inputs, scope }) => locationId(scope, text(inputs, "location") ?? "", "spokes", text(inputs, "name") ?? ""),
	computed: (context) => ({
		createTime: context.now,
		group: `${text(context.inputs, "hub")}/groups/default`,
		reasons: [],
		state: "ACTIVE",
		uniqueId: uuid(context.hex),
		updateTime: context.now,
	}),
});

/** Exactly one kind of link; VPC networks are global, everything else is of a region. Source: SDK's docstrings. */
function kindRows({ inputs }: CheckContext): Refusal[] {
	const given = LINKS.filter((path) => isSet(inputs, path));
	const location = text(inputs, "location");
	const isVpc = given.includes(VPC);
	return [
		{
			when: given.length !== 1,
			property: given[1] ?? VPC,
			reason: `exactly one of ${LINKS.join(", ")} is needed, but ${given.length} were given`,
		},
		{
			when: isVpc && location !== undefined && location !== "global",
			property: "location",
			reason: `must be global for a VPC network, but ${JSON.stringify(location)} was given`,
		},
		{
			when: given.some((path) => HYBRID.includes(path)) && location !== undefined && !REGION.test(location),
			property: "location",
			reason: `must be the region of what is linked, but ${JSON.stringify(location)} was given`,
		},
	];
}

/** A tunnel is of one spoke only. */
function tunnelRows(context: CheckContext): Refusal[] {
	const { inputs } = context;
	const uris = texts(inputs, "linkedVpnTunnels.uris");
	const taken = others(context).find(({ outputs }) =>
		texts(outputs, "linkedVpnTunnels.uris").some((uri) => uris.includes(uri)),
	);
	return [
		{
			when: Array.isArray(list(inputs, "linkedVpnTunnels.uris")) && new Set(uris).size < uris.length,
			property: "linkedVpnTunnels.uris",
			reason: "names a tunnel twice; give each once",
		},
		{
			when: taken !== undefined,
			property: "linkedVpnTunnels.uris",
			reason: `has a tunnel of the spoke ${taken?.id || taken?.urn}; a tunnel is of one spoke only`,
		},
	];
}

function limitRows(context: CheckContext): Refusal[] {
	const { inputs } = context;
	const excluded = list(inputs, `${VPC}.excludeExportRanges`).length;
	const most = limitOf("excludedRangesPerSpoke");
	const same = others(context).filter(
		({ outputs }) => isSet(outputs, VPC) && text(outputs, "hub") === text(inputs, "hub"),
	);
	return [
		{
			when: excluded > most,
			property: `${VPC}.excludeExportRanges`,
			reason: `must be at most ${most} ranges, but ${excluded} were given`,
		},
		...(isSet(inputs, VPC) ? [overLimit("vpcSpokesPerHub", same, context, "hub")] : []),
	];
}

/** A network is of one hub, has no RDMA profile, and tells no range that another network of the hub tells. */
function vpcFaults(context: CheckContext): Fault[] {
	const { inputs } = context;
	const network = networkNamed(context, text(inputs, `${VPC}.uri`));
	const twins = others(context).filter((other) => isSet(other.outputs, VPC));
	const twin = twins.find(({ outputs }) => network !== undefined && networkOf(context, outputs)?.urn === network.urn);
	const foreign = twins
		.filter((other) => other !== twin && text(other.outputs, "hub") === text(inputs, "hub"))
		.flatMap(({ outputs }) => exported(context, outputs));
	const own = exported(context, inputs);
	const clashes = own.flatMap((range) =>
		foreign.filter(({ block }) => overlaps(block, range.block)).map((hit) => ({ range, hit })),
	);
	return [
		...faultsOf([
			{
				when: twin !== undefined,
				property: `${VPC}.uri`,
				reason: `is of the spoke ${twin?.id || twin?.urn} already; a network is of one spoke only`,
			},
			{
				when: rdmaZoneOf(network) !== undefined,
				property: `${VPC}.uri`,
				reason: "a network with an RDMA profile joins no hub; leave it out",
			},
		]),
		...partialFaults(context, network),
		...clashes.map(({ range, hit }) => ({
			property: `${VPC}.excludeExportRanges`,
			reason: `${range.of} overlaps ${hit.of} of another network of the hub; exclude it or use other addresses`,
		})),
	];
}

/** Ranges that are left out hold a subnet's range whole, or nothing of it. Source: NCC, "VPC spokes overview", unverified. */
function partialFaults(context: CheckContext, network: SandboxObject | undefined): Fault[] {
	const all = subnetsOf(context, network).flatMap(rangesOf);
	return texts(context.inputs, `${VPC}.excludeExportRanges`).flatMap((text, i) => {
		const block = goodRange(text);
		const cut = all.find((range) => block && overlaps(block, range.block) && !contains(block, range.block));
		return faultsOf([
			{
				when: block === undefined,
				property: `${VPC}.excludeExportRanges[${i}]`,
				reason: `must be a range such as 172.20.0.0/16, but ${JSON.stringify(text)} was given`,
			},
			{
				when: cut !== undefined,
				property: `${VPC}.excludeExportRanges[${i}]`,
				reason: `${text} cuts ${cut?.of}; leave the whole range out or none of it`,
			},
		]);
	});
}

/** Ranges of a VPC spoke's subnets that the hub tells the others: primary and secondary ones that are not left out. */
function exported(context: CheckContext, spoke: CheckContext["inputs"]): NamedRange[] {
	const hidden = texts(spoke, `${VPC}.excludeExportRanges`).flatMap((range) => goodRange(range) ?? []);
	return subnetsOf(context, networkOf(context, spoke))
		.flatMap(rangesOf)
		.filter(({ block }) => !hidden.some((range) => contains(range, block)));
}

function networkOf(context: CheckContext, spoke: CheckContext["inputs"]): SandboxObject | undefined {
	return networkNamed(context, text(spoke, `${VPC}.uri`));
}

function others(context: CheckContext): SandboxObject[] {
	const hub = text(context.inputs, "hub");
	const known = hub === undefined ? [] : context.world.find([SPOKE], "hub", hub);
	return known.filter((other) => !isSelf(other, context));
}
