import { strict as assert } from "node:assert";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Console } from "../../fleet/console";
import type { Deployment } from "../../fleet/stack/deployment";
import { beginOperation, readOperation } from "../../fleet/stack/operation-record";
import type { Operation } from "../../fleet/stack/protocol";
import { openRecovered } from "../../fleet/stack/recover";
import type { StackSession } from "../../fleet/stack/session";
import { ExitCode, UserError } from "../../lib/errors";
import { discardFromSandbox } from "../../sandbox/client";
import { Inventory } from "../../sandbox/inventory/inventory";
import { parseSpec } from "../../spec/parse";
import type { Spec } from "../../spec/schema";
import { specValue } from "../support/environments";
import { PulumiProject, stepsOf } from "../support/pulumi-project";
import { awsProvider, type ResourceEntry, resourceProgram } from "../support/resource-program";
import { TemporaryHome } from "../support/temporary-home";

const policy = JSON.stringify({
	Version: "2012-10-17",
	Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: ["sts:AssumeRole"] }],
});

function role(name: string): ResourceEntry {
	return { name, type: "aws:iam/role:Role", inputs: { name, assumeRolePolicy: policy, description: "as written" } };
}

const quiet: Console = { say: () => {}, data: () => {}, status: () => {}, live: false };

describe("openRecovered", () => {
	let home: TemporaryHome;
	let project: PulumiProject;
	let spec: Spec;
	const homeBefore = process.env.MERIDIAN_HOME;

	before(async () => {
		home = new TemporaryHome();
		process.env.MERIDIAN_HOME = home.folder;
		spec = parseSpec(specValue("dev"), "dev");
		project = await PulumiProject.create(home, "meridian", {
			files: {
				"index.js": resourceProgram,
				"resources.json": JSON.stringify([awsProvider, role("kept"), role("touched")]),
			},
		});
		await up();
	});
	after(async () => {
		await home.close();
		if (homeBefore === undefined) {
			delete process.env.MERIDIAN_HOME;
		} else {
			process.env.MERIDIAN_HOME = homeBefore;
		}
	});
	afterEach(async () => {
		// Whatever a case did, the stack is whole and at rest again for the next.
		await recovered();
		await up();
		assert.deepEqual(names(), ["kept", "touched"]);
		assert.deepEqual(stepsOf(await up()), []);
	});

	const up = async () => project.must(["up"], await home.attached());
	const objects = () => Inventory.read(home.sandbox).objects();
	const names = (): string[] =>
		objects()
			.map(({ id }) => id)
			.sort();
	const urn = "urn:pulumi:test::meridian::aws:iam/role:Role::touched";

	/** The stack as the command line opens it, by plain pulumi. `onRun` may fail an operation. */
	function opened(onRun: (operation: Operation) => void = () => {}): StackSession {
		const run = async (
			operation: Operation,
		): Promise<{ changes: object & { [op: string]: number }; value?: unknown }> => {
			onRun(operation);
			switch (operation.kind) {
				case "export":
					return { changes: {}, value: JSON.parse((await project.must(["stack", "export"])).stdout) };
				case "import":
					project.write({ "state.json": JSON.stringify({ version: 3, deployment: operation.state }) });
					await project.must(["stack", "import", "--file", "state.json"]);
					return { changes: {} };
				case "refresh": {
					const targets = operation.targets.flatMap((target) => ["--target", target]);
					await project.must(["refresh", "--clear-pending-creates", ...targets], await home.attached());
					return { changes: {} };
				}
				default:
					throw new Error(`recovery must not run ${operation.kind}`);
			}
		};
		return { stack: "test", backend: "file:///somewhere", run, close: async () => {} };
	}

	const place = { stack: "test", backend: "file:///somewhere" };
	const recovered = (onRun?: (operation: Operation) => void, target: Spec["target"] = "sandbox") =>
		openRecovered(async () => opened(onRun), { spec: { ...spec, target }, console: quiet });

	async function state(): Promise<Deployment> {
		const { value } = await opened().run({ kind: "export" });
		const { deployment }: { deployment: Deployment } = JSON.parse(JSON.stringify(value));
		return deployment;
	}

	/** Leaves the state as an engine that was killed in an operation on the role would. */
	async function cutOff(type: string, recorded: boolean): Promise<void> {
		const deployment = await state();
		const all = deployment.resources ?? [];
		const resource = all.find((each) => each.urn === urn);
		assert.ok(resource);
		const resources = recorded ? all : all.filter((each) => each !== resource);
		const { id: _, ...unmade } = resource;
		const pending_operations = [{ type, resource: type === "creating" ? unmade : resource }];
		write({ ...deployment, resources, pending_operations });
	}

	/** Writes the state's file itself: an import would drop what is under way. */
	function write(latest: Deployment): void {
		const file = join(home.folder, "state", ".pulumi", "stacks", "meridian", "test.json");
		const whole: { checkpoint: object } = JSON.parse(readFileSync(file, "utf8"));
		writeFileSync(file, JSON.stringify({ ...whole, checkpoint: { ...whole.checkpoint, latest } }));
	}

	async function isAtRest(): Promise<void> {
		assert.equal(((await state()).pending_operations ?? []).length, 0);
		assert.equal(readOperation(place), undefined);
	}

	/** Changes the live object behind the engine's back, or removes it. */
	async function changeObject(description: string | undefined): Promise<void> {
		await home.stopSandbox();
		const inventory = Inventory.open(home.sandbox);
		const [object] = inventory.ofUrn(urn);
		assert.ok(object);
		if (description === undefined) {
			inventory.remove(object);
		} else {
			inventory.put({
				...object,
				inputs: { ...object.inputs, description },
				outputs: { ...object.outputs, description },
			});
		}
		inventory.close();
	}

	it("does nothing to a stack that is at rest", async () => {
		const kinds: string[] = [];
		await recovered(({ kind }) => kinds.push(kind));
		assert.deepEqual(kinds, ["export"]);
	});

	it("opens a stack only once whose last operation failed for a reason of its own", async () => {
		beginOperation(place);
		await up();
		let opens = 0;
		await openRecovered(
			async () => {
				opens += 1;
				return opened();
			},
			{ spec, console: quiet },
		);
		assert.equal(opens, 1);
		await isAtRest();
	});

	it("removes what was created and not recorded", async () => {
		await cutOff("creating", false);
		await recovered();
		assert.deepEqual(names(), ["kept"]);
		await isAtRest();
	});

	it("removes what was created while the sandbox was killed: the engine forgets such a creation", async () => {
		await discardFromSandbox(Inventory.read(home.sandbox).ofUrn(urn), home.environment);
		await project.must(["refresh"], await home.attached());
		beginOperation(place);
		await up();
		const deployment = await state();
		const resources = (deployment.resources ?? []).filter((each) => each.urn !== urn);
		await opened().run({ kind: "import", state: { ...deployment, resources } });
		await recovered();
		assert.deepEqual(names(), ["kept"]);
		await isAtRest();
	});

	it("forgets what was deleted and is still recorded, so that the next update makes it again", async () => {
		await cutOff("deleting", true);
		await changeObject(undefined);
		await recovered();
		assert.equal(
			(await state()).resources?.some((each) => each.urn === urn),
			false,
		);
		await isAtRest();
		assert.deepEqual(stepsOf(await up()), ["create touched"]);
	});

	it("reads anew what was being changed, so that the next update sees it", async () => {
		await cutOff("updating", true);
		await changeObject("by the update that was cut off");
		await recovered();
		await isAtRest();
		assert.deepEqual(stepsOf(await up()), ["update touched"]);
		assert.equal(Inventory.read(home.sandbox).ofUrn(urn)[0]?.inputs.description, "as written");
	});

	it("is done again where it was cut off itself, at every step", async () => {
		for (const step of ["import", "refresh"] as const) {
			await cutOff(step === "import" ? "creating" : "deleting", step === "refresh");
			if (step === "refresh") {
				await changeObject(undefined);
			}
			await assert.rejects(
				recovered(({ kind }) => {
					if (kind === step) {
						throw new Error("killed");
					}
				}),
				/killed/,
			);
			assert.ok(readOperation(place));
			await recovered();
			await isAtRest();
			assert.deepEqual(names(), ["kept"]);
			await up();
		}
	});

	it("with target cloud refuses what may exist unrecorded, by name, and touches nothing", async () => {
		await cutOff("creating", false);
		await assert.rejects(
			recovered(undefined, "cloud"),
			(error) =>
				error instanceof UserError &&
				error.code === ExitCode.failed &&
				/aws:iam\/role:Role touched/.test(error.message) &&
				/pulumi import/.test(error.remedy ?? ""),
		);
		assert.deepEqual(names(), ["kept", "touched"]);
		assert.equal((await state()).pending_operations?.length, 1);
	});
});
