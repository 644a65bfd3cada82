import { strict as assert } from "node:assert";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import { blueprintSchema, blueprintText } from "../../blueprint/synthesize";
import { projectRoot } from "../../lib/folders";
import type { Blueprint, ResourceNode } from "../../lib/graph";
import { UNKNOWN } from "../../lib/values";
import { blueprintOf, specValue, withSetting } from "../support/environments";

const golden = (environment: string): string => join(projectRoot, "tests", "golden", `${environment}.urns.txt`);

/** Cells of prod whose names are listed; the eight others are made of the same parts. */
const listedCells = ["global", "aws-us-east-1", "gcp-us-central1", "azure-eastus"];

function named(blueprint: Blueprint, name: string, type: string): ResourceNode {
	const node = blueprint.resources.find((each) => each.name === name && each.type === type);
	assert.ok(node, `${type} ${name}`);
	return node;
}

describe("blueprint", () => {
	let dev: Blueprint;
	before(async () => {
		dev = await blueprintOf(specValue("dev"));
	});

	it("follows its published schema", () => {
		const validate = new Ajv2020({ strict: true }).compile(blueprintSchema());
		assert.ok(validate(dev), JSON.stringify(validate.errors?.slice(0, 3)));
	});

	it("gives the same bytes for the same input", async () => {
		assert.equal(blueprintText(await blueprintOf(specValue("dev"))), blueprintText(dev));
	});

	for (const environment of ["dev", "staging", "prod"]) {
		it(`keeps the URNs of ${environment}: a changed name replaces what it names`, async () => {
			const blueprint = environment === "dev" ? dev : await blueprintOf(specValue(environment));
			const listed = blueprint.resources.filter(({ cell }) => environment !== "prod" || listedCells.includes(cell));
			const urns = `${listed.map((node) => node.urn).join("\n")}\n`;
			if (process.env.UPDATE_GOLDEN) {
				writeFileSync(golden(environment), urns);
			}
			assert.equal(urns, readFileSync(golden(environment), "utf8"));
		});
	}

	it("gives a single layout and a cells layout the same inputs, but for what another stack tells", async () => {
		const value = withSetting(withSetting(specValue("staging"), "layout", "single"), "environment", "staging");
		const single = await blueprintOf(value);
		const cells = await blueprintOf(specValue("staging"));
		const key = (node: ResourceNode): string => node.urn.split("::").slice(2).join("::");
		const others = new Map(single.resources.map((node) => [key(node), node]));
		const shared = cells.resources.filter((node) => others.has(key(node)));
		const differing = shared.filter(
			(node) => JSON.stringify(node.inputs) !== JSON.stringify(others.get(key(node))?.inputs),
		);
		assert.deepEqual(
			differing.map((node) => node.name),
			["global-keys-audit"],
		);
		// Only with a stack for each cell do flow logs of the cells go to the audit store of the global cell.
		const added = cells.resources.filter(
			(node) => !others.has(key(node)) && node.type !== "pulumi:pulumi:StackReference",
		);
		for (const node of added) {
			assert.match(node.name, /^global-flow-records|-network-flow-log-audit$|^gcp-.+-(audit|flows)-sink$/);
		}
	});

	it("knows a cell of a cells environment by itself", async () => {
		const cell = await blueprintOf(specValue("staging"), "global");
		assert.deepEqual(cell.cells, ["global"]);
		assert.ok(cell.resources.every((node) => node.cell === "global"));
	});

	it("tells where the program registers a resource", () => {
		const vpc = named(dev, "aws-us-east-1-network-vpc", "aws:ec2/vpc:Vpc");
		assert.equal(vpc.source?.file, "components/network/aws.ts");
		const line = readFileSync(join(projectRoot, "components/network/aws.ts"), "utf8").split("\n")[
			(vpc.source?.line ?? 0) - 1
		];
		assert.match(line ?? "", /new aws\.ec2\.Vpc/);
	});

	it("gives every custom resource an explicit provider of its own cell", () => {
		for (const node of dev.resources.filter((each) => each.custom && !each.type.startsWith("pulumi:"))) {
			const provider = dev.resources.find((each) => each.urn === node.provider?.urn);
			assert.equal(provider?.cell, node.cell, node.urn);
		}
	});

	it("registers no literal that belongs to one environment", async () => {
		const administrators = ["arn:aws:iam::555566667777:role/others"];
		const moved = withSetting(specValue("dev"), "accounts.aws.id", "555566667777");
		const other = blueprintText(
			await blueprintOf(withSetting(moved, "regions.0.cluster.administrators", administrators)),
		);
		assert.ok(!other.includes("210987654321"));
	});

	describe("of the GPU pool", () => {
		const template = (blueprint: Blueprint): ResourceNode =>
			named(blueprint, "aws-us-east-1-cluster-foundation-template", "aws:ec2/launchTemplate:LaunchTemplate");
		const group = (blueprint: Blueprint): ResourceNode =>
			named(blueprint, "aws-us-east-1-cluster-foundation-group", "aws:eks/nodeGroup:NodeGroup");
		const pool = "regions.0.gpuPools.0";

		it("attaches one ENA and all 32 EFA interfaces of p5.48xlarge, each with the cluster's and the fabric's group", () => {
			const interfaces = template(dev).inputs.networkInterfaces;
			assert.ok(Array.isArray(interfaces));
			assert.equal(interfaces.length, 33);
			assert.deepEqual(interfaces[0], {
				networkCardIndex: 0,
				deviceIndex: 0,
				interfaceType: "interface",
				securityGroups: [UNKNOWN, UNKNOWN],
				deleteOnTermination: "true",
			});
		});

		it("follows the specification's figures", async () => {
			const blueprint = await blueprintOf(withSetting(specValue("dev"), `${pool}.nodes`, 9));
			assert.deepEqual(group(blueprint).inputs.scalingConfig, { minSize: 9, desiredSize: 9, maxSize: 9 });
		});

		it("stands in one zone's subnet and in a placement group", async () => {
			const moved = await blueprintOf(withSetting(specValue("dev"), `${pool}.zone`, "us-east-1b"));
			assert.deepEqual(group(moved).propertyDependencies.subnetIds, [
				named(moved, "aws-us-east-1-network-compute-us-east-1b", "aws:ec2/subnet:Subnet").urn,
			]);
			assert.ok(template(moved).inputs.placement);
		});

		it("uses a reservation of its own and nothing else, where one is to be created", async () => {
			const capacity = { kind: "reservation", create: true };
			const blueprint = await blueprintOf(withSetting(specValue("dev"), `${pool}.capacity`, capacity));
			const reservation = blueprint.resources.find((node) => node.type.endsWith(":CapacityReservation"));
			assert.equal(reservation?.inputs.instanceCount, 4);
			assert.equal(reservation?.inputs.availabilityZone, "us-east-1a");
			const { capacityReservationSpecification } = template(blueprint).inputs;
			assert.deepEqual(capacityReservationSpecification, {
				capacityReservationPreference: "capacity-reservations-only",
				capacityReservationTarget: { capacityReservationId: UNKNOWN },
			});
			assert.equal(group(blueprint).inputs.capacityType, "ON_DEMAND");
		});

		it("takes a capacity block as EKS wants it: type in the template, no placement group", async () => {
			const capacity = {
				kind: "capacity-block",
				id: "cr-0123456789abcdef0",
				starts: "2026-12-01T11:30:00Z",
				ends: "2026-12-15T11:30:00Z",
			};
			const blueprint = await blueprintOf(withSetting(specValue("dev"), `${pool}.capacity`, capacity));
			const { inputs } = template(blueprint);
			assert.equal(inputs.instanceType, "p5.48xlarge");
			assert.deepEqual(inputs.instanceMarketOptions, { marketType: "capacity-block" });
			assert.equal(inputs.placement, undefined);
			assert.equal(group(blueprint).inputs.instanceTypes, undefined);
			assert.equal(group(blueprint).inputs.capacityType, "CAPACITY_BLOCK");
		});

		it("names no release that could not be verified", () => {
			assert.equal(group(dev).inputs.releaseVersion, undefined);
		});
	});
});
