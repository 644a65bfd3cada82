import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { complete, findPrograms, fits, storeFolder } from "../../../../toolchain/control-plane/find";
import { etcdVersion, kubernetesVersion, kwokVersion } from "../../../../toolchain/control-plane/programs";
import { record } from "../../../../toolchain/receipt";
import { writeControlPlane, writeScript } from "../../../support/fake-programs";

const pinned = { kubernetes: kubernetesVersion, etcd: etcdVersion, kwok: kwokVersion };

describe("fits", () => {
	it("takes any patch of the same minor where the minor counts", () => {
		const rule = { version: "1.36.3", fits: "minor" } as const;
		assert.deepEqual(
			["1.36.0", "1.36.3", "1.36.12", "1.35.3", "1.37.0", "2.36.3"].map((version) => fits(rule, version)),
			[true, true, true, false, false, false],
		);
	});

	it("takes the same version and any later one otherwise", () => {
		const rule = { version: "0.8.0", fits: "later" } as const;
		assert.deepEqual(
			["0.8.0", "0.8.1", "0.10.0", "1.0.0", "0.7.9"].map((version) => fits(rule, version)),
			[true, true, true, true, false],
		);
	});
});

describe("findPrograms", () => {
	let folder: string;
	let environment: NodeJS.ProcessEnv;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "meridian-test-"));
		environment = {
			PATH: join(folder, "bin"),
			KUBEBUILDER_ASSETS: join(folder, "assets"),
			MERIDIAN_CACHE: join(folder, "cache"),
		};
	});

	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	/** Names of the found programs, with where each was found. */
	const found = async (): Promise<string[]> =>
		(await findPrograms(environment)).map(({ name, source, version }) => `${name} ${version} ${source}`);

	it("finds nothing where there is nothing", async () => {
		assert.deepEqual(await findPrograms(environment), []);
		assert.equal(complete([]), undefined);
	});

	it("takes the programs of envtest's folder before those on PATH", async () => {
		writeControlPlane(join(folder, "assets"), { ...pinned, kubernetes: "1.36.1" });
		writeControlPlane(join(folder, "bin"), pinned);
		assert.deepEqual(complete(await findPrograms(environment)), {
			"kube-apiserver": join(folder, "assets/kube-apiserver"),
			"kube-controller-manager": join(folder, "assets/kube-controller-manager"),
			"kube-scheduler": join(folder, "assets/kube-scheduler"),
			etcd: join(folder, "assets/etcd"),
			kwok: join(folder, "assets/kwok"),
		});
		assert.ok((await found()).includes("kube-scheduler 1.36.1 PATH"));
	});

	it("completes what envtest brings, an API server and etcd, with what is on PATH", async () => {
		writeControlPlane(join(folder, "bin"), pinned);
		writeScript(join(folder, "assets"), "etcd", `echo etcd Version: ${etcdVersion}`);
		const programs = complete(await findPrograms(environment));
		assert.equal(programs?.etcd, join(folder, "assets/etcd"));
		assert.equal(programs?.kwok, join(folder, "bin/kwok"));
	});

	it("is not complete where one program is missing", async () => {
		writeControlPlane(join(folder, "bin"), pinned);
		for (const name of ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd", "kwok"]) {
			const rest = (await findPrograms(environment)).filter((each) => each.name !== name);
			assert.equal(complete(rest), undefined, name);
		}
	});

	it("passes over what has another minor, does not run or prints no version", async () => {
		writeControlPlane(join(folder, "bin"), { ...pinned, kubernetes: "1.35.9", etcd: "3.5.21" });
		writeScript(join(folder, "bin"), "kube-scheduler", `echo Kubernetes v${kubernetesVersion}; exit 1`);
		writeScript(join(folder, "bin"), "kube-controller-manager", "echo Kubernetes");
		assert.deepEqual(await found(), [`kwok ${kwokVersion} PATH`]);
	});

	it("takes what was built and recorded, and gives up what was changed since", async () => {
		const store = storeFolder(environment);
		const kwok = writeScript(store, "kwok", "echo built");
		writeScript(store, "etcd", "echo not recorded");
		record(kwok, kwokVersion, "build");
		assert.deepEqual(await found(), [`kwok ${kwokVersion} cache`]);
		appendFileSync(kwok, "# changed\n");
		const later = new Date(Date.now() + 10_000);
		utimesSync(kwok, later, later);
		assert.deepEqual(await found(), []);
	});

	it("gives up what was built for another release", async () => {
		const kwok = writeScript(storeFolder(environment), "kwok", "echo built");
		record(kwok, "0.7.0", "build");
		assert.deepEqual(await found(), []);
	});
});
