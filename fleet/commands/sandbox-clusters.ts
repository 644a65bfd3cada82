import { ExitCode, UserError } from "../../lib/errors";
import { ensureSandbox } from "../../sandbox/client";
import { listClusters, openCluster } from "../../sandbox/cluster-access";
import type { ClusterSummary } from "../../sandbox/cluster-requests";
import { portableKubeconfig } from "../../sandbox/control-plane/kubeconfig";
import { loadEnvironment } from "../../spec/load";
import type { Console } from "../console";
import { podLines, standInLines } from "../report/clusters";
import { environmentClusters, reportClusters } from "../stack/clusters";

/** Starts a cluster of the emulated clouds and prints a kubeconfig for it: certificate and key are in it. */
export async function kubeconfig(name: string, console: Console): Promise<ExitCode> {
	const sandbox = await ensureSandbox();
	const clusters = (await listClusters(sandbox)).filter(({ folder }) => folder !== undefined);
	const cluster = named(name, clusters);
	const { layout, port } = await openCluster(sandbox, cluster.key);
	console.data(portableKubeconfig(layout, cluster.name, port));
	return ExitCode.ok;
}

/** Says what runs where in the environment's clusters, what is pending and why. */
export async function pods(
	options: { readonly environment: string; readonly json: boolean },
	console: Console,
): Promise<ExitCode> {
	const { spec } = loadEnvironment(options.environment);
	const sandbox = await ensureSandbox();
	const clusters = await environmentClusters(spec, sandbox);
	if (clusters.length === 0) {
		throw new UserError(`Environment ${options.environment} has no cluster with a control plane now`, {
			code: ExitCode.notFound,
			remedy: `bring it up: npx meridian up ${options.environment}; a cluster that was made emulated stays so until it is destroyed`,
		});
	}
	const reports = await reportClusters(sandbox, clusters);
	if (options.json) {
		const document = { schemaVersion: 1, environment: options.environment, clusters: reports };
		console.data(`${JSON.stringify(document, null, 2)}\n`);
	} else {
		console.data(`${[...reports.flatMap(podLines), "", ...standInLines(reports)].join("\n").trimEnd()}\n`);
	}
	return ExitCode.ok;
}

/** The cluster of a name, or the only one whose name holds it, as a cell's id. */
function named(name: string, clusters: readonly ClusterSummary[]): ClusterSummary {
	const exact = clusters.filter((cluster) => cluster.name === name);
	const fitting = exact.length > 0 ? exact : clusters.filter((cluster) => cluster.name.includes(name));
	const [only] = fitting;
	if (only === undefined || fitting.length > 1) {
		const known = clusters.map((cluster) => cluster.name).join(", ");
		throw new UserError(
			fitting.length > 1 ? `Several clusters are named like ${name}` : `There is no cluster ${name} in the sandbox`,
			{
				code: ExitCode.notFound,
				remedy: known === "" ? "bring an environment up: npx meridian up dev" : `clusters: ${known}`,
			},
		);
	}
	return only;
}
