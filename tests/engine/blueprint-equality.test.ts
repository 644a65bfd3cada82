import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Blueprint, ResourceNode } from "../../lib/graph";
import { stackType, typeOfUrn } from "../../lib/names";
import { isObject, isUnknown, type Properties, type Value } from "../../lib/values";
import { Inventory } from "../../sandbox/inventory/inventory";
import { ProjectCopy } from "../support/project-copy";

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

describe("blueprint and engine", () => {
	// What is in clusters is the same for the engine, whatever stands behind them.
	const project = new ProjectCopy({ MERIDIAN_SANDBOX_CLUSTERS: "emulated" });
	let blueprint: Blueprint;
	let state: Map<string, StateResource>;

	before(async function () {
		this.timeout(240_000);
		const up = await project.run(["up", "dev"]);
		assert.equal(up.code, 0, up.stderr);
		blueprint = JSON.parse((await project.run(["synth", "dev"])).stdout);
		const checkpoint = JSON.parse(readFileSync(join(project.home, "state/.pulumi/stacks/meridian/dev.json"), "utf8"));
		const resources: StateResource[] = checkpoint.checkpoint.latest.resources;
		state = new Map(resources.filter((each) => each.type !== stackType).map((each) => [each.urn, each]));
	});
	after(() => project.close());

	const real = (node: ResourceNode): StateResource => {
		const found = state.get(node.urn);
		assert.ok(found, node.urn);
		return found;
	};

	it("have the same resources", () => {
		assert.deepEqual(
			blueprint.resources.map((node) => node.urn),
			[...state.keys()].sort(),
		);
	});

	it("agree on kinds and parents", () => {
		for (const node of blueprint.resources) {
			const { type, custom, parent } = real(node);
			assert.equal(node.type, type);
			assert.equal(node.custom, custom, node.urn);
			assert.equal(node.parent, parent === undefined || typeOfUrn(parent) === stackType ? undefined : parent, node.urn);
		}
	});

	it("agree on providers", () => {
		for (const node of blueprint.resources.filter((each) => each.custom)) {
			const provider = real(node).provider ?? "";
			assert.equal(node.provider?.urn ?? "", provider.slice(0, Math.max(0, provider.lastIndexOf("::"))), node.urn);
		}
	});

	it("agree on dependencies", () => {
		for (const node of blueprint.resources) {
			const { dependencies = [], propertyDependencies = {} } = real(node);
			assert.deepEqual(node.dependencies, [...dependencies].sort(), node.urn);
			const named = Object.entries(propertyDependencies).filter(([, urns]) => (urns ?? []).length > 0);
			const sorted = Object.fromEntries(named.map(([property, urns]) => [property, [...(urns ?? [])].sort()]));
			assert.deepEqual(node.propertyDependencies, sorted, node.urn);
		}
	});

	it("agree on the inputs that the sandbox's Check received", () => {
		const objects = new Map(
			Inventory.read(join(project.home, "sandbox"))
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
});
