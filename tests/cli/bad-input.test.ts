import { strict as assert } from "node:assert";
import { ExitCode } from "../../lib/errors";
import { ProjectCopy } from "../support/project-copy";

/** Each row breaks one line of dev and names what the report must say. */
const breaks: readonly {
	readonly what: string;
	readonly from: string;
	readonly to: string;
	readonly says: readonly string[];
}[] = [
	{
		what: "an unknown key",
		from: "nat: single",
		to: "natt: single",
		says: ["regions[0].natt: is not a setting; did you mean nat?"],
	},
	{
		what: "a wrong unit",
		from: "retention: 30d",
		to: "retention: 30m",
		says: ['logs.retention: must be 1d to 3653d (whole days "d" or hours "h"), but "30m" was given'],
	},
	{
		what: "a value out of range",
		from: "keyDeletionWindow: 7d",
		to: "keyDeletionWindow: 31d",
		says: ["protection.keyDeletionWindow: must be 7d to 30d", '"31d" was given'],
	},
	{
		what: "a region of another cloud",
		from: "        region: us-east-1\n        zones",
		to: "        region: europe-west4\n        zones",
		says: ["regions[0].region", "europe-west4 was given (that is a region of Google Cloud)"],
	},
	{
		what: "a zone of another region",
		from: "zones: [us-east-1a, us-east-1b, us-east-1c]",
		to: "zones: [us-east-1a, us-east-1b, us-west-2c]",
		says: ["regions[0].zones[2]: must be a zone of us-east-1", "us-west-2c was given"],
	},
	{
		what: "overlapping ranges",
		from: "addresses: 10.16.0.0/16",
		to: "addresses: 172.20.0.0/16",
		says: ["regions[0].cluster.serviceAddresses: must not overlap the region's addresses 172.20.0.0/16"],
	},
	{
		what: "a type that the region does not offer",
		from: "instanceType: p5.48xlarge",
		to: "instanceType: trn2.48xlarge",
		says: ["regions[0].gpuPools[0].instanceType: trn2.48xlarge is not offered in us-east-1", "p5.48xlarge"],
	},
	{
		what: "ranges that overlap across clouds",
		from: "addresses: 10.18.0.0/16",
		to: "addresses: 10.17.0.0/16",
		says: ["regions[2].addresses: must not overlap another region's", "10.17.0.0/16 of europe-west4 on gcp"],
	},
	{
		what: "a type that the zone does not offer",
		from: "zone: europe-west4-b",
		to: "zone: europe-west4-a",
		says: ["regions[1].gpuPools[0].zone: must be a zone that offers a3-megagpu-8g (europe-west4-b, europe-west4-c)"],
	},
	{
		what: "a name that is too long for one cloud",
		from: "name: foundation\n            instanceType: Standard_ND96isr_H100_v5",
		to: "name: foundation-models\n            instanceType: Standard_ND96isr_H100_v5",
		says: ["regions[2].gpuPools[0].name: must be 1 to 12 of a-z and 0-9", '"foundation-models" was given'],
	},
	{
		what: "a cell of a cloud without an account",
		from: "      azure:\n        subscription: 3f2b6c1e-9a4d-4e7f-8b1a-5c6d7e8f9012\n        tenant: 7d1e4f2a-6b3c-4d8e-9f0a-1b2c3d4e5f60\n        region: swedencentral\n",
		to: "",
		says: ["accounts.azure: must name the subscription (subscription, tenant, region)", "swedencentral is on azure"],
	},
	{
		what: "an unknown choice for a conflict",
		from: "    regions:",
		to: "    conflicts:\n      nodes-per-cluster: many\n    regions:",
		says: ["conflicts.nodes-per-cluster"],
	},
];

describe("meridian with bad input", () => {
	let project: ProjectCopy;
	before(() => {
		project = new ProjectCopy();
	});
	after(() => project.close());

	for (const { what, from, to, says } of breaks) {
		it(`reports ${what} with place, value, range and remedy, and exits 2`, async () => {
			project.edit("Pulumi.dev.yaml", from, to);
			const { code, stderr } = await project.run(["check", "dev"]);
			project.restore("Pulumi.dev.yaml");
			for (const text of says) {
				assert.ok(stderr.includes(text), `${text}\nis not in\n${stderr}`);
			}
			assert.match(stderr, /To mend it: /);
			assert.doesNotMatch(stderr, /\n {4}at /, "no stack trace");
			assert.equal(code, ExitCode.usage);
		});
	}

	it("reports every problem of a file at once", async () => {
		project.edit("Pulumi.dev.yaml", "nat: single", "natt: single");
		project.edit("Pulumi.dev.yaml", "dnsZone: dev.frontier.example", "dnsZone: dev.other.example");
		project.edit("Pulumi.dev.yaml", "zone: us-east-1a", "zone: us-east-1f");
		const { stderr } = await project.run(["check", "dev"]);
		project.restore("Pulumi.dev.yaml");
		for (const path of ["regions[0].natt", "global.dnsZone", "regions[0].gpuPools[0].zone"]) {
			assert.ok(stderr.includes(path), `${path} is not in\n${stderr}`);
		}
		assert.match(stderr, /has 3 problems/);
	});

	it("names the environments where one is unknown, and exits 6", async () => {
		const { code, stderr } = await project.run(["check", "devv"]);
		assert.match(stderr, /There is no environment devv: no file Pulumi\.devv\.yaml; did you mean dev\?/);
		assert.equal(code, ExitCode.notFound);
	});

	it("names the cells where one is unknown, and exits 6", async () => {
		const { code, stderr } = await project.run(["synth", "dev", "--cell", "aws-us-east-2"]);
		assert.match(stderr, /has no cell aws-us-east-2\nTo mend it: cells: global, aws-us-east-1/);
		assert.equal(code, ExitCode.notFound);
	});

	it("suggests the command where one is misspelt, and exits 2", async () => {
		const { code, stderr } = await project.run(["chek", "dev"]);
		assert.match(stderr, /check/);
		assert.equal(code, ExitCode.usage);
	});

	it("asks for a passphrase where the environment may not be lost, and exits 3", async () => {
		const none = { PULUMI_CONFIG_PASSPHRASE: "", PULUMI_CONFIG_PASSPHRASE_FILE: "" };
		const { code, stderr } = await project.run(["plan", "staging"], none);
		assert.match(stderr, /needs a passphrase/);
		assert.equal(code, ExitCode.credentials);
	});

	it("refuses credentials that look real beside the sandbox, never prints them, and exits 3", async () => {
		const key = "AKIAABCDEFGHIJKLMNOP";
		const { code, stderr, stdout } = await project.run(["plan", "dev"], { AWS_ACCESS_KEY_ID: key });
		assert.match(stderr, /AWS_ACCESS_KEY_ID/);
		assert.ok(!(stderr + stdout).includes(key));
		assert.equal(code, ExitCode.credentials);
	});

	it("says what to install where there is neither a CLI nor Go, and exits 2", async () => {
		const { code, stderr } = await project.run(["plan", "dev"], {
			PATH: "/nonexistent",
			MERIDIAN_CACHE: `${project.root}/empty-cache`,
			MERIDIAN_PULUMI_RELEASES: "http://127.0.0.1:9",
		});
		assert.match(stderr, /There is no Pulumi CLI/);
		assert.match(stderr, /install Go 1\.25 or later, or Pulumi 3\.259\.0 or later/);
		assert.equal(code, ExitCode.usage);
	});
});
