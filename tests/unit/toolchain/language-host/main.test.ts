import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { credentials } from "@grpc/grpc-js";
import { LanguageRuntimeClient } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/language_pb";
import { projectRoot } from "../../../../lib/folders";
import { isAlive } from "../../../../lib/process-alive";
import { eventually } from "../../../support/processes";

/** Tells its process and waits for ever. */
const waits = `require("node:fs").writeFileSync("pid", String(process.pid)); setInterval(() => {}, 1000);`;

describe("the language host's process", () => {
	let folder: string;
	let host: ChildProcess;
	let client: LanguageRuntimeClient;

	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), "meridian-test-"));
		symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"), "dir");
		const entry = join(projectRoot, "toolchain/language-host/main.ts");
		// Port 1: there is no engine, and these tests need none.
		host = spawn(process.execPath, ["--require", "tsx/cjs", entry, "127.0.0.1:1"], {
			cwd: projectRoot,
			stdio: ["ignore", "pipe", "ignore"],
		});
		const port = await new Promise<string>((resolve, reject) => {
			host.stdout?.once("data", (chunk: Buffer) => resolve(chunk.toString("utf8").trim()));
			host.once("exit", (code) => reject(new Error(`the host ended with ${code}`)));
		});
		assert.match(port, /^\d+$/);
		client = new LanguageRuntimeClient(`127.0.0.1:${port}`, credentials.createInsecure());
	});

	afterEach(() => {
		client.close();
		host.kill("SIGKILL");
		endLeftOver();
		rmSync(folder, { recursive: true, force: true });
	});

	/** Where a test failed, its plugin may still wait. */
	function endLeftOver(): void {
		for (const name of ["tool", "pack"]) {
			const file = join(folder, name, "pid");
			if (existsSync(file) && isAlive(Number(readFileSync(file, "utf8")))) {
				process.kill(Number(readFileSync(file, "utf8")), "SIGKILL");
			}
		}
	}

	const hasEnded = (): boolean => host.exitCode !== null || host.signalCode !== null;

	/** Writes an entry point with its package file and gives the folder. */
	function write(name: string, text: string): string {
		const at = join(folder, name);
		mkdirSync(at, { recursive: true });
		writeFileSync(join(at, "index.js"), text);
		writeFileSync(join(at, "package.json"), JSON.stringify({ name, version: "1.0.0", main: "index.js" }));
		return at;
	}

	function plugin(kind: string, at: string): pb.RunPluginRequest {
		const info = new pb.ProgramInfo();
		info.setRootDirectory(at);
		info.setProgramDirectory(at);
		info.setEntryPoint(".");
		const request = new pb.RunPluginRequest();
		request.setKind(kind);
		request.setPwd(at);
		request.setInfo(info);
		request.setArgsList(["127.0.0.1:1"]);
		return request;
	}

	for (const signal of ["SIGINT", "SIGTERM"] as const) {
		it(`ends on ${signal}`, async () => {
			host.kill(signal);
			await eventually(hasEnded, "the host ends");
			assert.equal(host.exitCode, 0);
		});
	}

	it("gives a plugin's output and exit code back", async () => {
		const at = write(
			"tool",
			`console.log("said", process.argv.length > 2); console.error("warned"); process.exitCode = 5;`,
		);
		const call = client.runPlugin(plugin("tool", at));
		const seen = { stdout: "", stderr: "", code: -1 };
		await new Promise((resolve, reject) => {
			call.on("data", (part: pb.RunPluginResponse) => {
				seen.stdout += part.hasStdout() ? Buffer.from(part.getStdout_asU8()).toString("utf8") : "";
				seen.stderr += part.hasStderr() ? Buffer.from(part.getStderr_asU8()).toString("utf8") : "";
				seen.code = part.hasExitcode() ? part.getExitcode() : seen.code;
			});
			call.on("end", resolve);
			call.on("error", reject);
		});
		assert.equal(seen.code, 5);
		assert.match(seen.stdout, /said true/);
		assert.match(seen.stderr, /warned/);
	});

	it("ends a plugin whose call is cancelled", async () => {
		const at = write("tool", waits);
		const call = client.runPlugin(plugin("tool", at));
		call.on("error", () => {});
		const file = join(at, "pid");
		await eventually(() => existsSync(file) && readFileSync(file, "utf8") !== "", "the plugin runs");
		const pid = Number(readFileSync(file, "utf8"));
		call.cancel();
		await eventually(() => !isAlive(pid), "the plugin ends");
	});

	it("starts no policy pack whose call is cancelled before the stack's configuration is known", async () => {
		const at = write("pack", waits);
		const call = client.runPlugin(plugin("analyzer", at));
		call.on("error", () => {});
		await new Promise((resolve) => call.once("data", resolve));
		call.cancel();
		await new Promise((resolve) => setTimeout(resolve, 1_500));
		assert.equal(existsSync(join(at, "pid")), false);
		host.kill("SIGINT");
		await eventually(hasEnded, "the host ends");
	});

	it("names the engine's mistake where the SDK is not installed for a program", async () => {
		const request = new pb.RunRequest();
		const info = new pb.ProgramInfo();
		info.setProgramDirectory("/");
		request.setInfo(info);
		request.setPwd("/");
		await assert.rejects(
			new Promise((resolve, reject) => {
				client.run(request, (error, answer) => (error ? reject(error) : resolve(answer)));
			}),
			/@pulumi\/pulumi is not installed for \//,
		);
	});
});
