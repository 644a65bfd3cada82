import { isCanonical, parseCidr } from "../../lib/cidr";
import type { Refusal } from "../check/fault-table";
import { isSet, list, number, text } from "../check/inputs";
import type { CheckContext } from "../model";

/** True for numbers that a Cloud Router may have. Source: RFC 6996, and 16550 for Partner Interconnect (SDK's docstring). */
function isPrivateAsn(asn: number): boolean {
	return asn === 16_550 || (asn >= 64_512 && asn <= 65_534) || (asn >= 4_200_000_000 && asn <= 4_294_967_294);
}

/** What is wrong with how a router, or one session of it (`at` is empty), speaks BGP. */
export function bgpRows(inputs: CheckContext["inputs"]): Refusal[] {
	const asn = number(inputs, "bgp.asn");
	return [
		{
			when: asn !== undefined && !isPrivateAsn(asn),
			property: "bgp.asn",
			reason: `must be a private number (64512 to 65534, or 4200000000 to 4294967294), but ${asn} was given`,
		},
		...advertisedRows(inputs, "bgp."),
	];
}

/** What is wrong with the ranges that are told to the other side; `at` is what stands before the fields. */
export function advertisedRows(inputs: CheckContext["inputs"], at: "bgp." | ""): Refusal[] {
	const fields = ["advertisedIpRanges", "advertisedGroups"].map((field) => `${at}${field}`);
	const given = fields.filter((field) => isSet(inputs, field));
	const ranges = list(inputs, `${at}advertisedIpRanges`).map((entry) => text(entry, "range"));
	const wrong = ranges.find((range) => range !== undefined && !isNetwork(range));
	return [
		{
			when: given.length > 0 && text(inputs, `${at}advertiseMode`) !== "CUSTOM",
			property: given[0] ?? "",
			reason: "needs advertiseMode CUSTOM; set it or remove the list",
		},
		{
			when: wrong !== undefined,
			property: `${at}advertisedIpRanges`,
			reason: `must be network addresses such as 10.0.0.0/16, but ${JSON.stringify(wrong)} was given`,
		},
	];
}

function isNetwork(range: string): boolean {
	const block = parseCidr(range);
	return block !== undefined && isCanonical(block);
}
