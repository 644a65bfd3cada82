import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Blueprint, ResourceNode } from "../../lib/graph";
import { stackType, typeOfUrn } from "../../lib/names";
import { isObject, isUnknown, type Properties, type Value } from "../../lib/values";
import { Inventory } from "../../sandbox/inventory/inventory";
import type { ProjectCopy } from "./project-copy";

/** A resource as the engine's exported state has it. */
interface StateResource {
	readonly urn: string;
	readonly type: string;
	readonly custom: boolean;
	readonly parent?: string;
	readonly provider?: string;
	readonly dependencies?: readonly string[];
	readonly propertyDependencies?: { readonly [property: string]: readonly string[] | null };
	readonly inputs?: Properties;
}

/** True where the blueprint's value is the engine's, or says that it is not known before creation. */
function agrees(planned: Value | undefined, real: Value | undefined): boolean {
	if (isUnknown(planned)) {
		return real !== undefined;
	}
	if (Array.isArray(planned)) {
		return Array.isArray(real) && planned.length === real.length && planned.every((item, i) => agrees(item, real[i]));
	}
	if (isObject(planned)) {
		const keys = Object.keys({ ...planned, ...(isObject(real) ? real : {}) });
		return isObject(real) && keys.every((key) => agrees(planned[key], real[key]));
	}
	return planned === real;
}

/** Inputs without the name that the provider's Check makes where the program gives none. */
function withoutAutoName(node: ResourceNode, inputs: Properties | undefined): Properties | undefined {
	const { name, ...rest } = inputs ?? {};
	const made = !("name" in node.inputs) && typeof name === "string" && name.startsWith(`${node.name}-`);
	return made ? rest : inputs;
}

/** What the blueprint and the engine's state say of environment `dev`, which is up. */
async function readBoth(
	project: ProjectCopy,
): Promise<{ blueprint: Blueprint; state: ReadonlyMap<string, StateResource> }> {
	const { stdout } = await project.run(["synth", "dev"]);
	const checkpoint = JSON.parse(readFileSync(join(project.home, "state/.pulumi/stacks/meridian/dev.json"), "utf8"));
	const resources: StateResource[] = checkpoint.checkpoint.latest.resources;
	const state = new Map(resources.filter((each) => each.type !== stackType).map((each) => [each.urn, each]));
	return { blueprint: JSON.parse(stdout), state };
}

/** Tests that the engine made exactly what the blueprint says; to be called where `dev` of the project is up. */
export function itMadeWhatTheBlueprintSays(projectOf: () => ProjectCopy): void {
	let blueprint: Blueprint;
	let state: ReadonlyMap<string, StateResource>;

	const real = (node: ResourceNode): StateResource => {
		const found = state.get(node.urn);
		assert.ok(found, node.urn);
		return found;
	};

	it("made what the blueprint has: the same resources", async () => {
		({ blueprint, state } = await readBoth(projectOf()));
		assert.deepEqual(
			blueprint.resources.map((node) => node.urn),
			[...state.keys()].sort(),
		);
	});

	it("agrees with the blueprint on kinds and parents", () => {
		for (const node of blueprint.resources) {
			const { type, custom, parent } = real(node);
			assert.equal(node.type, type);
			assert.equal(node.custom, custom, node.urn);
			assert.equal(node.parent, parent === undefined || typeOfUrn(parent) === stackType ? undefined : parent, node.urn);
		}
	});

	it("agrees with the blueprint on providers", () => {
		for (const node of blueprint.resources.filter((each) => each.custom)) {
			const provider = real(node).provider ?? "";
			assert.equal(node.provider?.urn ?? "", provider.slice(0, Math.max(0, provider.lastIndexOf("::"))), node.urn);
		}
	});

	it("agrees with the blueprint on dependencies", () => {
		for (const node of blueprint.resources) {
			const { dependencies = [], propertyDependencies = {} } = real(node);
			assert.deepEqual(node.dependencies, [...dependencies].sort(), node.urn);
			const named = Object.entries(propertyDependencies).filter(([, urns]) => (urns ?? []).length > 0);
			const sorted = Object.fromEntries(named.map(([property, urns]) => [property, [...(urns ?? [])].sort()]));
			assert.deepEqual(node.propertyDependencies, sorted, node.urn);
		}
	});

	it("agrees with the blueprint on the inputs that the sandbox's Check received", () => {
		const objects = new Map(
			Inventory.read(join(projectOf().home, "sandbox"))
				.objects()
				.map((object) => [object.urn, object]),
		);
		const created = blueprint.resources.filter((node) => node.custom && !node.type.startsWith("pulumi:"));
		assert.ok(created.length > 100);
		for (const node of created) {
			const inputs = withoutAutoName(node, objects.get(node.urn)?.inputs);
			assert.ok(agrees(node.inputs, inputs), `${node.urn}\n${JSON.stringify(node.inputs)}\n${JSON.stringify(inputs)}`);
		}
	});
}
