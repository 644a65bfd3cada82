import { strict as assert } from "node:assert";
import { join } from "node:path";
import { ExitCode } from "../../lib/errors";
import { stackOfUrn } from "../../lib/names";
import { Inventory } from "../../sandbox/inventory/inventory";
import { ProjectCopy } from "../support/project-copy";

const stacks = ["staging-global", "staging-aws-us-east-1", "staging-azure-swedencentral", "staging-gcp-europe-west4"];

describe("an environment with a stack for each cell", () => {
	let project: ProjectCopy;
	before(() => {
		project = new ProjectCopy({
			MERIDIAN_SANDBOX_CLUSTERS: "emulated",
			PULUMI_CONFIG_PASSPHRASE: "a passphrase of this test",
		});
	});
	after(() => project.close());

	/** Stacks that have live objects, sorted. */
	const living = (): string[] => {
		const objects = Inventory.read(join(project.home, "sandbox")).objects();
		return [...new Set(objects.map(({ urn }) => stackOfUrn(urn)))].sort();
	};

	it("keeps a cell's failure its own: the others are brought up, exit 4 names the one and why", async () => {
		project.edit("components/network/gcp.ts", "const jumboMtu = 8896", "const jumboMtu = 9999");
		const { code, stderr } = await project.run(["up", "staging"]);
		project.restore("components/network/gcp.ts");
		assert.equal(code, ExitCode.someStacksFailed, stderr);
		assert.match(stderr, /1 of 4 stacks failed; 3 are done, 0 were skipped/);
		assert.match(stderr, /staging-gcp-europe-west4: .*failed:\n.*mtu/s);
		assert.match(stderr, /run npx meridian up staging again/);
		assert.deepEqual(living(), stacks.slice(0, 3).sort());
	});

	it("goes on where it stopped: what is done stays, the rest is made", async () => {
		const { code, stdout, stderr } = await project.run(["up", "staging", "--json", "--parallel", "2"]);
		assert.equal(code, 0, stderr);
		const report: { stacks: { stack: string; applied: { create?: number; same?: number } }[] } = JSON.parse(stdout);
		const made = report.stacks.flatMap(({ stack, applied }) => ((applied.create ?? 0) > 0 ? [stack] : []));
		assert.deepEqual(made, ["staging-gcp-europe-west4"]);
		assert.deepEqual(living(), [...stacks].sort());
	});

	it("changes nothing when it is run again, and works on one cell alone where it is named", async () => {
		const one = await project.run(["up", "staging", "--cell", "azure-swedencentral", "--json", "--detailed-exitcode"]);
		assert.equal(one.code, 0, one.stderr);
		const report: { stacks: { stack: string }[] } = JSON.parse(one.stdout);
		assert.deepEqual(
			report.stacks.map(({ stack }) => stack),
			["staging-azure-swedencentral"],
		);
		const all = await project.run(["plan", "staging", "--json", "--detailed-exitcode"]);
		assert.equal(all.code, 0, all.stderr);
	});

	it("destroys none of the cells where one is protected", async () => {
		const { code, stderr } = await project.run(["destroy", "staging"]);
		assert.notEqual(code, 0);
		assert.match(stderr, /holds \d+ protected resources; nothing was destroyed/);
		assert.deepEqual(living(), [...stacks].sort());
	});

	it("refuses a cell that there is not, and a number of stacks that makes no sense", async () => {
		const unknown = await project.run(["plan", "staging", "--cell", "aws-us-west-9"]);
		assert.equal(unknown.code, ExitCode.notFound);
		assert.match(unknown.stderr, /has no cell aws-us-west-9\n.*cells: global, aws-us-east-1/s);
		const none = await project.run(["up", "staging", "--parallel", "0"]);
		assert.equal(none.code, ExitCode.usage);
		assert.match(none.stderr, /--parallel: must be a whole number, 1 to 16 stacks, but 0 was given/);
	});
});
