import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { valuesAt } from "../../../lib/values";
import { awsModels } from "../../../sandbox/aws/registry";
import { azureModels } from "../../../sandbox/azure/registry";
import { parseType } from "../../../sandbox/check/type-grammar";
import { factsFor, factsOfType } from "../../../sandbox/facts";
import { CUSTOM_KINDS } from "../../../sandbox/facts/custom-kinds";
import { mergeSides } from "../../../sandbox/facts/merge-sides";
import { REPLACE_CORRECTIONS } from "../../../sandbox/facts/replace-corrections";
import { gcpModels } from "../../../sandbox/gcp/registry";
import { kubernetesModels } from "../../../sandbox/kubernetes/registry";

const PACKAGES = { aws: awsModels, kubernetes: kubernetesModels, gcp: gcpModels, "azure-native": azureModels };
const DATA = join(__dirname, "../../../../shared/data");

const schema = z.object({
	resources: z.record(
		z.string(),
		z.object({
			inputs: z.record(z.string(), z.object({ type: z.string() })),
			required: z.array(z.string()),
			outputs: z.array(z.string()),
			secretOutputs: z.array(z.string()).optional(),
		}),
	),
});

for (const [pkg, models] of Object.entries(PACKAGES)) {
	describe(`facts of ${pkg}`, () => {
		const facts = factsFor(pkg);
		const provider = `pulumi:providers:${pkg}`;

		it("are there for every type of the registry, and for no other", () => {
			const known = Object.keys(facts.resources).filter((token) => token !== provider);
			assert.deepEqual(known.sort(), [...models.keys()].sort());
		});

		it("are of the installed SDK", () => {
			const manifest = require.resolve(`@pulumi/${pkg}/package.json`);
			assert.equal(facts.version, JSON.parse(readFileSync(manifest, "utf8")).version);
		});

		it("hold the provider's settings", () =>
			assert.ok(Object.keys(facts.resources[provider]?.inputs ?? {}).length > 5));

		it("hold types that parse, and exactly the objects that these reach", () => {
			const texts = [
				...Object.values(facts.resources).flatMap((of) => [...Object.values(of.inputs), ...Object.values(of.outputs)]),
				...Object.values(facts.objects).flatMap((of) => Object.values(of.fields)),
			];
			texts.forEach((text) => {
				parseType(text);
			});
			const named = new Set(texts.flatMap((text) => [...text.matchAll(/#([\w.$-]+)/g)].map((match) => match[1])));
			assert.deepEqual([...named].sort(), Object.keys(facts.objects).sort());
		});

		it("name replacing paths that exist", () => {
			for (const [token, of] of Object.entries(facts.resources)) {
				const unknown = of.replaceOn.filter((path) => !Object.hasOwn(of.inputs, path.split(/[.[]/)[0] ?? ""));
				assert.deepEqual(unknown, [], token);
			}
		});

		it("hold values, names and references of the models at paths that exist", () => {
			for (const model of models.values()) {
				const paths = [
					...Object.keys(model.values ?? {}),
					...(model.references ?? []).map((reference) => reference.path),
				];
				for (const path of [...paths, ...(model.name ? [model.name.path] : [])]) {
					assert.ok(reaches(pkg, model.type, path), `${model.type} has ${path}`);
				}
			}
		});

		it("agree with the shared schema", function () {
			const file = join(DATA, `schema-${pkg}.json.gz`);
			if (!existsSync(file)) {
				this.skip();
			}
			const { resources } = schema.parse(JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")));
			for (const token of [...models.keys()].filter((each) => !Object.hasOwn(CUSTOM_KINDS, each))) {
				const [own, theirs] = [facts.resources[token], resources[token]];
				assert.ok(own && theirs, token);
				assert.deepEqual(Object.keys(own.inputs).sort(), Object.keys(theirs.inputs).sort(), `${token} inputs`);
				assert.deepEqual(own.required, [...theirs.required].sort(), `${token} required`);
				assert.deepEqual(Object.keys(own.outputs).sort(), [...theirs.outputs].sort(), `${token} outputs`);
				assert.deepEqual(own.secretOutputs, [...(theirs.secretOutputs ?? [])].sort(), `${token} secrets`);
			}
		});
	});
}

/** True where the SDK's types have a path such as `rules[].filter.prefix`. */
function reaches(pkg: string, token: string, path: string): boolean {
	const facts = factsFor(pkg);
	let texts = [factsOfType(token)?.inputs ?? {}];
	const steps = path.replaceAll("[]", "").split(".");
	return steps.every((step) => {
		const found = texts.flatMap((fields) => (Object.hasOwn(fields, step) ? [fields[step] ?? ""] : []));
		const objects = found.flatMap((text) => [...text.matchAll(/#([\w.$-]+)/g)].map((match) => match[1] ?? ""));
		texts = objects.map((name) => facts.objects[name]?.fields ?? {});
		return found.length > 0;
	});
}

describe("facts", () => {
	it("give nothing for a type that is not in use", () => assert.equal(factsOfType("aws:sqs/queue:Queue"), undefined));

	it("throw for a package without facts", () => assert.throws(() => factsFor("nothing"), /ENOENT/));

	it("mark secrets and replacements that the engine must know", () => {
		assert.deepEqual(factsOfType("kubernetes:core/v1:Secret")?.secretOutputs, ["data", "stringData"]);
		assert.ok(factsOfType("aws:ec2/subnet:Subnet")?.replaceOn.includes("cidrBlock"));
		assert.ok(factsOfType("aws:ec2/subnet:Subnet")?.replaceOn.includes("region"));
		assert.ok(factsOfType("aws:eks/cluster:Cluster")?.replaceOn.includes("roleArn"));
		assert.ok(factsOfType("kubernetes:apps/v1:Deployment")?.replaceOn.includes("spec.selector"));
	});

	it("carry every correction of the replace table", () => {
		for (const { token, add = [], remove = [] } of REPLACE_CORRECTIONS) {
			const replaceOn = factsOfType(token)?.replaceOn ?? [];
			assert.deepEqual(
				add.filter((path) => !replaceOn.includes(path)),
				[],
				token,
			);
			assert.deepEqual(
				remove.filter((path) => replaceOn.includes(path)),
				[],
				token,
			);
		}
	});

	it("need no path language beyond that of valuesAt", () => {
		assert.equal(valuesAt({ a: [{ b: "c" }] }, "a[].b")[0]?.path, "a[0].b");
	});
});

describe("mergeSides", () => {
	const sides = (output: string) =>
		mergeSides({
			package: "test",
			version: "1",
			resources: {
				"test:a:A": { inputs: { a: "#A" }, required: [], outputs: { a: "#A$out" }, secretOutputs: [], replaceOn: [] },
			},
			objects: {
				A: { fields: { b: "#B" }, required: ["b"] },
				A$out: { fields: { b: "#B$out" }, required: [] },
				B: { fields: { c: "string" }, required: [] },
				B$out: { fields: { c: output }, required: [] },
			},
		});

	it("drops output twins with the fields of the input", () => {
		const merged = sides("string");
		assert.deepEqual(Object.keys(merged.objects), ["A", "B"]);
		assert.equal(merged.resources["test:a:A"]?.outputs.a, "#A");
	});

	it("keeps twins that differ somewhere below", () => {
		assert.deepEqual(Object.keys(sides("number").objects), ["A", "A$out", "B", "B$out"]);
	});
});
