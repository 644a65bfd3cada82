import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
	appendFileSync,
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ExitCode, UserError } from "../../../lib/errors";
import { ensureCli, findCli } from "../../../toolchain/cli";
import { hostName } from "../../../toolchain/language-host/bundle";
import { pulumiVersion } from "../../../toolchain/versions";

const script = `#!/bin/sh\necho v${pulumiVersion}\n`;
const archiveName = `pulumi-v${pulumiVersion}-${process.platform}-${process.arch}.tar.gz`;

describe("the CLI finder", () => {
	let folder: string;
	let server: Server;
	let releases: string;
	let files: Map<string, Buffer>;
	let requests: number;

	before((done) => {
		server = createServer((request, response) => {
			requests += 1;
			const body = files.get(request.url ?? "");
			response.writeHead(body ? 200 : 404).end(body);
		}).listen(0, "127.0.0.1", () => {
			const address = server.address();
			releases = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
			done();
		});
	});

	after(() => {
		server.closeAllConnections();
		server.close();
	});

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "meridian-test-"));
		files = new Map();
		requests = 0;
		for (const name of ["cache", "bin"]) {
			mkdirSync(join(folder, name));
		}
	});

	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	/** Nothing on PATH, nothing in the cache; releases come from the test's server unless said. */
	function environment(address = releases): NodeJS.ProcessEnv {
		return { PATH: join(folder, "bin"), MERIDIAN_CACHE: join(folder, "cache"), MERIDIAN_PULUMI_RELEASES: address };
	}

	/** Publishes a release with a script for a CLI; its checksum is right unless given. */
	function publish(checksum?: string): void {
		mkdirSync(join(folder, "release/pulumi"), { recursive: true });
		for (const [name, text] of [
			["pulumi", script],
			[hostName, "#!/bin/sh\necho the official host\n"],
		] as const) {
			writeFileSync(join(folder, "release/pulumi", name), text);
			chmodSync(join(folder, "release/pulumi", name), 0o755);
		}
		execFileSync("tar", ["-czf", join(folder, "release.tar.gz"), "-C", join(folder, "release"), "pulumi"]);
		const bytes = readFileSync(join(folder, "release.tar.gz"));
		const sum = checksum ?? createHash("sha256").update(bytes).digest("hex");
		files.set(`/v${pulumiVersion}/${archiveName}`, bytes);
		const sums = `${"0".repeat(64)}  pulumi-v${pulumiVersion}-plan9-mips.tar.gz\n${sum}  ${archiveName}\n`;
		files.set(`/v${pulumiVersion}/pulumi-${pulumiVersion}-checksums.txt`, Buffer.from(sums));
	}

	function putOnPath(version: string): void {
		writeFileSync(join(folder, "bin/pulumi"), `#!/bin/sh\necho ${version}\n`);
		chmodSync(join(folder, "bin/pulumi"), 0o755);
	}

	const binary = (): string => join(folder, "cache/pulumi", pulumiVersion, "pulumi");

	it("says both remedies where there is neither a CLI nor Go nor the release page", async () => {
		// Port 1 of the loopback is closed everywhere that tests run.
		await assert.rejects(
			ensureCli(() => {}, environment("http://127.0.0.1:1")),
			(error) => {
				assert.ok(error instanceof UserError);
				assert.equal(error.code, ExitCode.usage);
				assert.match(error.message, /There is no Pulumi CLI.*there is no Go/);
				assert.match(error.remedy ?? "", /install Go .* or Pulumi /);
				return true;
			},
		);
		assert.equal(existsSync(binary()), false);
	});

	it("takes one on PATH that is new enough, with a language host of ours where it has none", async () => {
		putOnPath("v3.999.0");
		const cli = await findCli(environment());
		assert.equal(cli?.source, "PATH");
		assert.equal(cli?.version, "3.999.0");
		assert.equal(cli?.command, join(folder, "bin/pulumi"));
		assert.ok(existsSync(join(cli?.hostFolder ?? "", hostName)));
	});

	it("passes over one on PATH that is too old", async () => {
		putOnPath("v3.100.0");
		assert.equal(await findCli(environment()), undefined);
	});

	it("passes over one on PATH that does not run", async () => {
		writeFileSync(join(folder, "bin/pulumi"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
		assert.equal(await findCli(environment()), undefined);
	});

	it("downloads the official release with its own language host, once", async () => {
		publish();
		const said: string[] = [];
		const cli = await ensureCli((line) => said.push(line), environment());
		assert.equal(cli.source, "download");
		assert.deepEqual(said, [`Pulumi CLI ${pulumiVersion} downloaded and verified.`]);
		assert.equal(execFileSync(cli.command, { encoding: "utf8" }), `v${pulumiVersion}\n`);
		assert.equal(execFileSync(join(cli.hostFolder, hostName), { encoding: "utf8" }), "the official host\n");
		const before = requests;
		assert.equal((await ensureCli(() => {}, environment())).source, "cache");
		assert.equal(requests, before);
	});

	it("downloads once where two commands want it at the same time", async () => {
		publish();
		const found = await Promise.all([ensureCli(() => {}, environment()), ensureCli(() => {}, environment())]);
		assert.deepEqual(found.map(({ source }) => source).sort(), ["cache", "download"]);
		assert.equal(requests, 2);
	});

	it("refuses a release whose checksum is not the publisher's", async () => {
		publish("0".repeat(64));
		await assert.rejects(
			ensureCli(() => {}, environment()),
			(error) => {
				assert.ok(error instanceof UserError);
				assert.equal(error.code, ExitCode.failed);
				assert.match(error.message, /its checksum [0-9a-f]{64} is not the one that the publisher gives/);
				return true;
			},
		);
		assert.equal(existsSync(binary()), false);
		assert.equal(await findCli(environment()), undefined);
	});

	it("gives up a copy in the cache that was changed since it was recorded, and gets a good one", async () => {
		publish();
		const { command } = await ensureCli(() => {}, environment());
		await new Promise((resolve) => setTimeout(resolve, 20));
		appendFileSync(binary(), "# damaged\n");
		assert.equal(await findCli(environment()), undefined);
		const again = await ensureCli(() => {}, environment());
		assert.equal(again.source, "download");
		assert.equal(again.command, command);
		assert.equal(readFileSync(again.command, "utf8"), script);
	});

	it("gives up a copy in the cache that is not the recorded one, in a checkout with another host", async () => {
		publish();
		const { hostFolder } = await ensureCli(() => {}, environment());
		rmSync(hostFolder, { recursive: true });
		writeFileSync(binary(), "#!/bin/sh\necho v3.999.0\n");
		assert.equal(await findCli(environment()), undefined);
	});
});
