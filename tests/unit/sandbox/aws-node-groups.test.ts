import assert from "node:assert/strict";
import type { Properties } from "../../../lib/values";
import { isObject, UNKNOWN } from "../../../lib/values";
import type { Fault } from "../../../sandbox/model";
import { document, type Estate, estate, trust } from "./estate";
import { assertFault } from "./stage";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const GROUP = "aws:eks/nodeGroup:NodeGroup";
const ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const LAUNCHER =
	"arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
const ROOT = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "kms:*", Resource: "*" };

let at: Estate;
beforeEach(() => {
	at = estate();
});

const group = (inputs: Properties): Properties => {
	const { amiType: _, ...plain } = at.of("nodeGroup").inputs;
	return { ...plain, nodeGroupName: "other", ...inputs };
};
const faults = (inputs: Properties): Fault[] => at.stage.faults(GROUP, group(inputs));
const templated = (inputs: Properties): Properties => {
	const { id } = at.stage.put(TEMPLATE, { name: `t${at.stage.objects.length}`, ...inputs });
	return { launchTemplate: { id, version: "1" } };
};

/** A role for EC2 or pods with policies of AWS, and its ARN. */
function role(name: string, service: string, policies: readonly string[]): string {
	const assumeRolePolicy = trust(service, ["sts:AssumeRole", "sts:TagSession"]);
	const made = at.stage.make("aws:iam/role:Role", { name, assumeRolePolicy });
	for (const policy of policies) {
		at.stage.make("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
			role: name,
			policyArn: `arn:aws:iam::aws:policy/${policy}`,
		});
	}
	return String(made.outputs.arn);
}

const nodeRole = (...policies: string[]): Properties => ({ nodeRoleArn: role("n", "ec2.amazonaws.com", policies) });
const inline = (policy: string): void => {
	at.stage.make("aws:iam/rolePolicy:RolePolicy", { role: "n", name: "own", policy });
};

describe("permissions of nodes", () => {
	const images = "AmazonEC2ContainerRegistryPullOnly";
	const cni = "AmazonEKS_CNI_Policy";

	it("refuses the minimal policy, with which nodeadm cannot describe its instance", () => {
		const bare = nodeRole("AmazonEKSWorkerNodeMinimalPolicy", images);
		assertFault(faults(bare), "nodeRoleArn", /do not allow ec2:DescribeInstances,/);
	});

	it("refuses a role that cannot pull images", () => {
		const bare = nodeRole("AmazonEKSWorkerNodePolicy", cni);
		assertFault(faults(bare), "nodeRoleArn", /ecr:GetAuthorizationToken, ecr:BatchGetImage/);
	});

	it("takes permissions from inline and customer policies", () => {
		const own = nodeRole(cni);
		inline(document({ Effect: "Allow", Action: ["ecr:*"], Resource: "*" }));
		const describe = document({ Effect: "Allow", Action: "ec2:Describe*", Resource: "*" });
		const policy = at.stage.make("aws:iam/policy:Policy", { name: "describe", policy: describe });
		at.stage.make("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
			role: "n",
			policyArn: String(policy.outputs.arn),
		});
		assert.deepEqual(faults(own), []);
	});

	it("refuses a describe on some instances only", () => {
		const own = nodeRole("AmazonEKSWorkerNodeMinimalPolicy", images);
		inline(document({ Effect: "Allow", Action: "ec2:Describe*", Resource: "arn:aws:ec2:*:*:instance/*" }));
		assertFault(faults(own), "nodeRoleArn", /ec2:DescribeInstances/);
	});

	it("lets a role pass whose policies are not known yet", () => {
		const own = nodeRole();
		at.stage.put("aws:iam/rolePolicy:RolePolicy", { role: "n", name: "own", policy: UNKNOWN });
		assert.deepEqual(faults(own), []);
	});

	it("refuses nodes whose network driver has no permissions", () => {
		const own = nodeRole("AmazonEKSWorkerNodePolicy", images);
		assertFault(faults(own), "nodeRoleArn", /VPC CNI of research may not call ec2:CreateNetworkInterface/);
		const driver = role("driver", "pods.eks.amazonaws.com", []);
		const bound = { clusterName: "research", namespace: "kube-system", serviceAccount: "aws-node", roleArn: driver };
		at.stage.make(ASSOCIATION, bound);
		assertFault(faults(own), "nodeRoleArn", /VPC CNI/);
	});

	it("takes a network driver bound to a role of its own, or to one that is not known yet", () => {
		const own = nodeRole("AmazonEKSWorkerNodePolicy", images);
		const driver = role("driver", "pods.eks.amazonaws.com", [cni]);
		const bound = { clusterName: "research", namespace: "kube-system", serviceAccount: "aws-node" };
		for (const roleArn of [driver, UNKNOWN]) {
			const made = at.stage.put(ASSOCIATION, { ...bound, roleArn });
			assert.deepEqual(faults(own), []);
			at.stage.objects.splice(at.stage.objects.indexOf(made), 1);
		}
	});
});

describe("AMI types and machines", () => {
	const rows: readonly [string, string, boolean][] = [
		["AL2023_x86_64_NVIDIA", "p5.48xlarge", true],
		["AL2023_x86_64_NVIDIA", "g6.48xlarge", true],
		["AL2023_x86_64_NVIDIA", "trn2.48xlarge", false],
		["BOTTLEROCKET_x86_64_NVIDIA_FIPS", "inf2.48xlarge", false],
		["AL2023_x86_64_NVIDIA", "g4ad.xlarge", false],
		["AL2023_x86_64_NEURON", "trn2.48xlarge", true],
		["AL2023_x86_64_NEURON", "p5.48xlarge", false],
		["AL2023_x86_64_NEURON", "m7i.large", false],
		["AL2023_x86_64_STANDARD", "p5.48xlarge", true],
	];
	for (const [amiType, type, fits] of rows) {
		it(`${fits ? "takes" : "refuses"} ${amiType} on ${type}, in the group or in its template`, () => {
			const inGroup = faults({ ...templated({}), amiType, instanceTypes: [type] });
			const inTemplate = faults({ ...templated({ instanceType: type }), amiType });
			for (const found of [inGroup, inTemplate]) {
				assert.deepEqual(
					found.map(({ property }) => property),
					fits ? [] : ["amiType"],
				);
			}
		});
	}
});

describe("templates on the group's machines", () => {
	const efa = (networkCardIndex: number): Properties => ({
		networkCardIndex,
		deviceIndex: 1,
		interfaceType: "efa-only",
	});
	const primary = { networkCardIndex: 0, deviceIndex: 0 };

	it("refuses a fabric that another type has", () => {
		const fabric = templated({ networkInterfaces: [primary, ...[1, 2, 3, 16].map(efa)] });
		assertFault(
			faults({ ...fabric, instanceTypes: ["p6-b200.48xlarge"] }),
			"launchTemplate",
			/does not fit p6-b200\.48xlarge: networkInterfaces\[4\]\.networkCardIndex: must be 0 to 7/,
		);
		assertFault(faults({ ...fabric, instanceTypes: ["m7i.large"] }), "launchTemplate", /4 EFA interfaces/);
		assert.deepEqual(faults({ ...fabric, instanceTypes: ["p6-b300.48xlarge"] }), []);
	});
});

describe("groups on a capacity reservation", () => {
	const held = (): Properties => ({
		instanceType: "p5.48xlarge",
		capacityReservationSpecification: {
			capacityReservationPreference: "capacity-reservations-only",
			capacityReservationTarget: { capacityReservationId: at.of("reservation").id },
		},
	});
	const size = (desiredSize: number, maxSize: number): Properties => ({
		scalingConfig: { minSize: 0, desiredSize, maxSize },
	});

	it("refuses more nodes than it holds", () => {
		const onReservation = templated(held());
		assertFault(faults({ ...onReservation, ...size(3, 3) }), "scalingConfig.desiredSize", /at most 2, .*but 3/);
		assertFault(faults({ ...onReservation, ...size(1, 3) }), "scalingConfig.maxSize", /at most 2/);
		assert.deepEqual(faults({ ...onReservation, ...size(2, 2) }), []);
	});

	it("refuses an update that needs an instance to spare", () => {
		const inputs = group({ ...templated(held()), ...size(2, 2) });
		const self = at.stage.put(GROUP, inputs);
		const update = (changes: Properties): Fault[] => at.stage.faults(GROUP, { ...inputs, ...changes }, { self });
		const next = templated(held());
		assertFault(update(next), "updateConfig.updateStrategy", /must be "MINIMAL"/);
		assert.deepEqual(update({ ...next, updateConfig: { maxUnavailable: 1, updateStrategy: "MINIMAL" } }), []);
		assert.deepEqual(update({ ...next, ...size(1, 2) }), []);
		assert.deepEqual(update({ labels: { a: "b" } }), []);
	});
});

describe("groups that may outgrow their reservation", () => {
	const open = (): Properties => {
		const group = at.of("placement");
		at.stage.make("aws:ec2/capacityReservation:CapacityReservation", {
			availabilityZone: "us-east-1a",
			instanceCount: 2,
			instancePlatform: "Linux/UNIX",
			instanceType: "p5.48xlarge",
			instanceMatchCriteria: "open",
			placementGroupArn: String(group.outputs.arn),
		});
		return templated({
			instanceType: "p5.48xlarge",
			placement: { groupName: group.id },
			capacityReservationSpecification: { capacityReservationPreference: "open" },
		});
	};

	it("take more nodes than it holds", () => {
		assert.deepEqual(faults({ ...open(), scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 8 } }), []);
	});

	it("stay in the zone of the placement group that it is made in", () => {
		assertFault(faults({ ...open(), subnetIds: [at.of("subnetB").id] }), "subnetIds", /reserved in it.*us-east-1b/);
	});
});

describe("keys of nodes' disks", () => {
	const USE = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*", "kms:ReEncrypt*", "kms:CreateGrant"];
	const onKey = (...statements: Properties[]): Fault[] => {
		const key = at.stage.make("aws:kms/key:Key", { policy: document(ROOT, ...statements) });
		const ebs = { encrypted: "true", kmsKeyId: String(key.outputs.arn) };
		return faults(templated({ blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs }] }));
	};
	const use = { Effect: "Allow", Principal: { AWS: LAUNCHER }, Action: USE, Resource: "*" };
	const where = (name: string): Properties => ({ ArnEquals: { "aws:PrincipalArn": name } });

	it("refuses a key that the autoscaling service may not use", () => {
		assertFault(onKey(), "launchTemplate", /AWSServiceRoleForAutoScaling call kms:CreateGrant, kms:Decrypt/);
		assertFault(onKey({ ...use, Action: USE.slice(0, 4) }), "launchTemplate", /call kms:CreateGrant, so no node/);
	});

	it("refuses a condition that names somebody else, and the root, which only asks IAM", () => {
		assertFault(onKey({ ...use, Principal: "*", Condition: where(`${LAUNCHER}_x`) }), "launchTemplate", /no node/);
		assertFault(onKey({ ...ROOT, Condition: where(LAUNCHER) }), "launchTemplate", /no node/);
	});

	it("takes a key that names its role, or everybody under a condition that names it", () => {
		assert.deepEqual(onKey(use), []);
		assert.deepEqual(onKey({ ...use, Principal: { AWS: "*" }, Condition: where(LAUNCHER) }), []);
	});
});

describe("a cluster's network", () => {
	const CLUSTER = "aws:eks/cluster:Cluster";

	it("stays in its VPC when the cluster is changed, and may move within it", () => {
		const self = at.of("cluster");
		const other = at.stage.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.99.0.0/16" });
		const subnetIds = ["us-east-1a", "us-east-1b"].map(
			(availabilityZone, i) =>
				at.stage.make("aws:ec2/subnet:Subnet", { vpcId: other.id, cidrBlock: `10.99.${i}.0/24`, availabilityZone }).id,
		);
		const { vpcConfig } = self.inputs;
		const moved = { ...self.inputs, vpcConfig: { ...(isObject(vpcConfig) ? vpcConfig : {}), subnetIds } };
		assertFault(at.stage.faults(CLUSTER, moved, { self }), "vpcConfig.subnetIds", /a cluster never leaves/);
		assert.deepEqual(at.stage.faults(CLUSTER, self.inputs, { self }), []);
	});
});
