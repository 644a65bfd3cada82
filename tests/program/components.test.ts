import { strict as assert } from "node:assert";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { MockResourceArgs } from "@pulumi/pulumi/runtime";
import type { CellContext } from "../../components/cell-context";
import { AwsGpuPool } from "../../components/compute/aws-gpu-pool";
import { GlobalCell } from "../../components/global-cell";
import { AwsBucket } from "../../components/storage/aws";
import { parseSpec } from "../../spec/parse";
import type { Spec } from "../../spec/schema";
import { specValue } from "../support/environments";

/** Everything that a component created, by type; ids and ARNs are known, as after creation. */
class Created {
	private readonly args: MockResourceArgs[] = [];

	async begin(): Promise<void> {
		this.args.length = 0;
		await pulumi.runtime.setMocks({
			newResource: (args) => {
				this.args.push(args);
				const known = { arn: `arn:${args.name}`, keyId: `key-${args.name}`, latestVersion: 3 };
				return { id: `${args.name}-id`, state: { ...known, ...args.inputs } };
			},
			call: () => ({}),
		});
	}

	/** The inputs of the one resource of a type, once all registrations have ended. */
	async single(type: string): Promise<MockResourceArgs["inputs"]> {
		await pulumi.runtime.disconnect();
		const found = this.args.filter((each) => each.type === type);
		assert.equal(found.length, 1, `${type}: ${found.map((each) => each.name).join(", ")}`);
		return found[0]?.inputs;
	}
}

const staging = parseSpec(specValue("staging"), "staging");
/** AWS's part alone, and nothing that joins it to other clouds: mocks know no outputs of theirs. */
const spec: Spec = {
	...staging,
	network: { ...staging.network, backbone: false },
	regions: staging.regions.filter(({ cloud }) => cloud === "aws"),
};
const context: CellContext = { cell: "c", cloud: "aws", region: "us-east-1", account: "320987654321", spec };

/** The value of an output; mocks know every one. */
function known<T>(output: pulumi.Output<T>): Promise<T> {
	return new Promise((resolve) => output.apply(resolve));
}

describe("components on the SDK's mocks", () => {
	const created = new Created();
	beforeEach(() => created.begin());

	it("GlobalCell writes its trail to its own bucket and log, under its own key, in all regions", async () => {
		const cell = new GlobalCell("g", { ...context, cell: "g" });
		const trail = await created.single("aws:cloudtrail/trail:Trail");
		assert.equal(trail.s3BucketName, "g-audit-bucket-id");
		assert.equal(trail.cloudWatchLogsGroupArn, "arn:g-audit-group:*");
		assert.equal(trail.kmsKeyId, "arn:g-keys-audit");
		assert.equal(trail.isMultiRegionTrail, true);
		assert.equal(await known(cell.auditBucketArn), "arn:g-audit-bucket");
		assert.deepEqual(Object.keys(cell.repositoryIds), ["serving", "platform"]);
	});

	it("GlobalCell locks the audit trail for the time that the specification asks", async () => {
		new GlobalCell("g", { ...context, cell: "g" });
		const lock = await created.single("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration");
		assert.deepEqual(lock.rule, { defaultRetention: { mode: "COMPLIANCE", days: 2557 } });
	});

	it("AwsBucket grants a reader its objects and its key, and nothing to write with", async () => {
		const bucket = new AwsBucket(
			"b",
			{ context, role: "artifacts", keyArn: pulumi.output("arn:key"), oldVersionDays: 30 },
			{},
		);
		bucket.grant("loader", pulumi.output("role-name"), "read");
		const grant = await created.single("aws:iam/rolePolicy:RolePolicy");
		assert.equal(grant.role, "role-name");
		const actions = JSON.parse(grant.policy).Statement.flatMap((statement: { Action: unknown }) => statement.Action);
		assert.deepEqual(actions, ["s3:ListBucket", "s3:GetObject", "kms:Decrypt"]);
	});

	it("AwsGpuPool launches its template's latest version in the reservation that it made", async () => {
		const [region] = spec.regions;
		assert.ok(region?.cloud === "aws");
		const [first] = region.gpuPools;
		assert.ok(first);
		// A pool of a fixed size takes its own reservation and nothing else.
		const pool = { ...first, min: first.nodes, max: first.nodes };
		new AwsGpuPool(
			"p",
			{
				context,
				pool,
				clusterName: pulumi.output("cluster"),
				clusterSecurityGroupId: pulumi.output("sg-cluster"),
				nodeRole: new aws.iam.Role("r", { assumeRolePolicy: "{}" }),
				disksKey: pulumi.output("arn:key"),
				nodesWaitFor: [],
				subnetId: pulumi.output("subnet-1"),
				vpcId: pulumi.output("vpc-1"),
			},
			{},
		);
		const group = await created.single("aws:eks/nodeGroup:NodeGroup");
		assert.deepEqual(group.launchTemplate, { id: "p-template-id", version: "3" });
		assert.deepEqual(group.subnetIds, ["subnet-1"]);
		assert.equal(group.updateConfig.updateStrategy, "MINIMAL");
		const template = await created.single("aws:ec2/launchTemplate:LaunchTemplate");
		const target = template.capacityReservationSpecification.capacityReservationTarget;
		assert.deepEqual(target, { capacityReservationId: "p-reservation-id" });
		assert.deepEqual(template.networkInterfaces[1].securityGroups, ["sg-cluster", "p-fabric-id"]);
	});
});
