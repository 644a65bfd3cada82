import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive } from "../../lib/process-alive";
import { ClusterClient } from "../../sandbox/clusters/cluster-client";
import { layoutOf } from "../../sandbox/control-plane/layout";
import { Inventory } from "../../sandbox/inventory/inventory";
import { eksEntries, inCluster } from "../support/eks-entries";
import { eventually } from "../support/processes";
import { errorsOf, PulumiProject, stepsOf } from "../support/pulumi-project";
import { controlPlanePrograms } from "../support/real-cluster";
import { type ResourceEntry, resourceProgram } from "../support/resource-program";
import { TemporaryHome } from "../support/temporary-home";

const count = 60;
const namespace = inCluster("namespace", "v1", "Namespace", { metadata: { name: "research" } });
const settings = Array.from({ length: count }, (_, i) =>
	inCluster(`settings-${i}`, "v1", "ConfigMap", {
		metadata: { name: `settings-${i}`, namespace: { $ref: "namespace.metadata.name" } },
		data: { number: String(i) },
	}),
);
const program: readonly ResourceEntry[] = [...eksEntries(), namespace, ...settings];

describe("a cluster's control plane that is killed", () => {
	let home: TemporaryHome;
	let project: PulumiProject;

	before(async () => {
		await controlPlanePrograms();
		home = new TemporaryHome();
		const files = { "index.js": resourceProgram, "resources.json": JSON.stringify(program) };
		project = await PulumiProject.create(home, "faults", { files, stacks: ["main"] });
	});

	after(() => home.close());

	/** The folder of the only cluster. */
	const folder = (): string => {
		const clusters = join(home.sandbox, "clusters");
		return join(clusters, readdirSync(clusters)[0] ?? "");
	};

	/** Ids of the control plane's processes: etcd, API server and the others, in the order of their start. */
	const pids = (): number[] => JSON.parse(readFileSync(join(folder(), "processes.json"), "utf8"));

	const recorded = (): number =>
		Inventory.read(home.sandbox)
			.objects()
			.filter(({ type }) => type === "kubernetes:core/v1:ConfigMap").length;

	/** Names of the program's objects that are really there. */
	async function present(): Promise<string[]> {
		const client = new ClusterClient(layoutOf(folder()).kubeconfig("admin"));
		try {
			const maps = await client.list("v1", "ConfigMap", "research");
			return maps.map(({ metadata }) => metadata.name).filter((name) => name.startsWith("settings-"));
		} finally {
			await client.close();
		}
	}

	const up = async (entries = program) => {
		project.write({ "resources.json": JSON.stringify(entries) });
		return project.run(["up", "--stack", "main"], await home.attached());
	};

	it("fails an update with a clear error where its API server dies under it, and the next converges", async () => {
		project.write({ "resources.json": JSON.stringify(program) });
		const running = project.start(["up", "--stack", "main"], await home.attached());
		await eventually(() => recorded() >= 5, "five objects are made", 120_000);
		process.kill(pids()[1] ?? 0, "SIGKILL");
		const run = await running.finished;
		assert.notEqual(run.code, 0);
		assert.match(
			errorsOf(run).join("\n"),
			/the cluster's API server does not answer: its control plane has ended; run/,
		);
		const next = await up();
		assert.equal(next.code, 0, next.stdout);
		assert.equal((await present()).length, count);
		assert.deepEqual(stepsOf(await project.run(["preview", "--stack", "main"], await home.attached())), []);
	});

	it("ends with its sandbox, however that dies, and loses nothing", async () => {
		const before = pids();
		assert.equal(before.length, 5);
		await home.stopSandbox("SIGKILL");
		await eventually(() => before.every((pid) => !isAlive(pid)), "every process of the control plane ends");
		const next = await up();
		assert.equal(next.code, 0, next.stdout);
		assert.deepEqual(stepsOf(next), []);
	});

	it("is rid of what its sandbox made and did not live to record", async () => {
		const client = new ClusterClient(layoutOf(folder()).kubeconfig("sandbox"));
		const stray = (name: string, fieldManager: string) =>
			client.apply(
				{ apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "research" }, data: { a: "b" } },
				{ fieldManager },
			);
		// Starts the control plane.
		const refreshed = await project.run(["refresh", "--stack", "main"], await home.attached());
		assert.equal(refreshed.code, 0, `${refreshed.stdout}${refreshed.stderr}`);
		await stray("settings-lost", "pulumi-kubernetes");
		await stray("settings-of-a-person", "kubectl");
		await client.close();
		await home.stopSandbox("SIGKILL");
		const again = await project.run(["refresh", "--stack", "main"], await home.attached());
		assert.equal(again.code, 0, `${again.stdout}${again.stderr}`);
		const names = await present();
		assert.equal(names.includes("settings-lost"), false);
		assert.ok(names.includes("settings-of-a-person"));
		assert.equal(names.length, count + 1);
	});

	it("says why a pod finds no node, keeps what was made, and goes on when it is mended", async () => {
		const deployment = (replicas: number) =>
			inCluster("server", "apps/v1", "Deployment", {
				metadata: { name: "server", namespace: { $ref: "namespace.metadata.name" } },
				spec: {
					replicas,
					selector: { matchLabels: { app: "server" } },
					template: {
						metadata: { labels: { app: "server" } },
						spec: { containers: [{ name: "server", image: "server" }] },
					},
				},
			});
		const stuck = await up([...program, deployment(1)]);
		assert.notEqual(stuck.code, 0);
		assert.match(
			errorsOf(stuck).join("\n"),
			/Deployment research\/server is not ready .* no nodes available to schedule/,
		);
		const mended = await up([...program, deployment(0)]);
		assert.equal(mended.code, 0, mended.stdout);
		assert.deepEqual(stepsOf(mended), ["update server"]);
	});

	it("leaves no process and no file when the cluster is destroyed", async () => {
		const before = pids();
		const run = await project.run(["destroy", "--stack", "main"], await home.attached());
		assert.equal(run.code, 0, run.stdout);
		assert.deepEqual(
			before.filter((pid) => isAlive(pid)),
			[],
		);
		assert.deepEqual(readdirSync(join(home.sandbox, "clusters")), []);
	});
});
