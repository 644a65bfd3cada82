import type { Value } from "../../lib/values";

/** A resource of a test program; what is named here goes to the engine as it stands, right or wrong. */
export interface ResourceEntry {
	readonly name: string;
	/** Type token; `pulumi:providers:<package>` makes a provider. */
	readonly type: string;
	/**
	 * `{$ref: "vpc.id"}` stands for another resource's output, `{$secret: "..."}` for a secret, `{$kubeconfig: "eks"}`
	 * for the kubeconfig of a cluster resource.
	 */
	readonly inputs: { readonly [name: string]: Value };
	/** Name of the provider resource; without it the program's `aws` provider. */
	readonly provider?: string;
	/** Outputs that others refer to, beyond the id and the inputs. */
	readonly outputs?: readonly string[];
}

/** A program over any types: it makes what `resources.json` beside it lists, in that order. */
export const resourceProgram = `
const { readFileSync } = require("node:fs");
const pulumi = require("@pulumi/pulumi");
const entries = JSON.parse(readFileSync("resources.json", "utf8"));
const made = new Map();

function output(reference) {
	const [name, ...path] = reference.split(".");
	const root = path[0] === "id" ? made.get(name).id : made.get(name)[path[0]];
	return path.slice(1).reduce((value, step) => value.apply((inner) => inner[step]), root);
}

function kubeconfig(cluster) {
	const server = made.get(cluster).endpoint;
	return pulumi.jsonStringify({
		apiVersion: "v1",
		kind: "Config",
		clusters: [{ name: "c", cluster: { server } }],
		contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
		"current-context": "c",
		users: [{ name: "u", user: { exec: { command: "aws", apiVersion: "client.authentication.k8s.io/v1" } } }],
	});
}

function resolve(value) {
	if (Array.isArray(value)) return value.map(resolve);
	if (typeof value !== "object" || value === null) return value;
	if (value.$ref) return output(value.$ref);
	if (value.$secret) return pulumi.secret(value.$secret);
	if (value.$kubeconfig) return kubeconfig(value.$kubeconfig);
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner)]));
}

for (const { name, type, inputs, provider = "aws", outputs = [] } of entries) {
	const bag = resolve(inputs);
	const computed = Object.fromEntries(outputs.map((key) => [key, undefined]));
	if (type.startsWith("pulumi:providers:")) {
		made.set(name, new pulumi.ProviderResource(type.split(":")[2], name, bag));
	} else {
		made.set(name, new pulumi.CustomResource(type, name, { ...computed, ...bag }, { provider: made.get(provider) }));
	}
}
`;

/** The account and region of the test programs' AWS provider. */
export const home = { account: "111122223333", region: "us-east-1" } as const;

/** The AWS provider that resources without one of their own use. */
export const awsProvider: ResourceEntry = {
	name: "aws",
	type: "pulumi:providers:aws",
	inputs: { region: home.region, allowedAccountIds: JSON.stringify([home.account]) },
};
