import { isIpv4 } from "../../lib/cidr";
import { isUnknown } from "../../lib/values";
import { faultsOf, outside } from "../check/fault-table";
import { isAbsent, isSet, list, number, text, texts } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, SandboxObject, TypeModel } from "../model";
import { defineGcp } from "./define";
import { rfc1035 } from "./names";
import { NETWORK } from "./ranges";
import { named } from "./references";

const ZONE = "gcp:dns/managedZone:ManagedZone";
const RECORDS = "gcp:dns/recordSet:RecordSet";
const APIS = ["dns.googleapis.com"];
const DNS_NAME = /^(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+$/i;

/** A zone; a private one answers in the networks that it names. */
export const managedZone: TypeModel = defineGcp({
	type: ZONE,
	apis: APIS,
	global: true,
	name: rfc1035("account"),
	references: [
		...named("privateVisibilityConfig.networks[].networkUrl", [NETWORK], { holds: false }),
		{
			path: "privateVisibilityConfig.gkeClusters[].gkeClusterName",
			to: ["gcp:container/cluster:Cluster"],
			by: "id",
			anyRegion: true,
			holds: false,
		},
	],
	values: { visibility: ["private", "public"], "dnssecConfig.state": ["on", "off", "transfer"] },
	check: zoneFaults,
	defaults: { description: "Managed by Pulumi", forceDestroy: false, reverseLookup: false, visibility: "public" },
	id: ({ inputs, scope }) => `projects/${scope.account}/managedZones/${text(inputs, "name")}`,
	computed: (context) => ({
		creationTime: context.now,
		managedZoneId: context.digits(19),
		nameServers:
			text(context.inputs, "visibility") === "private"
				? ["ns-gcp-private.googledomains.com."]
				: ["a", "b", "c", "d"].map((letter) => `ns-cloud-${letter}1.googledomains.com.`),
	}),
});

function zoneFaults(context: CheckContext): Fault[] {
	const { inputs, scope, world } = context;
	const name = text(inputs, "dnsName");
	const isPrivate = text(inputs, "visibility") === "private";
	const networks = "privateVisibilityConfig.networks";
	const bound = list(inputs, networks).map(urlOf);
	const twin = world
		.find([ZONE], "dnsName", name ?? "")
		.filter((other) => other.account === scope.account && !isSelf(other, context))
		.find((other) => list(other.outputs, networks).some((each) => bound.includes(urlOf(each) ?? "")));
	return faultsOf([
		{
			when: name !== undefined && !DNS_NAME.test(name),
			property: "dnsName",
			reason: `must be a domain with a dot at its end, such as googleapis.com., but ${JSON.stringify(name)} was given`,
		},
		{
			when: isPrivate && isAbsent(inputs, networks) && isAbsent(inputs, "privateVisibilityConfig.gkeClusters"),
			property: networks,
			reason: "must name at least one network for a private zone",
		},
		{
			when: !isPrivate && !isUnknown(inputs.visibility) && isSet(inputs, "privateVisibilityConfig"),
			property: "visibility",
			reason: 'must be "private" where privateVisibilityConfig is given; set it',
		},
		{
			when: isPrivate && text(inputs, "dnssecConfig.state") === "on",
			property: "dnssecConfig.state",
			reason: "private zones have no DNSSEC; remove it",
		},
		{
			when: isPrivate && twin !== undefined,
			property: "dnsName",
			reason: `the network has a zone for ${name} already: ${twin?.id || twin?.urn}; keep one of them`,
		},
	]);
}

function urlOf(network: unknown): string | undefined {
	const url =
		typeof network === "object" && network !== null && "networkUrl" in network ? network.networkUrl : undefined;
	return typeof url === "string" && !isUnknown(url) ? url : undefined;
}

/** The records of one name and type in a zone. */
export const recordSet: TypeModel = defineGcp({
	type: RECORDS,
	apis: APIS,
	global: true,
	references: [{ path: "managedZone", to: [ZONE], by: "name" }],
	values: {
		type: [
			"A",
			"AAAA",
			"CAA",
			"CNAME",
			"DNSKEY",
			"DS",
			"HTTPS",
			"MX",
			"NAPTR",
			"NS",
			"PTR",
			"SOA",
			"SPF",
			"SRV",
			"SSHFP",
			"SVCB",
			"TLSA",
			"TXT",
		],
	},
	check: recordFaults,
	defaults: { rrdatas: [] },
	id: ({ inputs, scope }) =>
		`projects/${scope.account}/managedZones/${text(inputs, "managedZone")}/rrsets/${text(inputs, "name")}/${text(inputs, "type")}`,
});

function recordFaults(context: CheckContext): Fault[] {
	const { inputs, scope, world } = context;
	const [name, type] = [text(inputs, "name"), text(inputs, "type")];
	const [zone] = world
		.find([ZONE], "name", text(inputs, "managedZone") ?? "")
		.filter(({ account }) => account === scope.account);
	const domain = text(zone?.outputs, "dnsName");
	return [
		...faultsOf([
			outside(number(inputs, "ttl"), "ttl", { min: 0, max: 2_147_483_647, unit: "seconds" }),
			{
				when: name !== undefined && !DNS_NAME.test(name),
				property: "name",
				reason: `must be a domain with a dot at its end, but ${JSON.stringify(name)} was given`,
			},
			{
				when: name !== undefined && domain !== undefined && name !== domain && !name.endsWith(`.${domain}`),
				property: "name",
				reason: `must lie in the zone's domain ${domain}, but ${JSON.stringify(name)} was given`,
			},
			{
				when: domain !== undefined && name === domain && (type === "NS" || type === "SOA"),
				property: "type",
				reason: `the zone's own ${type} record comes with the zone; remove this one`,
			},
		]),
		...dataFaults(context, domain),
		...twinFaults(context, zone),
	];
}

function dataFaults({ inputs }: CheckContext, domain: string | undefined): Fault[] {
	const type = text(inputs, "type");
	const data = texts(inputs, "rrdatas");
	const alias = type === "CNAME";
	return faultsOf([
		{
			when: isAbsent(inputs, "rrdatas") === isAbsent(inputs, "routingPolicy"),
			property: "rrdatas",
			reason: "exactly one of rrdatas and routingPolicy is needed",
		},
		{
			when: type === "A" && data.some((value) => !isIpv4(value)),
			property: "rrdatas",
			reason: `must be IPv4 addresses for an A record, but ${JSON.stringify(data)} was given`,
		},
		{
			when: alias && (data.length > 1 || data.some((value) => !value.endsWith("."))),
			property: "rrdatas",
			reason: `must be one domain with a dot at its end for a CNAME record, but ${JSON.stringify(data)} was given`,
		},
		{
			when: alias && domain !== undefined && text(inputs, "name") === domain,
			property: "type",
			reason: `a CNAME record cannot stand at the zone's own domain ${domain}; use A records there`,
		},
	]);
}

function twinFaults(context: CheckContext, zone: SandboxObject | undefined): Fault[] {
	const { inputs, world } = context;
	const type = text(inputs, "type");
	const siblings = world
		.find([RECORDS], "name", text(inputs, "name") ?? "")
		.filter((other) => zone !== undefined && other.account === zone.account && !isSelf(other, context))
		.filter((other) => text(other.outputs, "managedZone") === text(inputs, "managedZone"));
	const clash = siblings.find(
		({ outputs }) => text(outputs, "type") === type || type === "CNAME" || text(outputs, "type") === "CNAME",
	);
	return faultsOf([
		{
			when: type !== undefined && clash !== undefined,
			property: "name",
			reason: `${text(inputs, "name")} has ${text(clash?.outputs, "type")} records by ${clash?.urn} already, which exclude these of type ${type}`,
		},
	]);
}
