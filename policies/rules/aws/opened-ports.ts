import type { Reading } from "../../reading";
import type { Tri } from "../../tri";
import type { IngressEntry } from "./ingress-entries";

const EVERY_PROTOCOL = ["-1", "all"];
const PROTOCOLS_WITH_PORTS = ["tcp", "udp", "6", "17"];
const LAST_PORT = 65535;

/** Whether an entry opens any of some ports, and which, in words. */
export interface OpenedPorts {
	readonly opens: Tri;
	readonly text: string;
}

const EVERY: OpenedPorts = { opens: "yes", text: "every port" };
const NONE: OpenedPorts = { opens: "no", text: "" };
const NOT_KNOWN: OpenedPorts = { opens: "maybe", text: "" };

/** Which of the ports an entry opens; a missing bound or a negative one means every port. */
export function openedPorts(entry: IngressEntry, ports: readonly number[]): OpenedPorts {
	if (entry.protocol.kind === "unknown") {
		return NOT_KNOWN;
	}
	const protocol = entry.protocol.kind === "known" ? entry.protocol.value.trim().toLowerCase() : "-1";
	if (EVERY_PROTOCOL.includes(protocol)) {
		return EVERY;
	}
	return PROTOCOLS_WITH_PORTS.includes(protocol) ? inRange(entry, ports) : NONE;
}

function inRange({ fromPort, toPort }: IngressEntry, ports: readonly number[]): OpenedPorts {
	if (isEvery(fromPort) || isEvery(toPort)) {
		return EVERY;
	}
	const low = fromPort.kind === "known" ? fromPort.value : 0;
	const high = toPort.kind === "known" ? toPort.value : LAST_PORT;
	const open = ports.filter((port) => low <= port && port <= high);
	if (open.length === 0) {
		return NONE;
	}
	const known = fromPort.kind === "known" && toPort.kind === "known";
	return known ? { opens: "yes", text: describe(open) } : NOT_KNOWN;
}

function isEvery(bound: Reading<number>): boolean {
	return bound.kind === "absent" || bound.kind === "invalid" || (bound.kind === "known" && bound.value < 0);
}

function describe(ports: readonly number[]): string {
	const shown = ports.slice(0, 5).join(", ");
	return `port ${shown}${ports.length > 5 ? ` and ${ports.length - 5} more` : ""}`;
}
