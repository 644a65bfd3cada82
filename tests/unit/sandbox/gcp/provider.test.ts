import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answerInvoke } from "../../../../catalogue/invokes";
import type { Properties } from "../../../../lib/values";
import { factsOfType } from "../../../../sandbox/facts";
import { scopeOfResource } from "../../../../sandbox/gcp/names";
import { gcpPackage } from "../../../../sandbox/gcp/package";
import { Inventory } from "../../../../sandbox/inventory/inventory";
import { kubernetesPackage } from "../../../../sandbox/kubernetes/package";
import { SandboxProvider } from "../../../../sandbox/server/provider";
import { InventoryWorld } from "../../../../sandbox/world";
import { assertFault, PROJECT } from "../stage";
import { estate, SERVICES } from "./estate";

const RING = "gcp:kms/keyRing:KeyRing";
const SERVICE = "gcp:projects/service:Service";
const NETWORK = "gcp:compute/network:Network";
const BUCKET = "gcp:storage/bucket:Bucket";

const CONFIG = { project: "research-lab", region: "us-central1" };

function faultsOf(config: Properties) {
	const { stage } = estate();
	const answer = gcpPackage.scopeOf(config, stage);
	return "faults" in answer ? answer.faults : [];
}

describe("the provider of Google Cloud", () => {
	it("works in the project and region that it names", () => {
		assert.deepEqual(gcpPackage.scopeOf(CONFIG, estate().stage), { scope: PROJECT });
	});

	it("is refused without a project, without a region and with a foreign zone", () => {
		assertFault(faultsOf({ region: "us-central1" }), "project", /must name a project/);
		assertFault(faultsOf({ ...CONFIG, project: "Research" }), "project", /6 to 30/);
		assertFault(faultsOf({ project: "research-lab" }), "region", /must name a region/);
		assertFault(faultsOf({ ...CONFIG, region: "us-central1-a" }), "region", /must name a region/);
		assertFault(faultsOf({ ...CONFIG, zone: "us-east4-a" }), "zone", /zone of us-central1/);
	});

	it("is refused with labels that Google Cloud does not take", () => {
		const labelled = (labels: Properties) => faultsOf({ ...CONFIG, defaultLabels: JSON.stringify(labels) });
		assert.deepEqual(labelled({ owner: "platform", "cost-centre": "c_1" }), []);
		assertFault(labelled({ owner: "platform@example.com" }), "defaultLabels.owner", /at most 63 of lower-case letters/);
		assertFault(labelled({ "meridian.dev/cell": "us1" }), "defaultLabels", /key must be 1 to 63/);
	});

	it("adds its default labels and its own one, the resource's last", () => {
		const labels = { owner: "b" };
		const config = { ...CONFIG, defaultLabels: JSON.stringify({ owner: "a", cell: "us1" }) };
		const outputs = gcpPackage.configuredOutputs?.(config, { pulumiLabels: labels, effectiveLabels: labels });
		assert.deepEqual(outputs, {
			pulumiLabels: { owner: "b", cell: "us1" },
			effectiveLabels: { "goog-pulumi-provisioned": "true", owner: "b", cell: "us1" },
		});
		assert.deepEqual(gcpPackage.configuredOutputs?.(config, { id: "a" }), {});
	});

	it("puts a resource where its own inputs say", () => {
		const place = (inputs: Properties) => scopeOfResource(inputs, PROJECT);
		assert.deepEqual(place({}), PROJECT);
		assert.equal(place({ project: "other-lab" }).account, "other-lab");
		assert.equal(place({ region: "us-east4" }).region, "us-east4");
		assert.equal(place({ zone: "us-east4-b" }).region, "us-east4");
		assert.equal(place({ location: "US-EAST4" }).region, "us-east4");
		assert.equal(place({ location: "us-east4-c" }).region, "us-east4");
		const keyRing = "projects/keys-lab/locations/europe-west4/keyRings/r";
		assert.deepEqual(place({ keyRing }), { account: "keys-lab", region: "europe-west4" });
		assert.equal(place({ serviceAccountId: "projects/other-lab/serviceAccounts/a@b" }).account, "other-lab");
	});

	it("knows Cloud Storage's agent by the project's number", () => {
		const token = "gcp:storage/getProjectServiceAccount:getProjectServiceAccount";
		const { emailAddress } = answerInvoke(token, { project: "123456789012" });
		assert.equal(emailAddress, "service-123456789012@gs-project-accounts.iam.gserviceaccount.com");
	});
});

describe("what replaces an object of Google Cloud", () => {
	const replaces = (token: string) => factsOfType(token)?.replaceOn ?? [];

	it("are marked inputs and, within a block, the marked fields alone", () => {
		const pool = replaces("gcp:container/nodePool:NodePool");
		assert.ok(pool.includes("nodeConfig.guestAccelerators"));
		assert.ok(pool.includes("cluster"));
		assert.ok(!pool.includes("nodeConfig"), "labels and machine type change in place");
		assert.ok(replaces("gcp:container/cluster:Cluster").includes("network"));
		assert.ok(!replaces("gcp:compute/subnetwork:Subnetwork").includes("ipCidrRange"));
	});

	it("is everything of a grant", () => {
		assert.deepEqual(replaces("gcp:storage/bucketIAMMember:BucketIAMMember"), [
			"bucket",
			"condition",
			"member",
			"role",
		]);
	});
});

describe("a server of Google Cloud", () => {
	let folder: string;
	let inventory: Inventory;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "meridian-gcp-"));
		inventory = Inventory.open(folder);
	});
	afterEach(() => {
		inventory.close();
		rmSync(folder, { recursive: true });
	});

	function provider(config: Properties = CONFIG): SandboxProvider {
		return new SandboxProvider({
			pack: gcpPackage,
			config,
			scope: PROJECT,
			inventory,
			planned: () => [],
			modelOf: (type) => gcpPackage.models.get(type),
		});
	}

	function call(type: string, name: string) {
		return { urn: `urn:pulumi:test::meridian::${type}::${name}`, type, name };
	}

	async function enable(...names: string[]): Promise<void> {
		for (const service of names) {
			await provider().create(call(SERVICE, `estate-${service}`), { service });
		}
	}

	it("names a key ring by itself, keeps it after deletion and never gives its name again", async () => {
		await enable("cloudkms.googleapis.com");
		const ring = call(RING, "cell-ring");
		const asked = { olds: {}, news: { location: "us-central1" }, seed: new Uint8Array() };
		const { inputs, faults } = provider().check(ring, asked);
		assert.deepEqual(faults, []);
		assert.match(String(inputs.name), /^cell-ring-[0-9a-f]{7}$/);
		const { id } = await provider().create(ring, inputs);
		await provider().delete(ring, id);
		assert.match(inventory.retained()[0]?.reason ?? "", /key ring can never be deleted/);
		await assert.rejects(
			() => provider().create(ring, inputs),
			/AlreadyExists.*its name cannot be used again: a key ring/,
		);
		const again = provider().check(ring, asked);
		assert.notEqual(again.inputs.name, inputs.name);
		await provider().create(ring, again.inputs);
	});

	it("lets two resources enable a service, and asks for it while neither lives", async () => {
		const [first, second] = [call(SERVICE, "a"), call(SERVICE, "b")];
		const inputs = { service: "compute.googleapis.com", disableOnDestroy: false };
		const network = { name: "main", autoCreateSubnetworks: false };
		await assert.rejects(() => provider().create(call(NETWORK, "main"), network), /SERVICE_DISABLED: compute/);
		const { id } = await provider().create(first, inputs);
		await provider().create(second, inputs);
		await provider().delete(first, id);
		assert.ok(await provider().read(second, id, { inputs, outputs: {} }), "the other resource keeps its service");
		await provider().create(call(NETWORK, "main"), network);
		await provider().delete(second, id);
		assert.match(inventory.retained()[0]?.reason ?? "", /stays enabled/);
		await provider().create(first, inputs);
	});

	it("deletes a network only when nothing in it lives", async () => {
		await enable("compute.googleapis.com");
		const [vpc, subnet] = [call(NETWORK, "main"), call("gcp:compute/subnetwork:Subnetwork", "sub")];
		const made = await provider().create(vpc, { name: "main", autoCreateSubnetworks: false });
		const within = await provider().create(subnet, { name: "sub", network: made.id, ipCidrRange: "10.0.0.0/20" });
		await assert.rejects(() => provider().delete(vpc, made.id), /DependencyViolation.*in use by.*subnetworks\/sub/);
		await provider().delete(subnet, within.id);
		await provider().delete(vpc, made.id);
		assert.deepEqual(
			inventory.objects().filter(({ type }) => type !== SERVICE),
			[],
		);
	});

	it("takes a name for the object of its own project", async () => {
		await enable("compute.googleapis.com", "dns.googleapis.com");
		const zone = { dnsName: "a.example.", name: "zone" };
		const record = { managedZone: "zone", name: "b.a.example.", type: "A", ttl: 60, rrdatas: ["10.0.0.1"] };
		const [ours, theirs] = [
			call("gcp:dns/managedZone:ManagedZone", "ours"),
			call("gcp:dns/managedZone:ManagedZone", "theirs"),
		];
		await provider().create(call(SERVICE, "other"), { service: "dns.googleapis.com", project: "other-lab" });
		await provider().create(ours, zone);
		const { id } = await provider().create(theirs, { ...zone, project: "other-lab" });
		await provider().create(call("gcp:dns/recordSet:RecordSet", "b"), record);
		await provider().delete(theirs, id);
		await assert.rejects(
			() => provider().delete(ours, "projects/research-lab/managedZones/zone"),
			/DependencyViolation/,
		);
	});

	it("shows a change of the provider's labels on each resource", async () => {
		await enable("storage.googleapis.com");
		const bucket = call(BUCKET, "models");
		const inputs = { name: "models-lab", location: "US-CENTRAL1" };
		const { outputs } = await provider().create(bucket, inputs);
		const change = { olds: inputs, news: inputs, outputs };
		assert.deepEqual(provider().diff(bucket, change, []).changes, []);
		const labelled = provider({ ...CONFIG, defaultLabels: JSON.stringify({ cell: "us1" }) });
		assert.deepEqual(
			labelled.diff(bucket, change, []).changes.map(({ path, replaces }) => [path, replaces]),
			[
				["pulumiLabels", false],
				["effectiveLabels", false],
			],
		);
	});

	it("lets Kubernetes work in the cluster whose host the kubeconfig names", async () => {
		const { made } = estate();
		const cluster = made.cluster;
		assert.ok(cluster);
		inventory.put(cluster);
		const at = (server: string) =>
			JSON.stringify({
				"current-context": "c",
				contexts: [{ name: "c", context: { cluster: "c", user: "c" } }],
				clusters: [{ name: "c", cluster: { server } }],
				users: [{ name: "c", user: { exec: {} } }],
			});
		const scope = (server: string) =>
			kubernetesPackage.scopeOf({ kubeconfig: at(server) }, new InventoryWorld(inventory));
		assert.ok("scope" in scope(`https://${String(cluster.outputs.endpoint)}`));
		assert.ok("faults" in scope(String(cluster.outputs.endpoint)));
		assert.ok("faults" in scope("https://10.9.9.9"));
	});

	it("is asked for every service that the estate needs", async () => {
		for (const service of SERVICES) {
			const { stage, made } = estate();
			const gone = made[`service ${service}`];
			assert.ok(gone);
			stage.objects.splice(stage.objects.indexOf(gone), 1);
			const users = Object.values(made).filter(({ type, inputs }) =>
				stage.faults(type, inputs).some(({ reason }) => reason.includes(`SERVICE_DISABLED: ${service}`)),
			);
			assert.ok(users.length > 0, service);
		}
	});
});
