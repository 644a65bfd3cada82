import type { ResourceGraph, ResourceNode } from "../../lib/graph";
import { valuesAt } from "../../lib/values";
import { flagAt, textAt } from "../counting";
import type { QueryRegistry } from "../row";
import { everyOne } from "./answers";

const AWS_KEY = "aws:kms/key:Key";
const GOOGLE_KEY = "gcp:kms/cryptoKey:CryptoKey";
const AZURE_KEY = "azure-native:keyvault:Key";
/** Keys whose material comes from outside AWS. */
const EXTERNAL = ["aws:kms/externalKey:ExternalKey", "aws:kms/replicaExternalKey:ReplicaExternalKey"] as const;

/** How each cloud's key says that new versions of it come by themselves. */
const ROTATES: { readonly [type: string]: (key: ResourceNode) => boolean } = {
	[AWS_KEY]: ({ inputs }) => flagAt(inputs, "enableKeyRotation") === true,
	[GOOGLE_KEY]: ({ inputs }) => /^\d+(\.\d+)?s$/.test(textAt(inputs, "rotationPeriod") ?? ""),
	[AZURE_KEY]: ({ inputs }) =>
		valuesAt(inputs, "properties.rotationPolicy.lifetimeActions[]").some(
			({ value }) => textAt(value, "action.type")?.toLowerCase() === "rotate",
		),
};

/** FR-SEC-1's rotation and SV-SEC-1's hardware protection of keys. */
export const keyQueries: QueryRegistry = {
	"FR-SEC-1/key-rotation": (graph) =>
		everyOne(graph.ofType(...Object.keys(ROTATES)), (key) => ROTATES[key.type]?.(key) ?? false, "keys rotate"),
	"SV-SEC-1/hsm-aws": (graph) =>
		everyOne(graph.ofType(AWS_KEY, ...EXTERNAL), isHeldByKms, "KMS keys made and held in HSMs"),
	"SV-SEC-1/hsm-gcp": (graph) =>
		everyOne(graph.ofType(GOOGLE_KEY), isGoogleHsm, "Cloud KMS keys made and held in HSMs"),
	"SV-SEC-1/hsm-azure": (graph) =>
		everyOne(graph.ofType(AZURE_KEY), (key) => isVaultHsm(graph, key), "Key Vault keys made and held in HSMs"),
};

/** KMS makes its own keys in FIPS 140 validated HSMs and never lets them out; an external key store keeps its keys elsewhere. */
function isHeldByKms({ type, inputs }: ResourceNode): boolean {
	return type === AWS_KEY && textAt(inputs, "xksKeyId") === undefined;
}

/** Cloud KMS holds keys in software unless a key says otherwise; levels named `EXTERNAL` are held elsewhere. */
function isGoogleHsm({ inputs }: ResourceNode): boolean {
	return textAt(inputs, "versionTemplate.protectionLevel")?.startsWith("HSM") ?? false;
}

/** Only a vault of the premium tier has HSMs, and only types that end in `-HSM` are held there. */
function isVaultHsm(graph: ResourceGraph, key: ResourceNode): boolean {
	const vaults = graph.sourcesOf(key, "vaultName", "azure-native:keyvault:Vault");
	const premium = vaults.some(({ inputs }) => textAt(inputs, "properties.sku.name")?.toLowerCase() === "premium");
	return premium && (textAt(key.inputs, "properties.kty")?.toUpperCase().endsWith("-HSM") ?? false);
}
