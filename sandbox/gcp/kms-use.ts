import { faultsOf } from "../check/fault-table";
import { text } from "../check/inputs";
import type { CheckContext, Fault, Reference, SandboxObject } from "../model";
import { KEY, KEY_GRANT } from "./kms";
import { placeOf } from "./names";
import { AGENTS } from "./service-agents";

const ENCRYPTER = "roles/cloudkms.cryptoKeyEncrypterDecrypter";

/** An input that names a key, and who encrypts with it. */
export interface KeyUse {
	readonly path: string;
	readonly agent: keyof typeof AGENTS;
	/** True where a key of the location `global` serves too (disks). */
	readonly orGlobal?: boolean;
}

/** The reference to a key: it may belong to another project, and it never holds on. */
export function keyReference(path: string): Reference {
	return { path, to: [KEY], by: "id", holds: false, anyRegion: true };
}

/**
 * Why the service cannot encrypt with the key that is named: wrong place or purpose, or its service agent lacks the
 * role on the key. Nothing where the key is not known yet.
 */
export function keyUseFaults(context: CheckContext, use: KeyUse): Fault[] {
	const name = text(context.inputs, use.path);
	const [key] = name === undefined ? [] : context.world.find([KEY], "id", name);
	return name === undefined || key === undefined ? [] : faultsOf(rows(context, use, name, key));
}

function rows(context: CheckContext, use: KeyUse, name: string, key: SandboxObject) {
	const location = placeOf(name)?.region;
	const { region, account } = context.scope;
	const near = location === region || (use.orGlobal === true && location === "global");
	const agent = `service-<number of ${account}>@${AGENTS[use.agent]}`;
	return [
		{
			when: !near,
			property: use.path,
			reason: `must be a key of ${region}${use.orGlobal ? " or global" : ""}, but ${name} is in ${location}; make a key in that place`,
		},
		{
			when: (text(key.outputs, "purpose") ?? "ENCRYPT_DECRYPT") !== "ENCRYPT_DECRYPT",
			property: use.path,
			reason: `must be a key of purpose ENCRYPT_DECRYPT, but ${name} is of ${text(key.outputs, "purpose")}`,
		},
		{
			when: !isGranted(context, use, key),
			property: use.path,
			reason: `the service agent ${agent} has no ${ENCRYPTER} on ${name}; grant it with gcp.kms.CryptoKeyIAMMember and let this resource depend on that`,
		},
	];
}

/** True where a grant on the key, or on the key's project, gives the agent the role. */
function isGranted({ world }: CheckContext, { agent }: KeyUse, key: SandboxObject): boolean {
	const member = new RegExp(`^serviceAccount:service-\\d+@${AGENTS[agent].replaceAll(".", "\\.")}$`);
	const onKey = world.find([KEY_GRANT], "cryptoKeyId", key.id);
	const onProject = world
		.find(["gcp:projects/iAMMember:IAMMember"], "role", ENCRYPTER)
		.filter(({ account }) => account === key.account);
	return [...onKey, ...onProject].some(
		({ outputs }) => text(outputs, "role") === ENCRYPTER && member.test(text(outputs, "member") ?? ""),
	);
}
