import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { projectRoot } from "../../lib/folders";
import type { Blueprint, ResourceNode } from "../../lib/graph";
import { evaluate } from "../../policies/engine/evaluate";
import { rules } from "../../policies/rules";
import { blueprintOf, specValue } from "../support/environments";

/** The entries that the page shows, as a reader would copy them. */
function entries(): { readonly cloud: string; readonly region: string }[] {
	const page = readFileSync(join(projectRoot, "docs", "add-a-region.md"), "utf8");
	return [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].flatMap(([, block]) => parse(block ?? ""));
}

/** Types of a cell's resources with their number, without what depends on the machines and people that it names. */
function shape(blueprint: Blueprint, cell: string): { [type: string]: number } {
	const own = blueprint.resources.filter((node) => node.cell === cell && !/-fabric-gpu-|-admits-/.test(node.name));
	const counts = new Map<string, number>();
	for (const { type } of own) {
		counts.set(type, (counts.get(type) ?? 0) + 1);
	}
	return Object.fromEntries([...counts].sort(([a], [b]) => a.localeCompare(b)));
}

/** A resource without what tells where it stands in the program's text. */
function facts({ source: _, ...node }: ResourceNode): Omit<ResourceNode, "source"> {
	return node;
}

describe("docs/add-a-region.md", () => {
	const added = entries();
	let present: Blueprint;
	let after: Blueprint;

	before(async () => {
		const dev = specValue("dev");
		const regions: unknown = dev.regions;
		assert.ok(Array.isArray(regions));
		present = await blueprintOf(dev);
		after = await blueprintOf({ ...dev, regions: [...regions, ...added] });
	});

	it("shows an entry for each cloud", () => {
		assert.deepEqual(added.map(({ cloud }) => cloud).sort(), ["aws", "azure", "gcp"]);
	});

	it("builds one more cell for each entry, in dependency order", () => {
		const cells = added.map(({ cloud, region }) => `${cloud}-${region}`);
		assert.deepEqual(after.cells, [...present.cells, ...cells].sort());
	});

	for (const { cloud, region } of added) {
		it(`builds ${cloud}-${region} of the same parts as its sibling`, () => {
			const sibling = present.cells.find((cell) => cell.startsWith(`${cloud}-`));
			assert.ok(sibling);
			const mine = shape(after, `${cloud}-${region}`);
			// The sibling names administrators and connected networks, which an entry may leave out.
			const optional = /AccessEntry|AccessPolicyAssociation|ClusterRoleBinding|SecurityGroupIngressRule/;
			const wanted = Object.entries(shape(present, sibling)).filter(([type]) => !optional.test(type));
			assert.deepEqual(
				Object.entries(mine).filter(([type]) => !optional.test(type)),
				wanted,
			);
		});
	}

	it("changes nothing of the cells that were there", () => {
		const others = new Map(after.resources.map((node) => [node.urn, facts(node)]));
		for (const node of present.resources) {
			assert.deepEqual(others.get(node.urn), facts(node));
		}
	});

	it("is let through by every rule", () => {
		const context = { environment: "dev", target: "sandbox", relaxed: true } as const;
		const findings = evaluate(rules, after.resources, context, {});
		assert.deepEqual(
			findings.filter(({ verdict }) => verdict === "fail").map(({ rule, urn }) => `${rule} ${urn}`),
			[],
		);
	});
});
