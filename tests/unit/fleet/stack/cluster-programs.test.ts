import assert from "node:assert/strict";
import type { Console } from "../../../../fleet/console";
import { prepareClusters } from "../../../../fleet/stack/cluster-programs";

describe("prepareClusters", () => {
	const variable = "MERIDIAN_SANDBOX_CLUSTERS";
	const before = process.env[variable];

	afterEach(() => {
		if (before === undefined) {
			delete process.env[variable];
		} else {
			process.env[variable] = before;
		}
	});

	function console(said: string[]): Console {
		return { say: (line = "") => said.push(line), data: () => {}, status: () => {}, live: false };
	}

	it("says once on a console what emulated clusters mean", async () => {
		process.env[variable] = "emulated";
		const said: string[] = [];
		const one = console(said);
		await prepareClusters(one);
		await prepareClusters(one);
		assert.equal(said.length, 1);
		assert.match(
			said[0] ?? "",
			/^Clusters are emulated, as MERIDIAN_SANDBOX_CLUSTERS says: .* Kubernetes \d+\.\d+ only, and no pod is scheduled$/,
		);
		await prepareClusters(console(said));
		assert.equal(said.length, 2);
	});
});
