import assert from "node:assert/strict";
import { once } from "node:events";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { ExitCode, UserError } from "../../lib/errors";
import { isAlive } from "../../lib/process-alive";
import { discardFromSandbox, ensureSandbox, readInventory, resetSandbox, runningSandbox } from "../../sandbox/client";
import { logFile, stateFile } from "../../sandbox/files";
import { Inventory, inventoryFile } from "../../sandbox/inventory/inventory";
import { eventually } from "../support/processes";
import { ProviderClient } from "../support/provider-client";
import { PulumiProject } from "../support/pulumi-project";
import { awsProvider, type ResourceEntry, resourceProgram } from "../support/resource-program";
import { TemporaryHome } from "../support/temporary-home";

const policy = JSON.stringify({
	Version: "2012-10-17",
	Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: ["sts:AssumeRole"] }],
});

function role(name: string): ResourceEntry {
	return { name, type: "aws:iam/role:Role", inputs: { name, assumeRolePolicy: policy } };
}

function roleUrn(name: string): string {
	return `urn:pulumi:test::tests::aws:iam/role:Role::${name}`;
}

async function failure(run: Promise<unknown>): Promise<UserError> {
	try {
		await run;
	} catch (error) {
		assert.ok(error instanceof UserError, String(error));
		return error;
	}
	throw new assert.AssertionError({ message: "it must fail" });
}

describe("the sandbox's process", () => {
	let home: TemporaryHome;

	beforeEach(() => {
		home = new TemporaryHome();
	});

	afterEach(() => home.close());

	/** A configured AWS provider of the running sandbox. */
	async function provider(): Promise<ProviderClient> {
		const { ports } = await home.startSandbox();
		const client = new ProviderClient(ports.aws ?? 0);
		await client.configure(awsProvider.inputs);
		return client;
	}

	it("is started once, and ends when it is stopped", async () => {
		const [one, two] = await Promise.all([home.startSandbox(), home.startSandbox()]);
		assert.equal(one.pid, two.pid);
		assert.deepEqual(Object.keys(one.ports), ["aws", "kubernetes", "gcp", "azure-native"]);
		assert.equal((await runningSandbox(home.environment))?.pid, one.pid);
		await home.stopSandbox();
		assert.equal(isAlive(one.pid), false);
		assert.equal(existsSync(stateFile(home.sandbox)), false);
		assert.equal(await runningSandbox(home.environment), undefined);
	});

	it("is replaced where its code is older than the checkout's", async () => {
		const old = await home.startSandbox();
		writeFileSync(stateFile(home.sandbox), JSON.stringify({ ...old, fingerprint: "older" }));
		const fresh = await home.startSandbox();
		assert.notEqual(fresh.pid, old.pid);
		assert.equal(isAlive(old.pid), false);
	});

	it("refuses to start beside credentials that look real, without printing them", async () => {
		// Made up here from parts, so that no scanner takes it for a leak.
		const id = `AKIA${"Z".repeat(16)}`;
		const error = await failure(ensureSandbox({ ...home.environment, AWS_ACCESS_KEY_ID: id }));
		assert.equal(error.code, ExitCode.credentials);
		assert.match(error.message, /AWS_ACCESS_KEY_ID/);
		assert.match(error.remedy ?? "", /env -u AWS_ACCESS_KEY_ID/);
		assert.equal(`${error.message}${error.remedy}`.includes(id), false);
		assert.equal(existsSync(stateFile(home.sandbox)), false);
	});

	it("says which port is busy, and how to choose another", async () => {
		const holder = createServer();
		holder.listen(0, "127.0.0.1");
		await once(holder, "listening");
		const address = holder.address();
		const port = typeof address === "object" && address !== null ? address.port : 0;
		try {
			const error = await failure(ensureSandbox({ ...home.environment, MERIDIAN_SANDBOX_PORT: String(port) }));
			assert.equal(error.code, ExitCode.failed);
			assert.equal(
				error.message,
				`Port ${port} of 127.0.0.1, which the sandbox wants for aws, is in use by another program`,
			);
			assert.match(error.remedy ?? "", /MERIDIAN_SANDBOX_PORT/);
		} finally {
			holder.close();
		}
	});

	it("refuses a port that is none, before anything runs on it", async () => {
		const error = await failure(ensureSandbox({ ...home.environment, MERIDIAN_SANDBOX_PORT: "http" }));
		assert.match(error.message, /^MERIDIAN_SANDBOX_PORT must be a port from 1 to \d+, but "http" was given$/);
		assert.equal(existsSync(stateFile(home.sandbox)), false);
	});

	it("names the line of a damaged inventory, and starts no process", async () => {
		const client = await provider();
		for (const name of ["one", "two", "three"]) {
			await client.create(roleUrn(name), role(name).inputs);
		}
		client.close();
		await home.stopSandbox();
		const file = inventoryFile(home.sandbox);
		const bytes = readFileSync(file);
		const middle = bytes.indexOf('"name":"two"') + 9;
		bytes[middle] = (bytes[middle] ?? 0) ^ 1;
		writeFileSync(file, bytes);
		writeFileSync(logFile(home.sandbox), "as before");
		const error = await failure(home.startSandbox());
		assert.equal(error.message, `The sandbox's inventory is damaged: line 2 of ${file} does not match its checksum`);
		assert.match(error.remedy ?? "", /meridian sandbox reset/);
		assert.equal(readFileSync(logFile(home.sandbox), "utf8"), "as before");
		await resetSandbox(home.environment);
		assert.deepEqual(readInventory(home.environment).objects(), []);
	});

	it("takes objects out that no state knows, and runs on", async () => {
		const client = await provider();
		const before = await home.startSandbox();
		await client.create(roleUrn("lost"), role("lost").inputs);
		await client.create(roleUrn("kept"), role("kept").inputs);
		client.close();
		const lost = readInventory(home.environment)
			.objects()
			.filter(({ id }) => id === "lost");
		await discardFromSandbox(lost, home.environment);
		assert.deepEqual(
			readInventory(home.environment)
				.objects()
				.map(({ id }) => id),
			["kept"],
		);
		const after = await runningSandbox(home.environment);
		assert.ok(after && after.pid !== before.pid);
	});

	it("has everything on disk that it answered for, whenever it is killed", async () => {
		const acknowledged: string[] = [];
		const client = await provider();
		const creations = Array.from({ length: 60 }, async (_, i) => {
			const { id } = await client.create(roleUrn(`r${i}`), role(`r${i}`).inputs);
			acknowledged.push(id);
			if (acknowledged.length === 17) {
				await home.stopSandbox("SIGKILL");
			}
		});
		await Promise.allSettled(creations);
		client.close();
		const found = new Set(
			Inventory.read(home.sandbox)
				.objects()
				.map(({ id }) => id),
		);
		assert.ok(acknowledged.length >= 17);
		assert.deepEqual(
			acknowledged.filter((id) => !found.has(id)),
			[],
		);
	});

	describe("killed during an up", () => {
		const count = 60;
		const resources = [awsProvider, ...Array.from({ length: count }, (_, i) => role(`r${i}`))];

		// Lines in the inventory at the moment of the kill; early, in the middle, late.
		for (const lines of [5, 19, 41]) {
			it(`loses nothing that is recorded: after ${lines} objects`, async () => {
				const project = await PulumiProject.create(home, "killed", {
					files: { "index.js": resourceProgram, "resources.json": JSON.stringify(resources) },
				});
				const attached = await home.attached();
				const file = inventoryFile(home.sandbox);
				const cli = project.start(["up", "--parallel", "2"], attached);
				await eventually(() => existsSync(file) && linesOf(file) >= lines, `${lines} objects`, 30_000);
				const recorded = readFileSync(file, "utf8");
				await home.stopSandbox("SIGKILL");
				const run = await cli.finished;
				assert.notEqual(run.code, 0, run.stdout);
				assert.ok(readFileSync(file, "utf8").startsWith(recorded));

				// What a kill inside a write leaves.
				const whole = readFileSync(file, "utf8");
				appendFileSync(file, whole.slice(0, 40));
				const survivors = Inventory.read(home.sandbox).objects();
				assert.ok(survivors.length >= lines && survivors.length < count, `${survivors.length} objects`);
				await home.startSandbox();
				assert.equal(readFileSync(file, "utf8"), whole);
				const ids = new Set(survivors.map(({ id }) => id));
				const state = await recordedIds(project);
				assert.ok(state.length > 0, "the engine recorded some of them");
				assert.deepEqual(
					state.filter((id) => !ids.has(id)),
					[],
				);
			});
		}

		function linesOf(file: string): number {
			return readFileSync(file, "utf8").split("\n").length - 1;
		}

		/** Ids of the objects that the engine wrote into its state. */
		async function recordedIds(project: PulumiProject): Promise<string[]> {
			const { stdout } = await project.must(["stack", "export"]);
			const { deployment }: { deployment: { resources?: { type: string; id?: string }[] } } = JSON.parse(stdout);
			return (deployment.resources ?? []).flatMap(({ type, id }) => (type === "aws:iam/role:Role" && id ? [id] : []));
		}
	});
});
