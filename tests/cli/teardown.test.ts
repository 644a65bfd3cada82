import { strict as assert } from "node:assert";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { Inventory } from "../../sandbox/inventory/inventory";
import { specKey } from "../../spec/load";
import { specValue } from "../support/environments";
import { ProjectCopy } from "../support/project-copy";

/** Dev with everything that staging has: modules' pools, the backbone with its links, the egress firewalls. */
function growDev(project: ProjectCopy): void {
	const file = join(project.root, "Pulumi.dev.yaml");
	const settings: { config: { [key: string]: object } } = parse(readFileSync(file, "utf8"));
	const dev = specValue("dev");
	const staging = specValue("staging");
	settings.config[specKey] = {
		...dev,
		network: staging.network,
		inference: staging.inference,
		regions: staging.regions,
		// Roles of staging's account administer staging's clusters.
		accounts: { ...asObject(dev.accounts), aws: { id: "320987654321" } },
	};
	writeFileSync(file, stringify(settings));
}

function asObject(value: unknown): object {
	return typeof value === "object" && value !== null ? value : {};
}

describe("the teardown of everything", () => {
	let project: ProjectCopy;
	before(() => {
		project = new ProjectCopy({ MERIDIAN_SANDBOX_CLUSTERS: "emulated" });
		growDev(project);
	});
	after(() => project.close());

	const live = (): string[] =>
		Inventory.read(join(project.home, "sandbox"))
			.objects()
			.map(({ type }) => type);

	it("follows an update that brings up pools, backbone, links and firewalls of three clouds", async () => {
		const { code, stderr } = await project.run(["up", "dev", "--json"]);
		assert.equal(code, 0, stderr);
		assert.ok(live().length > 500);
	});

	it("takes balancers, pools, interfaces, groups and subnets away in the order that the clouds want, and leaves nothing", async () => {
		const { code, stdout, stderr } = await project.run(["destroy", "dev", "--json"]);
		assert.equal(code, 0, stderr);
		const { leftovers }: { leftovers: unknown[] } = JSON.parse(stdout);
		assert.deepEqual(leftovers, []);
		assert.deepEqual(live(), []);
	});

	it("can be followed by another update: names that the clouds keep are not in the way", async () => {
		const { code, stderr } = await project.run(["up", "dev", "--json"]);
		assert.equal(code, 0, stderr);
	});
});
