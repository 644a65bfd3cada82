import { parseCidr } from "../../lib/cidr";
import { isObject, isUnknown } from "../../lib/values";
import { faultsOf, outside } from "../check/fault-table";
import { isAbsent, isSet, list, number, text, texts } from "../check/inputs";
import type { CheckContext, Fault, TypeModel } from "../model";
import { defineGcp } from "./define";
import { computeLink, globalId, rfc1035 } from "./names";
import { COMPUTE_API, rdmaZoneOf } from "./network";
import { NETWORK, networkNamed } from "./ranges";
import { named } from "./references";

const SOURCES = ["sourceRanges", "sourceTags", "sourceServiceAccounts"];

/** Protocols by name; every other one is given by its number. Source: the SDK's docstring (@pulumi/gcp 9.37.0). */
const PROTOCOL = /^(tcp|udp|icmp|esp|ah|sctp|ipip|all|\d{1,3})$/;

/** A firewall rule of a network: one direction, and either what it lets through or what it refuses. */
export const firewall: TypeModel = defineGcp({
	type: "gcp:compute/firewall:Firewall",
	apis: COMPUTE_API,
	global: true,
	name: rfc1035("account"),
	references: named("network", [NETWORK]),
	values: {
		direction: ["INGRESS", "EGRESS"],
		"logConfig.metadata": ["EXCLUDE_ALL_METADATA", "INCLUDE_ALL_METADATA"],
	},
	check: (context) => [...ruleFaults(context), ...sideFaults(context), ...rangeFaults(context), ...portFaults(context)],
	defaults: { description: "", direction: "INGRESS", disabled: false, enableLogging: false, priority: 1000 },
	id: ({ inputs, scope }) => globalId(scope, "firewalls", text(inputs, "name") ?? ""),
	computed: (context, id) => ({ creationTimestamp: context.now, selfLink: computeLink(id) }),
	derived: ({ inputs }) => ({
		destinationRanges: texts(inputs, "destinationRanges"),
		enableLogging: isSet(inputs, "logConfig"),
		sourceRanges:
			(text(inputs, "direction") ?? "INGRESS") === "INGRESS" && SOURCES.every((path) => isAbsent(inputs, path))
				? ["0.0.0.0/0"]
				: texts(inputs, "sourceRanges"),
	}),
});

function ruleFaults(context: CheckContext): Fault[] {
	const { inputs } = context;
	const rules = ["allows", "denies"].filter((path) => isSet(inputs, path));
	const zone = rdmaZoneOf(networkNamed(context, text(inputs, "network")));
	return faultsOf([
		outside(number(inputs, "priority"), "priority", { min: 0, max: 65535, unit: "(0 is the first)" }),
		{
			when: rules.length !== 1,
			property: "allows",
			reason: `exactly one of allows and denies is needed, but ${rules.length === 0 ? "none was" : "both were"} given`,
		},
		{
			when: zone !== undefined,
			property: "network",
			reason: "a network with an RDMA profile takes no firewall rules; leave the rule out",
		},
		{
			when: isSet(inputs, "enableLogging") && isSet(inputs, "logConfig"),
			property: "enableLogging",
			reason: "is deprecated and cannot be combined with logConfig; remove it",
		},
	]);
}

/** Sources belong to ingress, destinations go with both; tags and service accounts do not mix. */
function sideFaults({ inputs }: CheckContext): Fault[] {
	const egress = text(inputs, "direction") === "EGRESS";
	const ingress = !egress && !isUnknown(inputs.direction);
	const sources = SOURCES.filter((path) => isSet(inputs, path));
	const tags = ["sourceTags", "targetTags"].filter((path) => isSet(inputs, path));
	const accounts = ["sourceServiceAccounts", "targetServiceAccounts"].filter((path) => isSet(inputs, path));
	return faultsOf([
		...sources.map((property) => ({
			when: egress,
			property,
			reason: "cannot be given for direction EGRESS; use destinationRanges",
		})),
		{
			when: ingress && sources.length === 0,
			property: "sourceRanges",
			reason: "one of sourceRanges, sourceTags and sourceServiceAccounts is needed for direction INGRESS",
		},
		{
			when: tags.length > 0 && accounts.length > 0,
			property: accounts[0] ?? "",
			reason: `cannot be combined with ${tags[0]}; use tags or service accounts`,
		},
	]);
}

function rangeFaults({ inputs }: CheckContext): Fault[] {
	return ["sourceRanges", "destinationRanges"].flatMap((path) =>
		texts(inputs, path).flatMap((range, i) =>
			faultsOf([
				{
					when: parseCidr(range) === undefined,
					property: `${path}[${i}]`,
					reason: `must be an address range such as 10.0.0.0/8, but ${JSON.stringify(range)} was given`,
				},
			]),
		),
	);
}

function portFaults({ inputs }: CheckContext): Fault[] {
	return ["allows", "denies"].flatMap((path) =>
		list(inputs, path).flatMap((rule, i) => {
			const bag = isObject(rule) ? rule : {};
			const protocol = text(bag, "protocol")?.toLowerCase();
			const ports = texts(bag, "ports");
			const wrong = ports.find((port) => !isPortRange(port));
			return faultsOf([
				{
					when: protocol !== undefined && !PROTOCOL.test(protocol),
					property: `${path}[${i}].protocol`,
					reason: `must be tcp, udp, icmp, esp, ah, sctp, ipip, all or a number, but ${JSON.stringify(protocol)} was given`,
				},
				{
					when: ports.length > 0 && protocol !== undefined && !/^(tcp|udp|sctp|6|17|132)$/.test(protocol),
					property: `${path}[${i}].ports`,
					reason: `go with tcp, udp and sctp only, but the protocol is ${protocol}; remove them`,
				},
				{
					when: wrong !== undefined,
					property: `${path}[${i}].ports`,
					reason: `must be ports of 0 to 65535 or ranges such as 8000-8080, but ${JSON.stringify(wrong)} was given`,
				},
			]);
		}),
	);
}

function isPortRange(text: string): boolean {
	const [, from, to] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
	return from !== undefined && Number(to ?? from) <= 65535 && Number(from) <= Number(to ?? from);
}
