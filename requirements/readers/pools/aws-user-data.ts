import { parseDocument } from "yaml";
import type { Value } from "../../../lib/values";
import { textAt } from "../../counting";

/** A part of MIME user data that nodeadm reads, up to the next boundary; the body begins after an empty line. */
const NODE_CONFIG = /Content-Type: application\/node\.eks\.aws\b[\s\S]*?\r?\n\r?\n([\s\S]*?)(?=\r?\n--|$)/g;

/** Ways in which nodeadm joins the local disks into one; `Mount` leaves them apart. */
const STRIPED: readonly (string | undefined)[] = ["RAID0", "RAID10"];

/** How nodeadm lays out a node's local disks, as the base64 user data says; undefined where it says nothing. */
export function localDiskStrategy(userData: string): string | undefined {
	const text = Buffer.from(userData, "base64").toString("utf8");
	const configs = [...text.matchAll(NODE_CONFIG)].map(([, body]) => configOf(body ?? ""));
	return configs.map((config) => textAt(config, "spec.instance.localStorage.strategy")).find((found) => found);
}

/** True for a layout that joins the disks. */
export function isStriped(strategy: string | undefined): boolean {
	return STRIPED.includes(strategy) && strategy !== undefined;
}

/** What does not parse says nothing. */
function configOf(body: string): Value | undefined {
	const document = parseDocument(body);
	const config: Value = document.errors.length > 0 ? null : document.toJS();
	return config;
}
