import assert from "node:assert/strict";
import { isAlive } from "../../lib/process-alive";
import { eventually } from "../support/processes";
import { type EngineRun, errorsOf, PulumiProject } from "../support/pulumi-project";
import { TemporaryHome } from "../support/temporary-home";

const secret = "s3cr3t-of-the-test";

/** A program that waits for ever, after it told its own process and the language host's. */
const waits = `
require("node:fs").writeFileSync("waiting.json", JSON.stringify({ program: process.pid, host: process.ppid }));
setInterval(() => {}, 1000);
`;

/** A program that reports how it was started and what configuration it sees. */
const reportsItself = `
const { readFileSync, writeFileSync } = require("node:fs");
const pulumi = require("@pulumi/pulumi");
const config = new pulumi.Config();
const commandLines = [process.pid, process.ppid].map((pid) => {
	try { return readFileSync("/proc/" + pid + "/cmdline", "utf8"); } catch { return ""; }
});
writeFileSync("report.json", JSON.stringify({
	arguments: [...process.argv, ...process.execArgv, ...commandLines],
	greeting: config.require("greeting"),
	token: config.require("token"),
	isSecret: config.getSecret("token") !== undefined && pulumi.runtime.isConfigSecret("language-host:token"),
	stack: pulumi.getStack(),
	project: pulumi.getProject(),
	isPreview: pulumi.runtime.isDryRun(),
	directory: process.cwd(),
}));
exports.greeting = config.require("greeting");
exports.token = config.requireSecret("token");
`;

const manifest = JSON.stringify({ name: "pack", version: "0.1.0", main: "index.js" });

/** A pack that reads the stack's configuration while it loads, as it may, and reports it. */
const reportsConfiguration = `
const pulumi = require("@pulumi/pulumi");
const { PolicyPack } = require("@pulumi/policy");
const greeting = new pulumi.Config("language-host").require("greeting");
console.log("a pack may print while it loads");
new PolicyPack("tells", {
	policies: [{
		name: "tell",
		description: "Tells the stack's greeting.",
		enforcementLevel: "mandatory",
		validateStack: (args, report) => report("greeting is " + greeting + " in " + pulumi.getStack()),
	}],
});
`;

describe("the language host under the real engine", () => {
	let home: TemporaryHome;
	let project: PulumiProject;

	before(async () => {
		home = new TemporaryHome();
		project = await PulumiProject.create(home, "language-host", { files: { "index.js": "" } });
		await project.must(["config", "set", "greeting", "hello"]);
		await project.must(["config", "set", "--secret", "token", secret]);
	});

	after(() => home.close());

	function run(program: string, args: readonly string[] = ["preview"]): Promise<EngineRun> {
		project.write({ "index.js": program });
		return project.run(args);
	}

	it("runs a program with its configuration, and gives its outputs to the engine", async () => {
		const result = await run(reportsItself, ["up"]);
		assert.equal(result.code, 0, result.stdout + result.stderr);
		const report = JSON.parse(project.read("report.json"));
		assert.equal(report.greeting, "hello");
		assert.equal(report.token, secret);
		assert.deepEqual([report.project, report.stack, report.isPreview], ["language-host", "test", false]);
		assert.equal(report.directory, project.folder);
		const { stdout } = await project.must(["stack", "output", "--json"]);
		assert.deepEqual(JSON.parse(stdout), { greeting: "hello", token: "[secret]" });
	});

	it("passes secrets in the environment alone, marked as such", async () => {
		await run(reportsItself);
		const report = JSON.parse(project.read("report.json"));
		assert.equal(report.token, secret);
		assert.equal(report.isSecret, true);
		assert.equal(report.isPreview, true);
		assert.ok(report.arguments.join(" ").includes("cmd/run"), "the arguments are those of the program's process");
		assert.equal(JSON.stringify(report.arguments).includes(secret), false);
	});

	it("reports a RunError once and without a stack trace", async () => {
		// Thrown outside the SDK's frames: Node 20 takes 18 s to colour a stack that names a file of @pulumi/pulumi itself.
		const result = await run(
			`const pulumi = require("@pulumi/pulumi"); setImmediate(() => { throw new pulumi.RunError("the program gives up"); });`,
		);
		assert.notEqual(result.code, 0);
		assert.deepEqual(errorsOf(result), ["the program gives up\n"]);
		assert.equal(/\n\s+at /.test(result.stdout + result.stderr), false);
	});

	it("reports the exit code of a program that ends itself", async () => {
		const result = await run("process.exit(3);");
		assert.notEqual(result.code, 0);
		assert.deepEqual(errorsOf(result), ["an unhandled error occurred: the program exited with code 3\n"]);
	});

	it("tells the engine the program's dependencies and itself", async () => {
		const { stdout } = await project.must(["about", "--json"]);
		const about: { runtime: { version: string }; dependencies: { name: string }[] } = JSON.parse(stdout);
		assert.equal(about.runtime.version, process.version);
		assert.deepEqual(
			about.dependencies.map(({ name }) => name),
			["@pulumi/pulumi"],
		);
	});

	it("runs a policy pack with the stack's configuration, which it may read while it loads", async () => {
		project.write({
			"index.js": "",
			"pack/PulumiPolicy.yaml": "runtime: nodejs\n",
			"pack/package.json": manifest,
			"pack/index.js": reportsConfiguration,
		});
		const result = await project.run(["preview", "--policy-pack", "pack"]);
		assert.equal(result.code, 1);
		const reports = result.events.flatMap((event) => event.policyEvent ?? []);
		assert.equal(reports.length, 1, result.stdout);
		assert.equal(reports[0]?.policyName, "tell");
		assert.match(reports[0]?.message ?? "", /greeting is hello in test/);
	});

	it("fails the preview where a policy pack throws while it loads, and says why", async () => {
		project.write({
			"index.js": "",
			"broken/PulumiPolicy.yaml": "runtime: nodejs\n",
			"broken/package.json": manifest,
			"broken/index.js": `throw new Error("this pack is broken");`,
		});
		const result = await project.run(["preview", "--policy-pack", "broken"]);
		assert.notEqual(result.code, 0);
		assert.match(result.stdout + result.stderr, /this pack is broken/);
	});

	describe("with a program that does not end", () => {
		interface Waiting {
			readonly program: number;
			readonly host: number;
		}

		async function startWaiting(): Promise<{ cli: ReturnType<PulumiProject["start"]>; waiting: Waiting }> {
			project.remove("waiting.json");
			project.write({ "index.js": waits });
			const cli = project.start(["preview"]);
			await eventually(
				() => project.has("waiting.json") && project.read("waiting.json").endsWith("}"),
				"it waits",
				30_000,
			);
			const waiting: Waiting = JSON.parse(project.read("waiting.json"));
			assert.ok(isAlive(waiting.program) && isAlive(waiting.host), "the program and its host run");
			return { cli, waiting };
		}

		function gone({ program, host }: Waiting): boolean {
			return !isAlive(program) && !isAlive(host);
		}

		it("ends the program and the host when the engine is interrupted", async () => {
			const { cli, waiting } = await startWaiting();
			process.kill(cli.pid, "SIGINT");
			await eventually(() => gone(waiting), "program and host end");
			assert.notEqual((await cli.finished).code, 0);
		});

		it("ends with the program when the engine is killed", async () => {
			const { cli, waiting } = await startWaiting();
			process.kill(cli.pid, "SIGKILL");
			await eventually(() => gone(waiting), "program and host end");
			await cli.finished;
		});

		it("ends the program when the host itself is interrupted, and the engine reports it", async () => {
			const { cli, waiting } = await startWaiting();
			process.kill(waiting.host, "SIGINT");
			await eventually(() => gone(waiting), "program and host end");
			assert.notEqual((await cli.finished).code, 0);
		});
	});
});
