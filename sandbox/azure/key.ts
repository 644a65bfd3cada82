import type { Properties } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { isAbsent, isSet, list, number, object, text } from "../check/inputs";
import type { CheckContext, CreateContext, Fault, SandboxObject, TypeModel, World } from "../model";
import { inGroup } from "./arm-id";
import { defineAzure } from "./define";
import { daysOf } from "./durations";
import { parentOf } from "./place";
import { TYPE } from "./types";

/** Shortest life of a version, and shortest time between rotations, days. Source: Microsoft Learn, "Configure key auto-rotation". */
const MIN_EXPIRY = 28;
const MIN_ROTATION = 7;

/**
 * A key, made through ARM. ARM never changes a key that exists (its docs: "does not update existing keys"), so its
 * properties are fixed: a change, which the provider would report as done, is refused here.
 */
export const key: TypeModel = defineAzure({
	type: TYPE.key,
	path: inGroup("Microsoft.KeyVault/vaults/{vaultName}/keys/{keyName}"),
	naming: { pattern: /^[0-9A-Za-z-]{1,127}$/, allowed: "1 to 127 of letters, digits and hyphens" },
	check: (context) => [...kindFaults(context), ...rotationFaults(context)],
	immutable: ["properties"],
	keepsName: true,
	refusesDelete: (live, world) => users(live, world) ?? closedVault(live, world),
	computed: outputsOf,
	retains: (live) => `soft-deleted in its vault ${text(live.outputs, "vaultName")}, as long as that keeps it`,
});

function outputsOf(context: CreateContext): Properties {
	const { inputs } = context;
	const given = object(inputs, "properties");
	const kty = text(given, "kty") ?? "RSA";
	const host = (text(inputs, "vaultName") ?? "").toLowerCase();
	const uri = `https://${host}.vault.azure.net/keys/${text(inputs, "keyName")}`;
	const seconds = Math.floor(Date.parse(context.now) / 1000);
	const isCurve = kty.startsWith("EC");
	return {
		attributes: {
			enabled: true,
			exportable: false,
			...object(given, "attributes"),
			created: seconds,
			updated: seconds,
			recoveryLevel: "Recoverable",
		},
		keyOps:
			list(given, "keyOps").length > 0
				? list(given, "keyOps")
				: ["encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey"],
		keyUri: uri,
		keyUriWithVersion: `${uri}/${context.hex(32)}`,
		kty,
		...(isCurve ? { curveName: text(given, "curveName") ?? "P-256" } : { keySize: number(given, "keySize") ?? 2048 }),
		...(isSet(given, "rotationPolicy") ? { rotationPolicy: object(given, "rotationPolicy") } : {}),
		...(isSet(given, "releasePolicy") ? { releasePolicy: object(given, "releasePolicy") } : {}),
	};
}

function kindFaults(context: CheckContext): Fault[] {
	const { inputs } = context;
	const kty = text(inputs, "properties.kty") ?? (isAbsent(inputs, "properties.kty") ? "RSA" : "");
	const size = number(inputs, "properties.keySize");
	const vault = parentOf(TYPE.key, context);
	const sku = text(vault?.outputs, "properties.sku.name");
	return faultsOf([
		{
			when: kty.startsWith("RSA") && size !== undefined && ![2048, 3072, 4096].includes(size),
			property: "properties.keySize",
			reason: `must be 2048, 3072 or 4096 bits, but ${size} was given`,
		},
		{
			when: kty.startsWith("EC") && size !== undefined,
			property: "properties.keySize",
			reason: `belongs to RSA keys; the kind is ${kty}: give curveName`,
		},
		{
			when: kty.startsWith("RSA") && isSet(inputs, "properties.curveName"),
			property: "properties.curveName",
			reason: `belongs to EC keys; the kind is ${kty}: remove it`,
		},
		{
			when: kty.endsWith("-HSM") && sku !== undefined && sku !== "premium",
			property: "properties.kty",
			reason: `${kty} needs a vault of the SKU premium, but that of ${text(inputs, "vaultName")} is ${sku}`,
		},
	]);
}

function rotationFaults({ inputs }: CheckContext): Fault[] {
	const policy = "properties.rotationPolicy";
	const expiry = text(inputs, `${policy}.attributes.expiryTime`);
	const life = expiry === undefined ? undefined : daysOf(expiry);
	const actions = list(inputs, `${policy}.lifetimeActions`);
	return faultsOf([
		{
			when: expiry !== undefined && (life === undefined || life < MIN_EXPIRY),
			property: `${policy}.attributes.expiryTime`,
			reason: `must be an ISO 8601 duration of at least ${MIN_EXPIRY} days such as P90D, but ${JSON.stringify(expiry)} was given`,
		},
		...actions.flatMap((each, i) => {
			const at = `${policy}.lifetimeActions[${i}]`;
			const kind = text(each, "action.type")?.toLowerCase();
			const [after, before] = [text(each, "trigger.timeAfterCreate"), text(each, "trigger.timeBeforeExpiry")];
			const days = daysOf(after ?? before ?? "");
			return [
				{
					when: (after === undefined) === (before === undefined) && isSet(each, "trigger"),
					property: `${at}.trigger`,
					reason: "takes exactly one of timeAfterCreate and timeBeforeExpiry",
				},
				{
					when: (after ?? before) !== undefined && (days === undefined || days < MIN_ROTATION),
					property: `${at}.trigger`,
					reason: `must be an ISO 8601 duration of at least ${MIN_ROTATION} days such as P30D, but ${after ?? before} was given`,
				},
				{
					when: kind === "notify" && after !== undefined,
					property: `${at}.trigger.timeAfterCreate`,
					reason: "applies to rotate only; give timeBeforeExpiry for a notification",
				},
				{
					when: before !== undefined && expiry === undefined,
					property: `${at}.trigger.timeBeforeExpiry`,
					reason: "needs attributes.expiryTime, or the key never expires; set it",
				},
				{
					when: life !== undefined && days !== undefined && days >= life,
					property: `${at}.trigger`,
					reason: `must be shorter than the key's life of ${life} days, but it is ${days}`,
				},
			];
		}),
	]);
}

/** Storage accounts and registries name a key by its parts, so they are looked for here. */
function users(live: SandboxObject, world: World): string | undefined {
	const uri = text(live.outputs, "keyUri") ?? "";
	const host = uri.slice(0, uri.indexOf("keys/"));
	const accounts = world
		.find([TYPE.storageAccount], "encryption.keyVaultProperties.keyName", text(live.outputs, "keyName") ?? "")
		.filter((each) => withSlash(text(each.outputs, "encryption.keyVaultProperties.keyVaultUri")) === host);
	const registries = [uri, text(live.outputs, "keyUriWithVersion") ?? ""].flatMap((address) =>
		world.find([TYPE.registry], "encryption.keyVaultProperties.keyIdentifier", address),
	);
	const ids = [...accounts, ...registries].map(({ id }) => id).join(", ");
	return ids === "" ? undefined : `it encrypts ${ids}, whose data would be lost; delete these first`;
}

/** The provider deletes a key over its vault's own interface, ARM having no way: a vault that is closed answers 403. */
function closedVault(live: SandboxObject, world: World): string | undefined {
	const [vault] = world.find([TYPE.vault], "vaultName", text(live.outputs, "vaultName") ?? "");
	const access = text(vault?.outputs, "properties.publicNetworkAccess") ?? "Enabled";
	return access.toLowerCase() === "disabled"
		? "its vault is closed to public networks (403 ForbiddenByConnection); give it retainOnDelete, it goes with the vault"
		: undefined;
}

function withSlash(uri: string | undefined): string {
	return `${uri ?? ""}/`.replace(/\/\/$/, "/");
}
