import { formatCidr, isCanonical, parseCidr } from "../../lib/cidr";
import type { Value } from "../../lib/values";
import { faultsOf, type Refusal } from "../check/fault-table";
import { isSet, number, text } from "../check/inputs";
import type { Fault } from "../model";

const EVERYTHING = ["-1", "all"];
const PORTED = ["tcp", "udp", "6", "17"];
const NAMED = ["tcp", "udp", "icmp", "icmpv6", ...EVERYTHING];

/** Where a rule keeps its protocol, and how it writes all ports. */
export interface RuleShape {
	readonly protocol: "protocol" | "ipProtocol";
	/** Path in front of the rule's properties, as `ingress[0].`. */
	readonly at: string;
	/** True for inline rules, which write all ports as 0 and 0; others leave them out. */
	readonly allPortsAsZero: boolean;
}

/** What is wrong with a rule's protocol and ports. */
export function portFaults(rule: Value, shape: RuleShape): Fault[] {
	const protocol = text(rule, shape.protocol);
	if (protocol === undefined) {
		return [];
	}
	const numeric = /^(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/.test(protocol);
	return faultsOf([
		{
			when: !NAMED.includes(protocol) && !numeric,
			property: shape.at + shape.protocol,
			reason: `must be ${NAMED.join(", ")} or a number of 0 to 255, but ${JSON.stringify(protocol)} was given`,
		},
		...(EVERYTHING.includes(protocol) ? [allPortsRow(rule, protocol, shape)] : []),
		...(PORTED.includes(protocol) ? portRows(rule, protocol, shape) : []),
	]);
}

function given(rule: Value): string {
	return `${number(rule, "fromPort") ?? "none"} to ${number(rule, "toPort") ?? "none"}`;
}

function allPortsRow(rule: Value, protocol: string, shape: RuleShape): Refusal {
	const ports = ["fromPort", "toPort"];
	const wrong = shape.allPortsAsZero
		? ports.some((path) => (number(rule, path) ?? 0) !== 0)
		: ports.some((path) => isSet(rule, path));
	const remedy = shape.allPortsAsZero ? "write 0 and 0" : "leave fromPort and toPort out";
	return {
		when: wrong,
		property: `${shape.at}fromPort`,
		reason: `the protocol ${protocol} means all ports, but ${given(rule)} was given; ${remedy}`,
	};
}

function portRows(rule: Value, protocol: string, shape: RuleShape): Refusal[] {
	const [from, to] = [number(rule, "fromPort"), number(rule, "toPort")];
	const valid = [from, to].every(
		(port) => port === undefined || (Number.isInteger(port) && port >= 0 && port <= 65535),
	);
	return [
		{
			when: !isSet(rule, "fromPort") || !isSet(rule, "toPort"),
			property: `${shape.at}fromPort`,
			reason: `fromPort and toPort are required for ${protocol}; set both, 0 to 65535`,
		},
		{
			when: !valid || (from !== undefined && to !== undefined && from > to),
			property: `${shape.at}fromPort`,
			reason: `ports must be 0 to 65535 with fromPort at most toPort, but ${given(rule)} was given`,
		},
	];
}

/** What is wrong with a rule's source or destination block; the real provider refuses host bits. */
export function sourceBlockFaults(value: string, family: 4 | 6, property: string): Fault[] {
	const block = parseCidr(value);
	if (block?.family !== family) {
		return [{ property, reason: `must be an IPv${family} block, but ${JSON.stringify(value)} was given` }];
	}
	const reason = `must be a network address, but ${value} has host bits set; write ${formatCidr(block)}`;
	return isCanonical(block) ? [] : [{ property, reason }];
}
