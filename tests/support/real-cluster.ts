import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CustomKind } from "../../catalogue/kubernetes/custom-kind";
import type { Properties } from "../../lib/values";
import { AppliedObjects } from "../../sandbox/clusters/applied-objects";
import { ClusterClient } from "../../sandbox/clusters/cluster-client";
import { defineKinds } from "../../sandbox/clusters/definition";
import { syncNodes } from "../../sandbox/clusters/nodes";
import { ControlPlane } from "../../sandbox/control-plane/control-plane";
import { Guard } from "../../sandbox/control-plane/guard";
import { kubernetesModels } from "../../sandbox/kubernetes/registry";
import type { SandboxObject } from "../../sandbox/model";
import type { SimulatedNode } from "../../sandbox/nodes/node";
import { ensureControlPlane } from "../../toolchain/control-plane/ensure";
import type { ControlPlanePrograms } from "../../toolchain/control-plane/find";

/** The programs of a control plane, built where they are missing; a machine without Go fails here, and should. */
export async function controlPlanePrograms(): Promise<ControlPlanePrograms> {
	const programs = await ensureControlPlane((line) => process.stderr.write(`${line}\n`));
	if (programs === undefined) {
		throw new Error("these tests need the programs of a control plane, or Go to build them");
	}
	return programs;
}

/** A node with 8 cores, 32 GiB and, where said, GPUs. */
export function node(name: string, gpus = 0): SimulatedNode {
	const amounts = {
		cpu: "8",
		memory: "32Gi",
		pods: "110",
		...(gpus > 0 ? { "nvidia.com/gpu": String(gpus) } : {}),
	};
	return {
		name,
		labels: { "kubernetes.io/hostname": name },
		taints: [],
		capacity: amounts,
		allocatable: amounts,
		providerId: `test://${name}`,
	};
}

/** A control plane of a test's own with simulated nodes, and the provider's way to it. */
export class RealCluster {
	readonly objects: AppliedObjects;
	/** The same for what is not to become ready. */
	readonly impatient: AppliedObjects;
	private readonly clients: ClusterClient[] = [];

	private constructor(
		readonly plane: ControlPlane,
		readonly client: ClusterClient,
		private readonly guard: Guard,
	) {
		this.clients.push(client);
		this.objects = new AppliedObjects(() => Promise.resolve(client));
		this.impatient = new AppliedObjects(() => Promise.resolve(client), 3_000);
	}

	static async start(options: {
		readonly nodes: readonly SimulatedNode[];
		readonly kinds?: readonly CustomKind[];
		readonly programs?: ControlPlanePrograms;
	}): Promise<RealCluster> {
		const guard = new Guard();
		const plane = await ControlPlane.start({
			cluster: "research",
			folder: mkdtempSync(join(tmpdir(), "meridian-cluster-")),
			programs: options.programs ?? (await controlPlanePrograms()),
			settings: { services: "10.96.0.0/16", pods: "10.244.0.0/16", issuer: "https://research.invalid" },
			guard,
		});
		const client = new ClusterClient(plane.layout.kubeconfig("sandbox"));
		await defineKinds(client, options.kinds ?? []);
		await syncNodes(client, options.nodes);
		return new RealCluster(plane, client, guard);
	}

	/** The provider as a user of the cluster who is not its administrator. */
	actingFor(user: string): AppliedObjects {
		const client = new ClusterClient(this.plane.layout.kubeconfig("sandbox"), user);
		this.clients.push(client);
		return new AppliedObjects(() => Promise.resolve(client));
	}

	async close(): Promise<void> {
		await Promise.all(this.clients.map((client) => client.close()));
		await this.plane.stop();
		this.guard.close();
		rmSync(this.plane.layout.folder, { recursive: true, force: true });
	}
}

/** An object of a cluster as the sandbox records it; API version and kind are those of its type where inputs say none. */
export function clusterObject(type: string, inputs: Properties): SandboxObject {
	const [, groupVersion = "", kind = ""] = type.split(":");
	const own = { apiVersion: groupVersion.replace(/^core\//, ""), kind, ...inputs };
	const context = { inputs: own, logicalName: "thing", hex: () => "0", digits: () => "0", now: "2026-11-21T10:00:00Z" };
	const model = kubernetesModels.get(type);
	const world = { find: () => [], list: () => [], granted: () => undefined };
	const scope = { account: "research", region: "global" };
	const { id = "", outputs = {} } = model?.create({ ...context, world, scope, self: undefined }) ?? {};
	return { type, id, urn: `urn:pulumi:test::meridian::${type}::thing`, ...scope, inputs: own, outputs };
}
