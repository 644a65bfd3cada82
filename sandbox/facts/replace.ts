import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import type { ReplaceTable } from "./package-facts";
import { REPLACE_CORRECTIONS } from "./replace-corrections";

const cloudSchema = z.object({
	resources: z.record(
		z.string(),
		z.object({
			inputs: z.record(z.string(), z.object({ type: z.string(), replace: z.string().optional() })),
			replacePaths: z.array(z.string()).optional(),
		}),
	),
});

const kubernetesRules = z.object({
	byGroupVersionKind: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.array(z.string())))),
	metadataAlways: z.array(z.string()),
	configMapIfImmutableOrNotMutableFlag: z.array(z.string()),
	secretIfImmutableOrNotMutableFlag: z.array(z.string()),
});

type CloudSchema = z.infer<typeof cloudSchema>;

type KubernetesRules = z.infer<typeof kubernetesRules>;

/**
 * Derives sandbox/facts/replace.json for the types in use. `dir` holds schema-aws.json.gz (marks measured on the
 * Terraform provider), schema-gcp.json.gz (marks read from it), schema-azure-native.json.gz (path and location) and
 * kubernetes-force-new.json (the Kubernetes provider's own rules).
 */
export function deriveReplace(dir: string, tokens: readonly string[]): ReplaceTable {
	const [aws, gcp, azure] = ["aws", "gcp", "azure-native"].map((pkg) => readSchema(dir, pkg));
	const rules = kubernetesRules.parse(JSON.parse(readFileSync(join(dir, "kubernetes-force-new.json"), "utf8")));
	const rows = tokens.map((token) => {
		if (token.startsWith("kubernetes:")) {
			return [token, shortest(kubernetesPaths(token, rules))] as const;
		}
		const marked = (token.startsWith("azure-native:") ? azure : aws)?.resources[token];
		const paths = token.startsWith("gcp:") ? gcpPaths(gcp?.resources[token]) : markedPaths(marked);
		return [token, shortest(paths)] as const;
	});
	return Object.fromEntries(rows.filter(([, paths]) => paths.length > 0).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function readSchema(dir: string, pkg: string): CloudSchema {
	return cloudSchema.parse(JSON.parse(gunzipSync(readFileSync(join(dir, `schema-${pkg}.json.gz`))).toString("utf8")));
}

function markedPaths(resource: CloudSchema["resources"][string] | undefined): string[] {
	const marked = Object.entries(resource?.inputs ?? {}).flatMap(([name, { replace }]) => (replace ? [name] : []));
	return [...marked, ...(resource?.replacePaths ?? [])];
}

/** ForceNew on a block means its coming and going; its fields carry marks of their own, as far as they replace. */
function gcpPaths(resource: CloudSchema["resources"][string] | undefined): string[] {
	const inner = resource?.replacePaths ?? [];
	return markedPaths(resource).filter((path) => {
		const isBlock = resource?.inputs[path]?.type.startsWith("#") === true;
		return !(isBlock && inner.some((other) => other.startsWith(`${path}.`)));
	});
}

/** The table with the hand corrections applied. */
export function withCorrections(table: ReplaceTable): ReplaceTable {
	const corrected: { [token: string]: readonly string[] } = { ...table };
	for (const { token, add, remove } of REPLACE_CORRECTIONS) {
		const kept = (corrected[token] ?? []).filter((path) => !(remove ?? []).includes(path));
		corrected[token] = shortest([...kept, ...(add ?? [])]);
	}
	return corrected;
}

function kubernetesPaths(token: string, rules: KubernetesRules): string[] {
	const [, groupVersion = "", kind = ""] = token.split(":");
	if (groupVersion === "helm.sh/v3") {
		return [];
	}
	const [group = "", version = ""] = groupVersion.split("/");
	const own = rules.byGroupVersionKind[group]?.[version]?.[kind] ?? [];
	const mutable: { readonly [kind: string]: readonly string[] } = {
		ConfigMap: rules.configMapIfImmutableOrNotMutableFlag,
		Secret: rules.secretIfImmutableOrNotMutableFlag,
	};
	const special = group === "core" ? (mutable[kind] ?? []) : [];
	return [...rules.metadataAlways, ...own, ...special].map((path) => path.replace(/^\./, "").replaceAll("[*]", "[]"));
}

/** Sorted, without paths that another path covers. */
function shortest(paths: readonly string[]): string[] {
	return [...new Set(paths)].filter((path) => !paths.some((other) => path.startsWith(`${other}.`))).sort();
}
