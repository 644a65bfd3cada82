import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gkeKinds } from "../../catalogue/kubernetes/gke-networks";
import { AppliedObjects } from "../../sandbox/clusters/applied-objects";
import { ClusterClient } from "../../sandbox/clusters/cluster-client";
import { defineKinds } from "../../sandbox/clusters/definition";
import { syncNodes } from "../../sandbox/clusters/nodes";
import { preparedEtcd } from "../../sandbox/clusters/prepared-etcd";
import { ControlPlane } from "../../sandbox/control-plane/control-plane";
import { Guard } from "../../sandbox/control-plane/guard";
import { clusterObject, controlPlanePrograms, node } from "../support/real-cluster";
import { type Measure, timed } from "./measure";

const objects = 300;
const atOnce = 8;
const nodes = Array.from({ length: 7 }, (_, i) => node(`node-${i}`, i < 4 ? 8 : 0));

/** What a control plane costs: time until its nodes are ready, memory, and how fast it takes objects. */
export async function clusterMeasures(runs: number): Promise<Measure[]> {
	const programs = await controlPlanePrograms();
	const guard = new Guard();
	const folder = mkdtempSync(join(tmpdir(), "meridian-bench-"));
	const [ready, memory, rate]: number[][] = [[], [], []];
	try {
		const store = join(folder, "prepared");
		const template = await preparedEtcd(gkeKinds, { store, programs, guard });
		for (let i = 0; i < runs; i++) {
			const begun = await timed(() => start(join(folder, `cluster-${i}`), { programs, guard, template }));
			const { plane, client } = begun.result;
			ready?.push(begun.seconds);
			rate?.push(await appliedPerSecond(client));
			memory?.push(residentMib(plane.pids));
			await client.close();
			await plane.stop();
		}
	} finally {
		guard.close();
		rmSync(folder, { recursive: true, force: true });
	}
	return [
		{ what: "cluster of 7 nodes ready, prepared data", unit: "s", aim: 10, samples: ready ?? [] },
		{ what: "memory of a control plane", unit: "MiB", samples: memory ?? [] },
		{ what: `objects made, ${atOnce} at once`, unit: "1/s", samples: rate ?? [] },
	];
}

async function start(
	folder: string,
	options: Pick<Parameters<typeof ControlPlane.start>[0], "programs" | "guard" | "template">,
): Promise<{ plane: ControlPlane; client: ClusterClient }> {
	const settings = { services: "10.96.0.0/16", pods: "10.244.0.0/16", issuer: "https://bench.invalid" };
	const plane = await ControlPlane.start({ cluster: "bench", folder, settings, ...options });
	const client = new ClusterClient(plane.layout.kubeconfig("sandbox"));
	await defineKinds(client, gkeKinds);
	await syncNodes(client, nodes);
	return { plane, client };
}

async function appliedPerSecond(client: ClusterClient): Promise<number> {
	const applied = new AppliedObjects(() => Promise.resolve(client));
	const names = Array.from({ length: objects }, (_, i) => `settings-${i}`);
	const { seconds } = await timed(() =>
		Promise.all(
			Array.from({ length: atOnce }, async (_, lane) => {
				for (const name of names.filter((_name, i) => i % atOnce === lane)) {
					const inputs = { metadata: { name, namespace: "default" }, data: { a: "b" } };
					await applied.create(clusterObject("kubernetes:core/v1:ConfigMap", inputs));
				}
			}),
		),
	);
	return objects / seconds;
}

/** Pages are 4 KiB on the platforms that have /proc with this layout. */
function residentMib(pids: readonly number[]): number {
	const pages = pids.map((pid) => Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1] ?? 0));
	return (pages.reduce((sum, each) => sum + each, 0) * 4) / 1024;
}
