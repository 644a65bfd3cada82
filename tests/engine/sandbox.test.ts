import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Value } from "../../lib/values";
import { Inventory, inventoryFile } from "../../sandbox/inventory/inventory";
import type { SandboxObject } from "../../sandbox/model";
import { eksEntries, inCluster, subnet, trust } from "../support/eks-entries";
import { ProviderClient } from "../support/provider-client";
import { type EngineRun, errorsOf, PulumiProject, stepsOf } from "../support/pulumi-project";
import { awsProvider, home as place, type ResourceEntry, resourceProgram } from "../support/resource-program";
import { TemporaryHome } from "../support/temporary-home";

const vpc: ResourceEntry = {
	name: "vpc",
	type: "aws:ec2/vpc:Vpc",
	inputs: { cidrBlock: "10.0.0.0/16", tags: { owner: "tests" } },
};

function bucket(name: string, physicalName: string): ResourceEntry {
	return { name, type: "aws:s3/bucket:Bucket", inputs: { bucket: physicalName } };
}

/** A small estate: a network, a key, a bucket and a role. */
const estate: readonly ResourceEntry[] = [
	awsProvider,
	vpc,
	subnet("left", "10.0.0.0/24", "us-east-1a"),
	subnet("right", "10.0.1.0/24", "us-east-1b"),
	{
		name: "group",
		type: "aws:ec2/securityGroup:SecurityGroup",
		inputs: { name: "nodes", description: "Nodes", vpcId: { $ref: "vpc.id" } },
	},
	{ name: "key", type: "aws:kms/key:Key", inputs: { description: "Data", deletionWindowInDays: 7 } },
	bucket("bucket", "meridian-tests-data"),
	{ name: "role", type: "aws:iam/role:Role", inputs: { name: "nodes", assumeRolePolicy: trust("ec2.amazonaws.com") } },
];

/** The estate with other inputs for one of its resources. */
function changed(name: string, inputs: { readonly [key: string]: Value }): ResourceEntry[] {
	return estate.map((entry) => (entry.name === name ? { ...entry, inputs: { ...entry.inputs, ...inputs } } : entry));
}

/** Names of the resources in an estate that are objects of the cloud. */
const objectNames = estate.slice(1).map(({ name }) => name);

function nameOf({ urn }: { readonly urn: string }): string {
	return urn.split("::").at(-1) ?? "";
}

describe("the sandbox under the real engine", () => {
	let home: TemporaryHome;
	let project: PulumiProject;
	let attached: { [name: string]: string };

	before(async () => {
		home = new TemporaryHome();
		attached = await home.attached();
		const files = { "index.js": resourceProgram, "resources.json": "[]" };
		project = await PulumiProject.create(home, "sandbox", { files, stacks: ["main", "other", "cluster"] });
	});

	after(() => home.close());

	function operate(
		operation: "preview" | "up" | "destroy" | "refresh",
		resources: readonly ResourceEntry[],
		stack = "main",
	): Promise<EngineRun> {
		project.write({ "resources.json": JSON.stringify(resources) });
		return project.run([operation, "--stack", stack], attached);
	}

	function live(): SandboxObject[] {
		return Inventory.read(home.sandbox).objects();
	}

	/** Text that must not hold a secret: what the sandbox and the engine keep on disk, and what the run printed. */
	async function kept(run: EngineRun, stack: string): Promise<string> {
		const { stdout } = await project.must(["stack", "export", "--stack", stack]);
		return [readFileSync(inventoryFile(home.sandbox), "utf8"), stdout, run.stdout, run.stderr].join("\n");
	}

	describe("the life of an estate", () => {
		it("creates every object, and keeps each on disk", async () => {
			const run = await operate("up", estate);
			assert.equal(run.code, 0, run.stdout);
			assert.deepEqual(live().map(nameOf).sort(), [...objectNames].sort());
			const [made] = live().filter(({ type }) => type === "aws:ec2/vpc:Vpc");
			assert.match(made?.id ?? "", /^vpc-0[0-9a-f]{16}$/);
			assert.deepEqual([made?.account, made?.region], [place.account, place.region]);
		});

		it("shows no change where there is none", async () => {
			const run = await operate("preview", estate);
			assert.equal(run.code, 0, run.stdout);
			assert.deepEqual(stepsOf(run), []);
		});

		it("shows an update for what can change in place", async () => {
			const run = await operate("preview", changed("vpc", { tags: { owner: "others" } }));
			assert.deepEqual(stepsOf(run), ["update vpc"]);
		});

		it("changes in place: the id stays, the new value is kept", async () => {
			const before = live().find(({ urn }) => urn.endsWith("::vpc"));
			const run = await operate("up", changed("vpc", { tags: { owner: "others" } }));
			assert.equal(run.code, 0, run.stdout);
			const after = live().find(({ urn }) => urn.endsWith("::vpc"));
			assert.equal(after?.id, before?.id);
			assert.deepEqual(after?.outputs.tagsAll, { owner: "others" });
			assert.deepEqual(stepsOf(await operate("up", estate)), ["update vpc"]);
		});

		it("shows a replacement for what cannot change", async () => {
			const run = await operate("preview", changed("left", { cidrBlock: "10.0.2.0/24" }));
			assert.equal(run.code, 0, run.stdout);
			assert.ok(stepsOf(run).includes("replace left"), stepsOf(run).join());
			assert.deepEqual(
				stepsOf(run).filter((step) => !step.endsWith(" left")),
				[],
			);
		});

		it("refuses to delete a VPC in which a subnet lives", async () => {
			const client = new ProviderClient(Number(/aws:(\d+)/.exec(attached.PULUMI_DEBUG_PROVIDERS ?? "")?.[1]));
			try {
				await client.configure(awsProvider.inputs);
				const [target] = live().filter(({ type }) => type === "aws:ec2/vpc:Vpc");
				assert.ok(target);
				await assert.rejects(
					client.delete(target.urn, target.id),
					/DependencyViolation: aws:ec2\/vpc:Vpc vpc-\w+ is in use by .*subnet-/,
				);
				assert.ok(live().some(({ id }) => id === target.id));
			} finally {
				client.close();
			}
		});

		it("refuses a second bucket of a name that another stack has", async () => {
			const run = await operate("preview", [awsProvider, bucket("mine", "meridian-tests-data")], "other");
			assert.notEqual(run.code, 0);
			assert.match(
				errorsOf(run).join(),
				/must be unique within all accounts and regions.*meridian-tests-data.*is taken/,
			);
		});

		it("leaves nothing live after destroy, and retains the key as the cloud does", async () => {
			const run = await operate("destroy", estate);
			assert.equal(run.code, 0, run.stdout);
			assert.deepEqual(live(), []);
			const retained = Inventory.read(home.sandbox).retained();
			assert.deepEqual(
				retained.map(({ object, reason }) => [object.type, reason]),
				[["aws:kms/key:Key", "pending deletion for 7 days"]],
			);
		});

		it("comes up again after destroy", async () => {
			const run = await operate("up", estate);
			assert.equal(run.code, 0, run.stdout);
			assert.deepEqual(live().map(nameOf).sort(), [...objectNames].sort());
		});
	});

	describe("refusals", () => {
		/** A preview that must fail gives its error messages. */
		async function refused(...resources: ResourceEntry[]): Promise<string> {
			const run = await operate("preview", [awsProvider, ...resources], "other");
			assert.notEqual(run.code, 0, run.stdout);
			return errorsOf(run).join("\n");
		}

		it("reports all problems of a resource at once", async () => {
			const inputs = { cidrBlock: "10.0.0.300/24", mapPublicIpOnLaunch: "yes", zone: "us-east-1a" };
			const text = await refused({ name: "bad", type: "aws:ec2/subnet:Subnet", inputs });
			assert.match(text, /'?vpcId'? .*is required|is required.*vpcId/s);
			assert.match(text, /mapPublicIpOnLaunch[^\n]*true or false/);
			assert.match(text, /zone[^\n]*there is no such property/);
			assert.match(text, /cidrBlock[^\n]*10\.0\.0\.300\/24/);
		});

		it("refuses a type that it does not know, with the way to add it", async () => {
			const text = await refused({ name: "queue", type: "aws:sqs/queue:Queue", inputs: {} });
			assert.match(text, /does not know aws:sqs\/queue:Queue/);
			assert.match(text, /sandbox\/aws/);
			assert.match(text, /Add a type/);
			assert.match(text, /npm run facts/);
		});

		it("refuses a reference to an object that does not exist", async () => {
			const inputs = { vpcId: "vpc-00000000000000000", cidrBlock: "10.0.0.0/24" };
			const text = await refused({ name: "lost", type: "aws:ec2/subnet:Subnet", inputs });
			assert.match(text, /vpcId[^\n]*names no existing Vpc: "vpc-00000000000000000"/);
		});

		it("refuses a subnet outside its VPC, and one that overlaps another", async () => {
			const main = live().find(({ type }) => type === "aws:ec2/vpc:Vpc");
			assert.ok(main, "the main stack's VPC is there");
			const inside = (cidrBlock: string): ResourceEntry => ({
				name: "stray",
				type: "aws:ec2/subnet:Subnet",
				inputs: { vpcId: main.id, cidrBlock },
			});
			assert.match(await refused(inside("10.1.0.0/24")), /cidrBlock[^\n]*10\.1\.0\.0\/24[^\n]*10\.0\.0\.0\/16/);
			assert.match(await refused(inside("10.0.1.128/25")), /cidrBlock[^\n]*10\.0\.1\.128\/25[^\n]*overlaps/);
		});

		it("refuses a provider that names no account", async () => {
			const provider = { ...awsProvider, inputs: { region: place.region } };
			project.write({ "resources.json": JSON.stringify([provider, vpc]) });
			const run = await project.run(["preview", "--stack", "other"], attached);
			assert.notEqual(run.code, 0);
			assert.match(errorsOf(run).join(), /allowedAccountIds must name exactly one account of 12 digits/);
		});
	});

	describe("a cluster and what is in it", () => {
		const password = "correct-horse-battery";
		const cluster: readonly ResourceEntry[] = [
			...eksEntries({ $secret: password }, { $secret: password }),
			inCluster("namespace", "v1", "Namespace", { metadata: { name: "research" } }),
			inCluster("credentials", "v1", "Secret", {
				metadata: {
					name: "database",
					namespace: { $ref: "namespace.metadata.name" },
					annotations: { "example.test/token": { $secret: password } },
				},
				stringData: { password: { $secret: password } },
			}),
		];

		after(() => operate("destroy", cluster, "cluster"));

		it("comes up, and keeps secret inputs out of the inventory, the state and the output", async () => {
			const run = await operate("up", cluster, "cluster");
			assert.equal(run.code, 0, run.stdout);
			const objects = live();
			const space = objects.find(({ type }) => type === "kubernetes:core/v1:Namespace");
			assert.equal(space?.id, "research");
			assert.match(space?.account ?? "", /aws:eks\/cluster:Cluster\|111122223333\|us-east-1\|tests/);
			const text = await kept(run, "cluster");
			assert.ok(text.includes("[secret]"), "the inventory holds the secrets' places");
			const lines = text.split("\n").filter((line) => line.includes(password));
			assert.deepEqual(lines, []);
		});

		it("shows no change for secrets that stay as they are, and an update for one that changes", async () => {
			const same = await operate("preview", cluster, "cluster");
			assert.deepEqual(stepsOf(same), [], same.stdout);
			const text = JSON.stringify(cluster).replace(
				`{"owner":{"$secret":"${password}"}}`,
				'{"owner":{"$secret":"new"}}',
			);
			const other: ResourceEntry[] = JSON.parse(text);
			assert.deepEqual(stepsOf(await operate("preview", other, "cluster")), ["update vpc"]);
		});

		it("gives secrets back in a refresh as they were", async () => {
			const run = await operate("refresh", cluster, "cluster");
			assert.equal(run.code, 0, run.stdout);
			const { stdout } = await project.must(["stack", "export", "--stack", "cluster", "--show-secrets"]);
			assert.ok(stdout.includes(password));
			assert.equal(stdout.includes("[secret]"), false);
			assert.deepEqual(stepsOf(await operate("preview", cluster, "cluster")), []);
		});
	});

	describe("refresh", () => {
		it("shows that an object is gone which was removed behind the engine's back", async () => {
			await home.stopSandbox();
			const inventory = Inventory.open(home.sandbox);
			const lost = inventory.objects().find(({ urn }) => urn.includes(":main::") && urn.endsWith("::bucket"));
			assert.ok(lost, "the main stack's bucket is there");
			inventory.remove(lost);
			inventory.close();
			attached = await home.attached();
			const run = await operate("refresh", estate);
			assert.equal(run.code, 0, run.stdout);
			const deleted = run.events
				.flatMap((event) => event.resOutputsEvent?.metadata ?? [])
				.filter(({ op }) => op === "delete")
				.map(nameOf);
			assert.deepEqual(deleted, ["bucket"], run.stdout);
			assert.deepEqual(stepsOf(await operate("preview", estate)), ["create bucket"]);
		});
	});
});
