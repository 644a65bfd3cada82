import { z } from "zod";
import type { ResourceNode } from "../../../lib/graph";
import { reachOf } from "../../addresses";
import { controlsOf } from "../../controls";
import { fail, notApplicable, problemsOr, undetermined } from "../../judging";
import { openedPorts, rangesUnder, SENSITIVE_PORTS } from "../../opened-ports";
import { readList, readText } from "../../reading";
import { defineRule, type Judgement } from "../../rule";
import { allOf, type Tri } from "../../tri";
import { INGRESS_TYPES, type IngressEntry, ingressOf } from "./ingress-entries";

const PREFIX_LIST = "aws:ec2/managedPrefixList:ManagedPrefixList";
const PREFIX_ENTRY = "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry";

const params = z.strictObject({
	/** Ports that the internet must never reach. */
	ports: z
		.array(z.number().int().min(0).max(65535))
		.min(1)
		.default([...SENSITIVE_PORTS]),
});
type Params = z.infer<typeof params>;

/**
 * A18: the internet reaches no port of administration or of a database. A prefix list of the program is judged where
 * it is made: it must not hold the internet, since the rules that use it cannot see inside.
 */
export const noPublicAdminIngress = defineRule<Params>({
	id: "A18",
	name: "no-public-admin-ingress",
	title: "No ingress from the internet to SSH, RDP or databases",
	severity: "critical",
	level: "mandatory",
	blocksOnUndetermined: true,
	params,
	appliesTo: [...INGRESS_TYPES, PREFIX_LIST, PREFIX_ENTRY],
	controls: controlsOf({
		soc2: ["CC6.6", "CC7.2"],
		iso27001: ["A.8.1", "A.8.20", "A.8.21", "A.8.22"],
		hipaa: ["164.312(e)(1)", "164.308(a)(1)(ii)(b)"],
		nist: ["SC-7", "AC-17", "CM-9"],
		ccm: ["IVS-03"],
		cis: ["4.4"],
	}),
	remedy: "name the networks or security groups that need the port",
	check: {
		kind: "resource",
		judge: (node, given) => (isPrefixList(node) ? judgePrefixList(node) : judgeIngress(node, given)),
	},
});

function judgeIngress(node: ResourceNode, given: Params): readonly Judgement[] {
	const { entries, complete } = ingressOf(node);
	if (complete && entries.length > 0 && entries.every((entry) => entry.isIngress === "no")) {
		return [notApplicable("the rule is about egress")];
	}
	const problems = entries.flatMap((entry) => judgeEntry(entry, given));
	if (!complete) {
		problems.push(undetermined("its ingress rules are not all known yet", "ingress"));
	}
	return problemsOr(problems, "the internet reaches no port of administration or of a database");
}

function judgeEntry(entry: IngressEntry, given: Params): Judgement[] {
	const reach = reachOf(entry.sources);
	const open: Tri = reach !== "limited" ? "yes" : entry.complete ? "no" : "maybe";
	const opening = {
		protocol: entry.protocol,
		ranges: rangesUnder(entry.protocol, [{ low: entry.fromPort, high: entry.toPort }]),
		complete: true,
	};
	const ports = openedPorts(opening, given.ports);
	switch (allOf(entry.isIngress, open, ports.opens)) {
		case "no":
			return [];
		case "maybe":
			return [undetermined("it is not known yet who reaches which port", entry.path)];
		case "yes":
			return [
				fail(reach === "open" ? `the internet reaches ${ports.text}` : "a source is no address block", entry.path),
			];
	}
}

function isPrefixList(node: ResourceNode): boolean {
	return node.type === PREFIX_LIST || node.type === PREFIX_ENTRY;
}

function judgePrefixList(node: ResourceNode): readonly Judgement[] {
	const entries =
		node.type === PREFIX_ENTRY ? [{ path: "", value: node.inputs }] : readList(node.inputs, "entries").items;
	const complete = node.type === PREFIX_ENTRY || readList(node.inputs, "entries").complete;
	const cidrs = entries.map((entry) => readText(entry.value, "cidr"));
	if (reachOf(cidrs.flatMap((cidr) => (cidr.kind === "known" ? [cidr.value] : []))) !== "limited") {
		return [fail("the prefix list holds the internet, or something that is no address block", "entries")];
	}
	return complete && cidrs.every((cidr) => cidr.kind !== "unknown")
		? problemsOr([], "the prefix list is limited")
		: [undetermined("its entries are not all known yet", "entries")];
}
