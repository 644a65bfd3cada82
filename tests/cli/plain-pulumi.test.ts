import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { keepOnlyAws } from "../support/aws-only";
import { type CliResult, finished, ProjectCopy } from "../support/project-copy";

/** The variables that `meridian sandbox env` prints as shell lines. */
function exported(lines: string): { [name: string]: string } {
	const found = lines.matchAll(/^export ([A-Z_]+)='(.*)'$/gm);
	return Object.fromEntries([...found].map((match) => [match[1] ?? "", match[2] ?? ""]));
}

describe("plain pulumi in the sandbox", () => {
	const project = new ProjectCopy({ MERIDIAN_SANDBOX_CLUSTERS: "emulated" });
	let environment: { [name: string]: string };

	before(async () => {
		keepOnlyAws(project);
		const { code, stdout, stderr } = await project.run(["sandbox", "env"]);
		assert.equal(code, 0, stderr);
		environment = exported(stdout);
	});
	after(() => project.close());

	const pulumi = (args: readonly string[], extra: NodeJS.ProcessEnv = {}): Promise<CliResult> =>
		finished(
			spawn("pulumi", [...args, "--non-interactive"], {
				cwd: project.root,
				env: { ...process.env, ...environment, ...extra },
				stdio: ["ignore", "pipe", "pipe"],
			}),
		);
	const withPack = ["--policy-pack", "policies/packs/baseline"];

	it("previews with the policy pack", async () => {
		const { code, stdout, stderr } = await pulumi(["preview", "-s", "dev", ...withPack]);
		assert.equal(code, 0, stdout + stderr);
		assert.match(stdout, /meridian-baseline/);
		assert.match(stdout, /\+ \d+ to create/);
	});

	const refusals = [
		{
			kind: "a rule that joins resources",
			file: "components/cluster/aws.ts",
			from: "endpointPublicAccess: listed",
			to: "endpointPublicAccess: true",
			says: /A20 [a-z-]+: .*the public endpoint is not limited.*; set endpointPublicAccess false/,
			resource: /aws-us-east-1-cluster/,
		},
		{
			kind: "a rule of one resource",
			file: "components/keys/aws.ts",
			from: "rotationPeriodInDays: Math.floor(inDays(keys.rotation))",
			to: "rotationPeriodInDays: 2000",
			says: /A02 kms-key-rotation: rotationPeriodInDays: .*; set enableKeyRotation, a rotationPeriodInDays of at most 365/,
			resource: /aws:kms:Key: global-keys-audit/,
		},
	];
	for (const { kind, file, from, to, says, resource } of refusals) {
		it(`is refused by the pack where ${kind} fails: rule, resource and remedy are named`, async () => {
			project.edit(file, from, to);
			const { code, stdout } = await pulumi(["preview", "-s", "dev", ...withPack]);
			project.restore(file);
			assert.equal(code, 1);
			assert.match(stdout, says);
			assert.match(stdout, resource);
		});
	}

	it("creates nothing where the sandbox's providers are not attached", async () => {
		const { code, stdout } = await pulumi(["preview", "-s", "dev"], { PULUMI_DEBUG_PROVIDERS: "" });
		assert.equal(code, 1);
		assert.match(stdout, /has target sandbox, but the sandbox's providers are not attached/);
		assert.doesNotMatch(stdout, /at .*index\.ts/);
	});

	it("brings the environment up and destroys it", async () => {
		const up = await pulumi(["up", "-s", "dev", "--yes", "--skip-preview", ...withPack]);
		assert.equal(up.code, 0, up.stdout);
		const again = await pulumi(["preview", "-s", "dev", "--expect-no-changes"]);
		assert.equal(again.code, 0, again.stdout);
		const down = await pulumi(["destroy", "-s", "dev", "--yes", "--skip-preview"]);
		assert.equal(down.code, 0, down.stdout);
	});
});
