import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { awsModels } from "../aws/registry";
import { azureModels } from "../azure/registry";
import type { PackageFacts } from "../facts";
import { gcpModels } from "../gcp/registry";
import { kubernetesModels } from "../kubernetes/registry";
import { CUSTOM_KINDS, CUSTOM_OBJECTS } from "./custom-kinds";
import { type ReplaceTable, readPackageFacts } from "./package-facts";
import { deriveReplace, withCorrections } from "./replace";
import { SdkPackage } from "./sdk-package";
import { formatFacts, formatReplace } from "./write";

/** Types in use by package; a further cloud is one more line. */
const TYPES: { readonly [pkg: string]: () => readonly string[] } = {
	aws: () => [...awsModels.keys(), "pulumi:providers:aws"],
	"azure-native": () => [...azureModels.keys(), "pulumi:providers:azure-native"],
	gcp: () => [...gcpModels.keys(), "pulumi:providers:gcp"],
	kubernetes: () => [
		...[...kubernetesModels.keys()].filter((token) => !Object.hasOwn(CUSTOM_KINDS, token)),
		"pulumi:providers:kubernetes",
	],
};

const REPLACE_FILE = join(__dirname, "replace.json");

/** `npm run facts` writes the facts of every package; with `--replace DIR` it derives replace.json first. */
function main(args: readonly string[]): void {
	const at = args.indexOf("--replace");
	if (at >= 0) {
		const dir = args[at + 1];
		if (dir === undefined) {
			throw new Error("--replace needs the folder that holds schema-aws.json.gz and kubernetes-force-new.json");
		}
		const tokens = Object.values(TYPES).flatMap((types) => types());
		writeFileSync(REPLACE_FILE, formatReplace(deriveReplace(dir, tokens)));
	}
	const replace = withCorrections(readReplace());
	for (const [pkg, types] of Object.entries(TYPES)) {
		const facts = readPackageFacts(new SdkPackage(pkg), types(), replace);
		writeFileSync(join(__dirname, `${pkg}.json`), formatFacts(completed(pkg, facts)));
	}
}

/** The facts with what the SDK's types do not say. */
function completed(pkg: string, facts: PackageFacts): PackageFacts {
	switch (pkg) {
		case "aws":
			return withRegion(facts);
		case "kubernetes":
			return {
				...facts,
				resources: { ...facts.resources, ...CUSTOM_KINDS },
				objects: { ...facts.objects, ...CUSTOM_OBJECTS },
			};
		default:
			return facts;
	}
}

/** Since 7.0 every regional AWS resource takes `region`, and a change of it replaces the resource. */
function withRegion(facts: PackageFacts): PackageFacts {
	const rows = Object.entries(facts.resources).map(([token, of]) => {
		const regional = !token.startsWith("pulumi:") && Object.hasOwn(of.inputs, "region");
		return [token, regional ? { ...of, replaceOn: [...new Set([...of.replaceOn, "region"])].sort() } : of] as const;
	});
	return { ...facts, resources: Object.fromEntries(rows) };
}

function readReplace(): ReplaceTable {
	const table = z.record(z.string(), z.array(z.string()));
	return existsSync(REPLACE_FILE) ? table.parse(JSON.parse(readFileSync(REPLACE_FILE, "utf8"))) : {};
}

main(process.argv.slice(2));
