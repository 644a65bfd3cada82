import { strict as assert } from "node:assert";
import type { ResourceNode } from "../../lib/graph";
import { checkFacts } from "../../sandbox/check/facts-check";
import { factsFor } from "../../sandbox/facts";
import { sandboxPackages } from "../../sandbox/packages";
import { awsOnly, blueprintOf, specValue, withSetting } from "../support/environments";

/** What the program registers in every shape that the specification allows. */
async function everything(): Promise<ResourceNode[]> {
	const pool = "regions.0.gpuPools.0";
	const window = { starts: "2026-12-01T11:30:00Z", ends: "2026-12-15T11:30:00Z" };
	const block = { kind: "capacity-block", id: "cr-0123456789abcdef0", ...window };
	const shapes = [
		specValue("dev"),
		specValue("staging"),
		specValue("prod"),
		withSetting(specValue("dev"), `${pool}.capacity`, block),
		withSetting(awsOnly("dev"), "network", { backbone: true, egress: { control: "allow-list" } }),
	];
	const nodes: ResourceNode[] = [];
	for (const shape of shapes) {
		nodes.push(...(await blueprintOf(shape)).resources);
	}
	return nodes.filter((node) => node.custom && !node.type.startsWith("pulumi:"));
}

describe("the sandbox", () => {
	let nodes: ResourceNode[];
	before(async () => {
		nodes = await everything();
	});

	it("has a model of every type that the program uses", () => {
		const unknown = nodes.filter((node) => !sandboxPackages.get(node.provider?.package ?? "")?.models.has(node.type));
		assert.deepEqual([...new Set(unknown.map((node) => node.type))], []);
	});

	it("has facts of every property that the program sets", () => {
		const faults = nodes.flatMap((node) =>
			checkFacts(factsFor(node.provider?.package ?? ""), node.type, node.inputs).map(
				(fault) => `${node.type} ${fault.property}: ${fault.reason}`,
			),
		);
		assert.deepEqual([...new Set(faults)], []);
	});
});
