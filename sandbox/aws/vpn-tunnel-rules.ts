import { isCanonical, parseCidr, rangeOf } from "../../lib/cidr";
import { faultsOf, outside, type Refusal } from "../check/fault-table";
import { flag, isAbsent, list, number, text } from "../check/inputs";
import type { CheckContext, Fault } from "../model";

/** Beginnings of the properties of a connection's two tunnels. */
export const TUNNELS = ["tunnel1", "tunnel2"] as const;

/** Ranges of 169.254.0.0/16 that AWS keeps for itself. Source: Site-to-Site VPN user guide, "Tunnel options". */
const KEPT = [
	"169.254.0.0/30",
	"169.254.1.0/30",
	"169.254.2.0/30",
	"169.254.3.0/30",
	"169.254.4.0/30",
	"169.254.5.0/30",
	"169.254.169.252/30",
];

const ENCRYPTION = ["AES128", "AES256", "AES128-GCM-16", "AES256-GCM-16"];
const INTEGRITY = ["SHA1", "SHA2-256", "SHA2-384", "SHA2-512"];
const GROUPS = [2, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24];
const PHASES = [
	{ phase: "Phase1", groups: GROUPS, seconds: 28_800 },
	{ phase: "Phase2", groups: [...GROUPS, 5], seconds: 3_600 },
];

/** What the options of both tunnels take. */
export const tunnelValues: { readonly [path: string]: readonly string[] } = Object.fromEntries(
	TUNNELS.flatMap((tunnel): [string, readonly string[]][] => [
		[`${tunnel}IkeVersions[]`, ["ikev1", "ikev2"]],
		[`${tunnel}StartupAction`, ["add", "start"]],
		[`${tunnel}DpdTimeoutAction`, ["clear", "none", "restart"]],
		[`${tunnel}LogOptions.cloudwatchLogOptions.logOutputFormat`, ["json", "text"]],
		...PHASES.flatMap(({ phase }): [string, readonly string[]][] => [
			[`${tunnel}${phase}EncryptionAlgorithms[]`, ENCRYPTION],
			[`${tunnel}${phase}IntegrityAlgorithms[]`, INTEGRITY],
		]),
	]),
);

/** What AWS refuses of one tunnel's options. */
export function tunnelFaults({ inputs }: CheckContext, tunnel: string): Fault[] {
	const key = text(inputs, `${tunnel}PresharedKey`);
	const log = `${tunnel}LogOptions.cloudwatchLogOptions`;
	return faultsOf([
		...insideRows(text(inputs, `${tunnel}InsideCidr`), `${tunnel}InsideCidr`),
		...PHASES.flatMap(({ phase, groups, seconds }) => [
			groupRow(list(inputs, `${tunnel}${phase}DhGroupNumbers`), groups, `${tunnel}${phase}DhGroupNumbers`),
			outside(number(inputs, `${tunnel}${phase}LifetimeSeconds`), `${tunnel}${phase}LifetimeSeconds`, {
				min: 900,
				max: seconds,
				unit: "seconds",
			}),
		]),
		{
			when: key !== undefined && !/^(?!0)[A-Za-z0-9._]{8,64}$/.test(key),
			property: `${tunnel}PresharedKey`,
			reason: "must be 8 to 64 letters, digits, dots and underscores, not beginning with 0",
		},
		{
			when: flag(inputs, `${log}.logEnabled`) === true && isAbsent(inputs, `${log}.logGroupArn`),
			property: `${log}.logGroupArn`,
			reason: "is required where logEnabled is true; give a log group",
		},
	]);
}

function insideRows(inside: string | undefined, property: string): Refusal[] {
	const range = inside === undefined ? undefined : parseCidr(inside);
	const good = range !== undefined && isCanonical(range) && range.prefix === 30;
	const local = good && rangeOf(range, ["169.254.0.0/16"]) !== undefined;
	return [
		{
			when: inside !== undefined && !local,
			property,
			reason: `must be a /30 of 169.254.0.0/16, but ${inside} was given`,
		},
		{
			when: inside !== undefined && KEPT.includes(inside),
			property,
			reason: `must not be one that AWS keeps (${KEPT.join(", ")}), but ${inside} was given`,
		},
	];
}

function groupRow(given: readonly unknown[], allowed: readonly number[], property: string): Refusal {
	const wrong = given.find((each) => typeof each === "number" && !allowed.includes(each));
	return {
		when: wrong !== undefined,
		property,
		reason: `must be of ${allowed.join(", ")}, but ${String(wrong)} was given`,
	};
}
