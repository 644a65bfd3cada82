import { UserError } from "../../lib/errors";
import { wantsRealClusters } from "../../sandbox/cluster-programs";
import { ensureControlPlane } from "../../toolchain/control-plane/ensure";
import { kubernetesVersion } from "../../toolchain/control-plane/programs";
import { controlPlaneGoVersion } from "../../toolchain/versions";
import type { Console } from "../console";

const minor = kubernetesVersion.split(".").slice(0, 2).join(".");

/** What holds for clusters that are emulated only. */
const otherwise = `objects in clusters are checked against the schema of Kubernetes ${minor} only, and no pod is scheduled`;

const told = new WeakSet<Console>();

/** Makes the programs of control planes where they are missing; where that cannot be, says once what it means. */
export async function prepareClusters(console: Console): Promise<void> {
	const why = await obstacle(console);
	if (why !== undefined && !told.has(console)) {
		told.add(console);
		console.say(`${why}: ${otherwise}`);
	}
}

async function obstacle(console: Console): Promise<string | undefined> {
	if (!wantsRealClusters()) {
		return "Clusters are emulated, as MERIDIAN_SANDBOX_CLUSTERS says";
	}
	try {
		const programs = await ensureControlPlane(console.say);
		return programs
			? undefined
			: `There are no programs of a control plane and no Go ${controlPlaneGoVersion} to build them`;
	} catch (error) {
		if (error instanceof UserError) {
			return error.message.split("\n")[0];
		}
		throw error;
	}
}
