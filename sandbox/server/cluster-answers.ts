import type { Properties } from "../../lib/values";
import { text } from "../check/inputs";
import { clusterRequests } from "../cluster-requests";
import type { Clusters } from "../clusters/clusters";

/** True for questions about the sandbox's clusters, which are no function of any cloud. */
export function isClusterRequest(token: string): boolean {
	return Object.values<string>(clusterRequests).includes(token);
}

/** Answers a question about clusters; without real ones there are none. */
export async function answerClusterRequest(
	token: string,
	args: Properties,
	clusters: Clusters | undefined,
): Promise<Properties> {
	if (token === clusterRequests.list) {
		return { clusters: clusters?.list().map((cluster) => ({ ...cluster })) ?? [] };
	}
	const running = await clusters?.open(text(args, "key") ?? "");
	if (running === undefined) {
		throw new Error("this sandbox runs no real clusters");
	}
	return { folder: running.plane.layout.folder, port: running.plane.port };
}
