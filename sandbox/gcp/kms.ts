import { faultsOf, type Refusal } from "../check/fault-table";
import { flag, isSet, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, TypeModel } from "../model";
import { defineGcp } from "./define";
import { defineGrant } from "./members";
import { locationId } from "./names";

/** Type of a key. */
export const KEY = "gcp:kms/cryptoKey:CryptoKey";
/** Type of a grant on a key. */
export const KEY_GRANT = "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember";

const RING = "gcp:kms/keyRing:KeyRing";
const APIS = ["cloudkms.googleapis.com"];
const NAME = /^[\w-]{1,63}$/;
const ALLOWED = "1 to 63 of letters, digits, _ and -";

/** The one algorithm of keys that encrypt and decrypt. Source: the SDK's docstrings (@pulumi/gcp 9.37.0). */
const SYMMETRIC = "GOOGLE_SYMMETRIC_ENCRYPTION";

/** A key ring. It can never be deleted and its name never given again, so a new one needs a new name. */
export const keyRing: TypeModel = defineGcp({
	type: RING,
	apis: APIS,
	name: { path: "name", pattern: NAME, allowed: ALLOWED, unique: "region", autoNameLength: 255 },
	keepsName: true,
	check: ({ inputs }) =>
		faultsOf([
			{
				when: !/^[a-z][a-z0-9-]*$/.test(text(inputs, "location") ?? "global"),
				property: "location",
				reason: `must be a region, a multi-region or global in lower-case letters, but ${JSON.stringify(inputs.location)} was given`,
			},
		]),
	id: ({ inputs, scope }) => locationId(scope, text(inputs, "location") ?? "", "keyRings", text(inputs, "name") ?? ""),
	retains: () => "a key ring can never be deleted",
});

/** A key. Its deletion destroys the versions; the key itself stays for ever. */
export const cryptoKey: TypeModel = defineGcp({
	type: KEY,
	apis: APIS,
	name: { path: "name", pattern: NAME, allowed: ALLOWED, unique: "none", autoNameLength: 255 },
	keepsName: true,
	references: [{ path: "keyRing", to: [RING], by: "id" }],
	values: {
		purpose: [
			"ENCRYPT_DECRYPT",
			"ASYMMETRIC_SIGN",
			"ASYMMETRIC_DECRYPT",
			"RAW_ENCRYPT_DECRYPT",
			"MAC",
			"KEY_ENCAPSULATION",
		],
		"versionTemplate.protectionLevel": ["SOFTWARE", "HSM", "EXTERNAL", "EXTERNAL_VPC", "HSM_SINGLE_TENANT"],
	},
	check: keyFaults,
	defaults: {
		cryptoKeyBackend: "",
		destroyScheduledDuration: "2592000s",
		importOnly: false,
		purpose: "ENCRYPT_DECRYPT",
		skipInitialVersionCreation: false,
	},
	id: ({ inputs }) => `${text(inputs, "keyRing")}/cryptoKeys/${text(inputs, "name")}`,
	computed: ({ inputs }, id) => ({
		primaries: flag(inputs, "skipInitialVersionCreation")
			? []
			: [{ name: `${id}/cryptoKeyVersions/1`, state: "ENABLED" }],
	}),
	derived: ({ inputs }) => ({
		versionTemplate: {
			algorithm: text(inputs, "versionTemplate.algorithm") ?? SYMMETRIC,
			protectionLevel: text(inputs, "versionTemplate.protectionLevel") ?? "SOFTWARE",
		},
	}),
	retains: () => "a key can never be deleted: only its versions are destroyed, 30 days after",
});

function keyFaults(context: CheckContext): Fault[] {
	const { inputs, world } = context;
	const purpose = text(inputs, "purpose") ?? "ENCRYPT_DECRYPT";
	const algorithm = text(inputs, "versionTemplate.algorithm");
	const [ring, name] = [text(inputs, "keyRing"), text(inputs, "name")];
	const twin = world
		.find([KEY], "keyRing", ring ?? "")
		.find((other) => text(other.outputs, "name") === name && !isSelf(other, context));
	return faultsOf([
		duration(context, "rotationPeriod", { min: 86_400, max: 3_153_600_000 }),
		duration(context, "destroyScheduledDuration", { min: 86_400, max: 10_368_000 }),
		{
			when: isSet(inputs, "rotationPeriod") && purpose !== "ENCRYPT_DECRYPT",
			property: "rotationPeriod",
			reason: `rotates keys of purpose ENCRYPT_DECRYPT only, but the purpose is ${purpose}; leave it out`,
		},
		{
			when: algorithm !== undefined && (algorithm === SYMMETRIC) !== (purpose === "ENCRYPT_DECRYPT"),
			property: "versionTemplate.algorithm",
			reason: `${algorithm} does not go with the purpose ${purpose}; ${purpose === "ENCRYPT_DECRYPT" ? `use ${SYMMETRIC}` : "choose one for it"}`,
		},
		{
			when: name !== undefined && twin !== undefined,
			property: "name",
			reason: `must be unique within the key ring, but ${JSON.stringify(name)} is taken by ${twin?.urn}; choose another`,
		},
	]);
}

/** Periods are text in seconds. Source: the SDK's docstrings (rotation: at least a day); the other ends are unverified. */
function duration({ inputs }: CheckContext, path: string, range: { min: number; max: number }): Refusal {
	const given = text(inputs, path);
	const seconds = Number(/^(\d+)(\.\d{1,9})?s$/.exec(given ?? "")?.[1] ?? Number.NaN);
	return {
		when: given !== undefined && !(seconds >= range.min && seconds <= range.max),
		property: path,
		reason: `must be ${range.min}s to ${range.max}s (seconds, as text), but ${JSON.stringify(given)} was given`,
	};
}

/** A grant on a key, as a service agent needs it to encrypt with the key. */
export const keyMember: TypeModel = defineGrant({
	type: KEY_GRANT,
	apis: APIS,
	references: [{ path: "cryptoKeyId", to: [KEY], by: "id", holds: false }],
	on: ({ inputs }) => text(inputs, "cryptoKeyId") ?? "",
});
