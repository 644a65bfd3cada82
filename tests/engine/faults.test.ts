import { strict as assert } from "node:assert";
import { writeFaults } from "../../sandbox/faults/fault-file";
import { type CloudCall, faultAt, type InjectedFault } from "../../sandbox/faults/sequence";
import { Inventory } from "../../sandbox/inventory/inventory";
import { ProviderClient } from "../support/provider-client";
import { PulumiProject, stepsOf } from "../support/pulumi-project";
import { awsProvider, type ResourceEntry, resourceProgram } from "../support/resource-program";
import { TemporaryHome } from "../support/temporary-home";

const policy = JSON.stringify({
	Version: "2012-10-17",
	Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: ["sts:AssumeRole"] }],
});

function role(name: string, more: ResourceEntry["inputs"] = {}): ResourceEntry {
	return { name, type: "aws:iam/role:Role", inputs: { name, assumeRolePolicy: policy, ...more } };
}

const setting = { throttle: 0.3, reset: 0.3, seed: 3 };

/** The n-th role whose first creation has the fault. */
function nameWith(fault: InjectedFault, operation: CloudCall["operation"] = "create"): string {
	for (let i = 0; ; i++) {
		if (faultAt(setting, { operation, urn: urnOf(`r${i}`) }, 1) === fault) {
			return `r${i}`;
		}
	}
}

function urnOf(name: string): string {
	return `urn:pulumi:test::tests::aws:iam/role:Role::${name}`;
}

describe("faults of the emulated clouds", () => {
	let home: TemporaryHome;
	beforeEach(() => {
		home = new TemporaryHome();
	});
	afterEach(() => home.close());

	const objects = () => Inventory.read(home.sandbox).objects();

	async function provider(): Promise<ProviderClient> {
		const { ports } = await home.startSandbox();
		const client = new ProviderClient(ports.aws ?? 0);
		await client.configure(awsProvider.inputs);
		return client;
	}

	it("are heeded without a restart, and a create whose reply was lost makes one object", async () => {
		const client = await provider();
		const names = [nameWith("throttled"), nameWith("cut-before"), nameWith("cut-after")];
		writeFaults(home.sandbox, setting);
		for (const name of names) {
			const { id } = await client.create(urnOf(name), role(name).inputs);
			assert.equal(id, name);
		}
		client.close();
		assert.deepEqual(
			objects().map(({ id }) => id),
			names,
		);
	});

	it("do not make a refusal be tried again", async () => {
		writeFaults(home.sandbox, setting);
		const client = await provider();
		const name = nameWith("cut-after");
		await client.create(urnOf(name), role(name).inputs);
		await assert.rejects(
			client.create(urnOf(`${name}-twin`), role(name).inputs),
			/AlreadyExists|exists already|unique/,
		);
		client.close();
		assert.equal(objects().length, 1);
	});

	it("leave deletion as it is: what is gone at the second try is no error", async () => {
		const client = await provider();
		const name = nameWith("cut-after", "delete");
		await client.create(urnOf(name), role(name).inputs);
		writeFaults(home.sandbox, setting);
		await client.delete(urnOf(name), name);
		client.close();
		assert.deepEqual(objects(), []);
	});

	it("let the engine create, change, refresh and destroy 40 resources, each once", async () => {
		const names = Array.from({ length: 40 }, (_, i) => `r${i}`);
		const files = (more: ResourceEntry["inputs"]) => ({
			"index.js": resourceProgram,
			"resources.json": JSON.stringify([awsProvider, ...names.map((name) => role(name, more))]),
		});
		const project = await PulumiProject.create(home, "faulty", { files: files({}) });
		const attached = await home.attached();
		writeFaults(home.sandbox, { throttle: 0.3, reset: 0.1, seed: 7 });
		await project.must(["up"], attached);
		assert.deepEqual(
			objects()
				.map(({ id }) => id)
				.sort(),
			[...names].sort(),
		);
		project.write(files({ description: "changed" }));
		const changed = await project.must(["up"], attached);
		assert.equal(stepsOf(changed).filter((step) => step.startsWith("update ")).length, names.length);
		await project.must(["refresh"], attached);
		const again = await project.must(["up", "--expect-no-changes"], attached);
		assert.deepEqual(stepsOf(again), []);
		await project.must(["destroy"], attached);
		assert.deepEqual(objects(), []);
	});
});
