import type { Reading } from "./reading";
import type { Tri } from "./tri";

/** SSH, RDP, and where databases, caches and search engines listen by default. */
export const SENSITIVE_PORTS: readonly number[] = [
	22, 3389, 1433, 1434, 1521, 2379, 2484, 3306, 5432, 5439, 5984, 6379, 7000, 7001, 8123, 9042, 9160, 9200, 9300, 11211,
	26257, 27017, 27018, 27019, 50000,
];

const EVERY_PROTOCOL = ["-1", "all", "*", "any"];
const PROTOCOLS_WITH_PORTS = ["tcp", "udp", "all"];
/** Protocol numbers that the clouds take beside names (IANA protocol numbers). */
const NUMBERED: ReadonlyMap<string, string> = new Map([
	["6", "tcp"],
	["17", "udp"],
]);
const LAST_PORT = 65535;

/** A range of ports, both ends in it; a missing bound or a negative one means every port. */
export interface PortRange {
	readonly low: Reading<number>;
	readonly high: Reading<number>;
}

/** A protocol and its ports, as one entry of a firewall names them. */
export interface Opening {
	readonly protocol: Reading<string>;
	readonly ranges: readonly PortRange[];
	/** False where a range is not known. */
	readonly complete: boolean;
}

/** Whether an opening opens any of some ports, and which, in words. */
export interface OpenedPorts {
	readonly opens: Tri;
	readonly text: string;
}

/** All ports: no protocol or no ports are named. */
export const EVERY_PORT: OpenedPorts = { opens: "yes", text: "every port" };
/** None of the ports in question. */
export const NO_PORT: OpenedPorts = { opens: "no", text: "" };
/** What decides is not known yet. */
export const PORTS_NOT_KNOWN: OpenedPorts = { opens: "maybe", text: "" };

/** The range that names no port, which means every port. */
export const EVERY_RANGE: PortRange = { low: { kind: "absent" }, high: { kind: "absent" } };

/** `22`, `20-25` or `*` as a range; what is neither a number nor a range means every port. */
export function portRangeOf(text: string): PortRange {
	const [, low, high] = /^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$/.exec(text) ?? [];
	if (low === undefined) {
		return EVERY_RANGE;
	}
	return { low: { kind: "known", value: Number(low) }, high: { kind: "known", value: Number(high ?? low) } };
}

/** `tcp`, `udp`, `all` or what else is named, in lower case; undefined where it is not known yet. */
export function protocolName(protocol: Reading<string>): string | undefined {
	if (protocol.kind === "unknown") {
		return undefined;
	}
	const name = protocol.kind === "known" ? protocol.value.trim().toLowerCase() : "all";
	return EVERY_PROTOCOL.includes(name) ? "all" : (NUMBERED.get(name) ?? name);
}

/** Which of the ports an opening opens. */
export function openedPorts(opening: Opening, ports: readonly number[]): OpenedPorts {
	const protocol = protocolName(opening.protocol);
	if (protocol === undefined) {
		return PORTS_NOT_KNOWN;
	}
	return PROTOCOLS_WITH_PORTS.includes(protocol) ? inRanges(opening, ports) : NO_PORT;
}

/** The ranges of a cloud that names no ports together with every protocol: AWS and Google Cloud, not Azure. */
export function rangesUnder(protocol: Reading<string>, ranges: readonly PortRange[]): readonly PortRange[] {
	return protocolName(protocol) === "all" ? [EVERY_RANGE] : ranges;
}

/** The first ports in words, `port 22, 3389 and 3 more`. */
export function portsInWords(ports: readonly number[]): string {
	const shown = ports.slice(0, 5).join(", ");
	return `port ${shown}${ports.length > 5 ? ` and ${ports.length - 5} more` : ""}`;
}

function inRanges({ ranges, complete }: Opening, ports: readonly number[]): OpenedPorts {
	if (ranges.some((range) => isEvery(range.low) || isEvery(range.high))) {
		return EVERY_PORT;
	}
	const certain = ranges.filter(({ low, high }) => low.kind === "known" && high.kind === "known");
	const open = ports.filter((port) => certain.some((range) => holdsPort(range, port)));
	if (open.length > 0) {
		return { opens: "yes", text: portsInWords(open) };
	}
	const possible = ports.some((port) => ranges.some((range) => holdsPort(range, port)));
	return possible || !complete ? PORTS_NOT_KNOWN : NO_PORT;
}

function holdsPort({ low, high }: PortRange, port: number): boolean {
	const from = low.kind === "known" ? low.value : 0;
	const to = high.kind === "known" ? high.value : LAST_PORT;
	return from <= port && port <= to;
}

function isEvery(bound: Reading<number>): boolean {
	return bound.kind === "absent" || bound.kind === "invalid" || (bound.kind === "known" && bound.value < 0);
}
