import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ExitCode, UserError } from "../../../../lib/errors";
import { ensureControlPlane } from "../../../../toolchain/control-plane/ensure";
import { storeFolder } from "../../../../toolchain/control-plane/find";
import { etcdVersion, kubernetesVersion, kwokVersion } from "../../../../toolchain/control-plane/programs";
import { writeControlPlane, writeScript } from "../../../support/fake-programs";

/** A Go that notes its builds and writes each program: one to the file that `-o` names, several into that folder. */
const building = (log: string): string => `
if [ "$1" = env ]; then echo go1.99.0; exit 0; fi
while [ "$1" != -o ]; do shift; done
target=$2
shift 2
echo "$@" >>${log}
for package in "$@"; do
	case $target in
		*/) program=$target\${package##*/} ;;
		*) program=$target ;;
	esac
	echo "#!/bin/sh" >"$program"
	/bin/chmod +x "$program"
done`;

describe("ensureControlPlane", () => {
	let folder: string;
	let environment: NodeJS.ProcessEnv;
	let said: string[];

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "meridian-test-"));
		environment = { PATH: join(folder, "bin"), MERIDIAN_CACHE: join(folder, "cache") };
		said = [];
	});

	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	const ensure = () => ensureControlPlane((line) => said.push(line), environment);
	const store = (): string => storeFolder(environment);

	it("gives nothing where nothing is found and there is no Go to build it, and touches nothing", async () => {
		mkdirSync(join(folder, "bin"));
		assert.equal(await ensure(), undefined);
		assert.deepEqual([said, existsSync(join(folder, "cache"))], [[], false]);
	});

	it("gives nothing where the Go that is there is too old", async () => {
		writeScript(join(folder, "bin"), "go", "echo go1.24.9");
		assert.equal(await ensure(), undefined);
		assert.deepEqual(said, []);
	});

	it("takes what is there without asking for Go", async () => {
		writeControlPlane(join(folder, "bin"), { kubernetes: kubernetesVersion, etcd: etcdVersion, kwok: kwokVersion });
		writeScript(join(folder, "bin"), "go", `echo asked >${join(folder, "asked")}`);
		assert.equal((await ensure())?.etcd, join(folder, "bin/etcd"));
		assert.deepEqual([said, existsSync(join(folder, "asked"))], [[], false]);
	});

	it("builds what is missing, once, and sweeps up after a build that was interrupted", async () => {
		const log = join(folder, "builds");
		writeScript(join(folder, "bin"), "go", building(log));
		writeScript(join(folder, "bin"), "kwok", `echo kwok version v${kwokVersion}`);
		mkdirSync(join(store(), "building-interrupted"), { recursive: true });
		const programs = await ensure();
		assert.equal(programs?.kwok, join(folder, "bin/kwok"));
		assert.equal(programs?.["kube-scheduler"], join(store(), "kube-scheduler"));
		assert.deepEqual(
			said.map((line) => line.replace(/ for .*: /, ": ")),
			[
				`Building Kubernetes ${kubernetesVersion}: kube-apiserver, kube-controller-manager, kube-scheduler ...`,
				`Building etcd ${etcdVersion}: etcd ...`,
			],
		);
		assert.deepEqual(
			readdirSync(store()).filter((name) => !name.endsWith(".json")),
			["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler"],
		);
		assert.equal(linesOf(log), 2);
		assert.deepEqual(await ensure(), programs);
		assert.equal(linesOf(log), 2);
	});

	it("says what Go said where it cannot build, and leaves nothing half made", async () => {
		const script = `if [ "$1" = env ]; then echo go1.99.0; exit 0; fi\necho no route to the module proxy >&2\nexit 1`;
		writeScript(join(folder, "bin"), "go", script);
		await assert.rejects(ensure(), (error) => {
			assert.ok(error instanceof UserError);
			assert.equal(error.code, ExitCode.failed);
			assert.match(error.message, /^Kubernetes [\d.]+ could not be built:\nno route to the module proxy$/);
			assert.match(error.remedy ?? "", /KUBEBUILDER_ASSETS/);
			return true;
		});
		assert.deepEqual(readdirSync(store()), []);
	});
});

function linesOf(file: string): number {
	return readFileSync(file, "utf8").trim().split("\n").length;
}
