import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { InvokeRequest } from "@pulumi/pulumi/proto/provider_pb";
import { ExitCode, UserError } from "../lib/errors";
import type { Properties } from "../lib/values";
import { unlimited } from "../toolchain/grpc-limits";
import { number, text } from "./check/inputs";
import { type ClusterSummary, clusterRequests } from "./cluster-requests";
import { ClusterClient } from "./clusters/cluster-client";
import { type Layout, layoutOf } from "./control-plane/layout";
import type { SandboxState } from "./files";
import { fromStruct, toStruct } from "./server/wire";

/** The clusters of a running sandbox. */
export async function listClusters(sandbox: SandboxState): Promise<ClusterSummary[]> {
	const { clusters } = await ask(sandbox, clusterRequests.list, {});
	const list: ClusterSummary[] = JSON.parse(JSON.stringify(clusters ?? []));
	return list;
}

/** Has the sandbox run a cluster, and gives where its files are and on which port its API server listens. */
export async function openCluster(sandbox: SandboxState, key: string): Promise<{ layout: Layout; port: number }> {
	const answer = await ask(sandbox, clusterRequests.open, { key });
	return { layout: layoutOf(text(answer, "folder") ?? ""), port: number(answer, "port") ?? 0 };
}

/** A client of a cluster, which the sandbox starts where it does not run. */
export async function clientOf(sandbox: SandboxState, key: string): Promise<ClusterClient> {
	return new ClusterClient((await openCluster(sandbox, key)).layout.kubeconfig("admin"));
}

async function ask(sandbox: SandboxState, token: string, args: Properties): Promise<Properties> {
	const client = new ResourceProviderClient(
		`127.0.0.1:${sandbox.ports.kubernetes}`,
		credentials.createInsecure(),
		unlimited,
	);
	const request = new InvokeRequest();
	request.setTok(token);
	request.setArgs(toStruct(args));
	try {
		return await new Promise((resolve, reject) => {
			client.invoke(request, (error, answer) =>
				error
					? reject(new UserError(`A cluster of the sandbox does not run: ${error.details}`, { code: ExitCode.failed }))
					: resolve(fromStruct(answer.getReturn())),
			);
		});
	} finally {
		client.close();
	}
}
