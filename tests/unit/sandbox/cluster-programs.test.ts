import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clusterPrograms, wantsRealClusters } from "../../../sandbox/cluster-programs";
import { etcdVersion, kubernetesVersion, kwokVersion } from "../../../toolchain/control-plane/programs";
import { writeControlPlane } from "../../support/fake-programs";

describe("wantsRealClusters", () => {
	it("holds unless the user says that clusters are emulated", () => {
		assert.equal(wantsRealClusters({}), true);
		assert.equal(wantsRealClusters({ MERIDIAN_SANDBOX_CLUSTERS: "" }), true);
		assert.equal(wantsRealClusters({ MERIDIAN_SANDBOX_CLUSTERS: "emulated" }), false);
	});
});

describe("clusterPrograms", () => {
	const folder = mkdtempSync(join(tmpdir(), "meridian-test-"));
	const environment = { PATH: "", KUBEBUILDER_ASSETS: join(folder, "assets"), MERIDIAN_CACHE: join(folder, "cache") };

	before(() => {
		const versions = { kubernetes: kubernetesVersion, etcd: etcdVersion, kwok: kwokVersion };
		writeControlPlane(environment.KUBEBUILDER_ASSETS, versions);
	});

	after(() => rmSync(folder, { recursive: true, force: true }));

	it("are those that are found", async () => {
		assert.equal((await clusterPrograms(environment))?.kwok, join(folder, "assets/kwok"));
	});

	it("are none where clusters are emulated, whatever is found", async () => {
		assert.equal(await clusterPrograms({ ...environment, MERIDIAN_SANDBOX_CLUSTERS: "emulated" }), undefined);
	});

	it("are none where one is missing", async () => {
		rmSync(join(folder, "assets/kwok"));
		assert.equal(await clusterPrograms(environment), undefined);
	});
});
