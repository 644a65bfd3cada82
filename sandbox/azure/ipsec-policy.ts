import type { Value } from "../../lib/values";
import { oneOf } from "../check/did-you-mean";
import { outside, type Refusal } from "../check/fault-table";
import { list, number, text } from "../check/inputs";

/** What a virtual WAN takes of each field, a subset of the API's enumeration. Source: Microsoft Learn, "Virtual WAN IPsec policies", read 2026-11-28. */
const TAKEN: { readonly [field: string]: readonly string[] } = {
	ikeEncryption: ["GCMAES256", "GCMAES128", "AES256", "AES128"],
	ikeIntegrity: ["SHA384", "SHA256"],
	dhGroup: ["ECP384", "ECP256", "DHGroup24", "DHGroup14"],
	ipsecEncryption: ["GCMAES256", "GCMAES128", "AES256", "AES128", "None"],
	ipsecIntegrity: ["GCMAES256", "GCMAES128", "SHA256"],
	pfsGroup: ["ECP384", "ECP256", "PFS24", "PFS14", "None"],
};

/** What is wrong with the proposals of a connection. */
export function ipsecFaults(connection: Value, under: string): Refusal[] {
	const policies = list(connection, "ipsecPolicies");
	return [
		{
			when: policies.length > 1,
			property: `${under}.ipsecPolicies`,
			reason: `must be one policy at most, but ${policies.length} were given`,
		},
		...policies.flatMap((policy, i) => policyRows(policy, `${under}.ipsecPolicies[${i}]`)),
	];
}

function policyRows(policy: Value, under: string): Refusal[] {
	const [encryption, integrity] = [text(policy, "ipsecEncryption"), text(policy, "ipsecIntegrity")];
	const gcm = [encryption, integrity].some((value) => value?.startsWith("GCM"));
	return [
		{
			when: gcm && encryption !== undefined && integrity !== undefined && encryption !== integrity,
			property: `${under}.ipsecIntegrity`,
			reason: `must be ${encryption} as well: GCM does both, but ${integrity} was given`,
		},
		...Object.entries(TAKEN).map(([field, taken]) => {
			const value = text(policy, field);
			return {
				when: value !== undefined && !taken.includes(value),
				property: `${under}.${field}`,
				reason: `must be ${oneOf(taken)}, but ${JSON.stringify(value)} was given`,
			};
		}),
		outside(number(policy, "saLifeTimeSeconds"), `${under}.saLifeTimeSeconds`, {
			min: 300,
			max: 172799,
			unit: "seconds",
		}),
		outside(number(policy, "saDataSizeKilobytes"), `${under}.saDataSizeKilobytes`, {
			min: 1024,
			max: 2147483647,
			unit: "KB",
		}),
	];
}
