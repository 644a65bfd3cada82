import type { SandboxObject } from "../../sandbox/model";

/** A live object of the emulated cloud: a role unless said otherwise. */
export function sandboxObject(overrides: Partial<SandboxObject> = {}): SandboxObject {
	const { type = "aws:iam/role:Role", id = "nodes" } = overrides;
	const inputs = overrides.inputs ?? { name: id };
	return {
		type,
		id,
		urn: `urn:pulumi:test::tests::${type}::${id}`,
		account: "111122223333",
		region: "us-east-1",
		inputs,
		outputs: inputs,
		...overrides,
	};
}
