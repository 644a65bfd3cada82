import { strict as assert } from "node:assert";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { ExitCode } from "../../lib/errors";
import { Inventory, inventoryFile } from "../../sandbox/inventory/inventory";
import { itMadeWhatTheBlueprintSays } from "../support/blueprint-equality";
import { ProjectCopy } from "../support/project-copy";

describe("meridian up and destroy", () => {
	let project: ProjectCopy;
	before(() => {
		project = new ProjectCopy();
	});
	after(() => project.close());

	const live = (): number => Inventory.read(join(project.home, "sandbox")).objects().length;

	it("refuses a public endpoint before anything exists, naming rule, resource and remedy, and exits 5", async () => {
		project.edit("components/cluster/aws.ts", "endpointPublicAccess: listed", "endpointPublicAccess: true");
		const { code, stderr } = await project.run(["up", "dev"]);
		project.restore("components/cluster/aws.ts");
		assert.match(
			stderr,
			/A20 .*aws:eks\/cluster:Cluster aws-us-east-1-cluster {2}\(components\/cluster\/aws\.ts:\d+\)/,
		);
		assert.match(stderr, /to mend it: set endpointPublicAccess false/);
		assert.equal(code, ExitCode.policyDenied);
		assert.equal(live(), 0);
	});

	it("refuses a disk without encryption before anything exists, and exits 5", async () => {
		project.edit("components/compute/aws-nodes.ts", 'encrypted: "true"', 'encrypted: "false"');
		const { code, stderr } = await project.run(["up", "dev"]);
		project.restore("components/compute/aws-nodes.ts");
		assert.match(stderr, /A05 /);
		assert.equal(code, ExitCode.policyDenied);
		assert.equal(live(), 0);
	});

	it("does not pass a rule that throws: names it and exits 5", async () => {
		const file = "policies/rules/aws/kms-key-rotation.ts";
		project.edit(file, "judge: (node, given, context) =>", "judge: boom, planted: (node, given, context) =>");
		appendFileSync(join(project.root, file), broken);
		const { code, stderr } = await project.run(["up", "dev"]);
		project.restore(file);
		assert.match(stderr, /rule A02 failed to run/);
		assert.equal(code, ExitCode.policyDenied);
		assert.equal(live(), 0);
	});

	it("creates the environment, tells what exists, and exits 7 with --detailed-exitcode", async () => {
		const { code, stdout } = await project.run(["up", "dev", "--detailed-exitcode"]);
		assert.equal(code, ExitCode.changes);
		assert.match(stdout, /dev is up/);
		assert.match(stdout, /dev: \+ \d+ create\n/);
		assert.match(stdout, /Next: npx meridian sandbox pods dev/);
		assert.ok(live() > 100);
		const clusters = [...stdout.matchAll(/(\S+-cluster): (\d+) of (\d+) nodes Ready, (\d+) of (\d+) pods placed\n/g)];
		assert.equal(clusters.length, 3);
		for (const [line, , ready, nodes, placed, pods] of clusters) {
			assert.deepEqual([ready, placed], [nodes, pods], line);
			assert.ok(Number(nodes) >= 7 && Number(pods) >= 20, line);
		}
		assert.match(stdout, /Placeholder pods, [\s\S]*chart argo-cd \(30\)/);
	});

	itMadeWhatTheBlueprintSays(() => project);

	it("tells what runs where, GPU nodes and system nodes Ready", async () => {
		const { code, stdout } = await project.run(["sandbox", "pods", "dev", "--json"]);
		assert.equal(code, ExitCode.ok);
		const { clusters } = JSON.parse(stdout);
		for (const { placement } of clusters) {
			assert.equal(placement.nodes.ready, placement.nodes.total);
			const nodes = new Set(placement.pods.map((pod: { node: string }) => pod.node));
			assert.equal(nodes.size, placement.nodes.total, "agents run on every node, GPU nodes too");
		}
		const kubeconfig = await project.run(["sandbox", "kubeconfig", "azure-swedencentral"]);
		assert.match(JSON.parse(kubeconfig.stdout).clusters[0].cluster.server, /^https:\/\/127\.0\.0\.1:\d+$/);
		const unknown = await project.run(["sandbox", "kubeconfig", "nowhere"]);
		assert.equal(unknown.code, ExitCode.notFound);
		assert.match(unknown.stderr, /To mend it: clusters: frontier-dev-aws-us-east-1-cluster, /);
	});

	it("fails a plan and a check where a pod finds no node, in the scheduler's words", async () => {
		project.edit("catalogue/charts.ts", '"controller", "250m"', '"controller", "9"');
		const planned = await project.run(["plan", "dev"]);
		const checked = await project.run(["check", "dev", "--schedule", "--json"]);
		project.restore("catalogue/charts.ts");
		assert.equal(planned.code, ExitCode.failed);
		assert.match(
			planned.stderr,
			/frontier-dev-gcp-europe-west4-cluster: argocd\/argocd-application-controller-0, .* find no node: 0\/7 nodes are available: 3 Insufficient cpu, 4 node\(s\) had untolerated taint\(s\)\n/,
		);
		assert.equal(checked.code, ExitCode.failed);
		const { problems } = JSON.parse(checked.stdout).schedule;
		assert.deepEqual(problems.map(({ path }: { path: string }) => path).sort(), [
			"frontier-dev-aws-us-east-1-cluster",
			"frontier-dev-azure-swedencentral-cluster",
			"frontier-dev-gcp-europe-west4-cluster",
		]);
	});

	it("changes nothing the second time", async () => {
		const before = readFileSync(inventoryFile(join(project.home, "sandbox")), "utf8");
		const { code, stdout } = await project.run(["up", "dev", "--detailed-exitcode", "--json"]);
		assert.equal(code, ExitCode.ok);
		const report = JSON.parse(stdout);
		assert.equal(report.schemaVersion, 1);
		assert.deepEqual(Object.keys(report.stacks[0].applied), ["same"]);
		assert.equal(readFileSync(inventoryFile(join(project.home, "sandbox")), "utf8"), before);
	});

	it("prints the outputs", async () => {
		const { stdout } = await project.run(["outputs", "dev", "--json"]);
		const { dev } = JSON.parse(stdout).stacks;
		assert.equal(dev["aws-us-east-1"].clusterName, "frontier-dev-aws-us-east-1-cluster");
		assert.match(dev.global.auditBucketArn, /^arn:aws:s3:::/);
	});

	it("plans a changed figure as a change of what it decides", async () => {
		for (const zone of ["us-east-1a", "europe-west4-b", '"1"']) {
			project.edit("Pulumi.dev.yaml", `zone: ${zone}\n            nodes: 4`, `zone: ${zone}\n            nodes: 5`);
		}
		const { stdout } = await project.run(["plan", "dev", "--json"]);
		project.restore("Pulumi.dev.yaml");
		const { planned } = JSON.parse(stdout).stacks[0];
		assert.equal(planned.update, 3);
		assert.equal(planned.replace ?? 0, 0);
	});

	it("reports a damaged inventory with file and line, and loses nothing", async () => {
		await project.run(["sandbox", "stop"]);
		const file = inventoryFile(join(project.home, "sandbox"));
		const bytes = readFileSync(file);
		const damaged = Buffer.from(bytes);
		damaged[Math.floor(bytes.length / 2)] = (damaged[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
		writeFileSync(file, damaged);
		const { code, stderr } = await project.run(["up", "dev"]);
		assert.match(stderr, /The sandbox's inventory is damaged: line \d+ of .*inventory\.log/);
		assert.equal(code, ExitCode.failed);
		assert.deepEqual(readFileSync(file), damaged);
		writeFileSync(file, bytes);
	});

	it("reports a busy port and how to take another", async () => {
		const holder = createServer();
		await new Promise<void>((resolve) => holder.listen(0, "127.0.0.1", resolve));
		const address = holder.address();
		const port = typeof address === "object" && address !== null ? address.port : 0;
		const { code, stderr } = await project.run(["up", "dev"], { MERIDIAN_SANDBOX_PORT: String(port) });
		holder.close();
		assert.match(stderr, new RegExp(`Port ${port} of 127.0.0.1, which the sandbox wants for aws, is in use`));
		assert.equal(code, ExitCode.failed);
	});

	it("destroys everything, and names what the cloud retains", async () => {
		const { code, stdout, stderr } = await project.run(["destroy", "dev"]);
		assert.equal(code, ExitCode.ok, stderr);
		assert.match(stdout, /Left in the sandbox: 0 live objects, 33 that the cloud retains/);
		const retained = Inventory.read(join(project.home, "sandbox")).retained();
		const counts: { [type: string]: number } = {};
		for (const { object } of retained) {
			counts[object.type] = (counts[object.type] ?? 0) + 1;
		}
		assert.deepEqual(counts, {
			"aws:kms/key:Key": 6,
			"azure-native:keyvault:Key": 3,
			"azure-native:keyvault:Vault": 2,
			"azure-native:operationalinsights:Workspace": 2,
			"gcp:kms/cryptoKey:CryptoKey": 4,
			"gcp:kms/keyRing:KeyRing": 2,
			"gcp:projects/service:Service": 14,
		});
		assert.equal(live(), 0);
	});

	it("comes up again after it was destroyed", async () => {
		const { code, stdout, stderr } = await project.run(["up", "dev"]);
		assert.equal(code, ExitCode.ok, stderr);
		assert.match(stdout, /dev: \+ \d+ create\n/);
	});
});

const broken = `
function boom(): never {
	throw new Error("planted");
}
`;
