import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureCli } from "../../toolchain/cli";
import { runCommand } from "../../toolchain/command";
import { ensureControlPlane } from "../../toolchain/control-plane/ensure";
import { type Measure, timed } from "./measure";

/** Everything that is built once for a user, with every cache empty; modules are fetched anew. */
export async function coldBuild(): Promise<Measure[]> {
	const folder = mkdtempSync(join(tmpdir(), "meridian-cold-"));
	const environment = {
		...process.env,
		MERIDIAN_CACHE: join(folder, "cache"),
		GOCACHE: join(folder, "build"),
		GOMODCACHE: join(folder, "modules"),
	};
	try {
		const say = (line: string): void => void process.stderr.write(`${line}\n`);
		const cli = await timed(() => ensureCli(say, environment));
		const planes = await timed(() => ensureControlPlane(say, environment));
		const total = cli.seconds + planes.seconds;
		return [
			{ what: "cold build of the CLI", unit: "s", samples: [cli.seconds] },
			{ what: "cold build of a control plane's programs", unit: "s", samples: [planes.seconds] },
			{ what: "cold build of everything", unit: "s", aim: 600, samples: [total] },
		];
	} finally {
		// Modules are written without permission to delete them.
		await runCommand("go", ["clean", "-modcache"], { env: environment });
		rmSync(folder, { recursive: true, force: true });
	}
}
