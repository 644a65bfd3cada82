import assert from "node:assert/strict";
import type { Properties } from "../../../lib/values";
import { UNKNOWN } from "../../../lib/values";
import { type Estate, estate, trust } from "./estate";
import { assertFault, type Refused, refuses, type Stage } from "./stage";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const GROUP = "aws:eks/nodeGroup:NodeGroup";
const CLUSTER = "aws:eks/cluster:Cluster";

let at: Estate;
const set = (): Stage => {
	at = estate();
	return at.stage;
};
const id = (name: string): string => at.of(name).id;
const arn = (name: string): string => String(at.of(name).outputs.arn);
const good = (name: string): Properties => at.of(name).inputs;

const PRIMARY = { networkCardIndex: 0, deviceIndex: 0 };

/** One ENA and `count` efa-only interfaces, on the cards from `first`. */
function fabric(count: number, first: number): Properties[] {
	const rest = Array.from({ length: count }, (_, i) => ({
		networkCardIndex: first + i,
		deviceIndex: first + i === 0 ? 1 : 0,
		interfaceType: "efa-only",
	}));
	return [{ ...PRIMARY, interfaceType: "interface" }, ...rest];
}

describe("launch templates", () => {
	refuses((): Refused[] => {
		const row = (because: string, inputs: Properties, property: string, reason: RegExp): Refused => ({
			because,
			type: TEMPLATE,
			inputs: { name: "t-1", ...inputs },
			property,
			reason,
		});
		const p5 = { instanceType: "p5.48xlarge" };
		const block = { ...p5, instanceMarketOptions: { marketType: "capacity-block" } };
		const target = { capacityReservationTarget: { capacityReservationId: "cr-0123456789abcdef0" } };
		return [
			row("a name of two letters", { name: "ab" }, "name", /3 to 128/),
			row("a name twice in the region", { name: "gpu" }, "name", /unique within the region/),
			row(
				"tokens that are none",
				{ metadataOptions: { httpTokens: "requierd" } },
				"metadataOptions.httpTokens",
				/did you mean "required"/,
			),
			row(
				"65 hops",
				{ metadataOptions: { httpPutResponseHopLimit: 65 } },
				"metadataOptions.httpPutResponseHopLimit",
				/1 to 64 hops/,
			),
			row("a type that does not exist", { instanceType: "p5.48xlarg" }, "instanceType", /did you mean "p5\.48xlarge"/),
			row("an image id of another form", { imageId: "ubuntu" }, "imageId", /image id/),
			row("user data that is not base64", { userData: "#!/bin/sh" }, "userData", /base64/),
			row("user data of 17 KiB", { userData: Buffer.alloc(17000).toString("base64") }, "userData", /16384 bytes/),
			row(
				"device 2",
				{ networkInterfaces: [PRIMARY, { networkCardIndex: 1, deviceIndex: 2 }] },
				"networkInterfaces[1].deviceIndex",
				/0 or 1, but 2/,
			),
			row(
				"an interface type that is none",
				{ networkInterfaces: [{ ...PRIMARY, interfaceType: "ena" }] },
				"networkInterfaces[0].interfaceType",
				/"efa-only"/,
			),
			row(
				"33 EFA interfaces on a p5",
				{ ...p5, networkInterfaces: [...fabric(32, 0), { networkCardIndex: 1, deviceIndex: 1, interfaceType: "efa" }] },
				"networkInterfaces",
				/33 EFA interfaces.*takes 32/,
			),
			row(
				"EFA on card 0 of a p6-b300",
				{ instanceType: "p6-b300.48xlarge", networkInterfaces: fabric(16, 0) },
				"networkInterfaces[1].interfaceType",
				/card 0 carries no EFA/,
			),
			row(
				"card 8 of a p6-b200",
				{ instanceType: "p6-b200.48xlarge", networkInterfaces: [PRIMARY, { networkCardIndex: 8, deviceIndex: 0 }] },
				"networkInterfaces[1].networkCardIndex",
				/0 to 7/,
			),
			row(
				"efa-only as the primary interface",
				{ networkInterfaces: [{ ...PRIMARY, interfaceType: "efa-only" }] },
				"networkInterfaces[0].interfaceType",
				/cannot be the primary/,
			),
			row(
				"no primary interface",
				{ networkInterfaces: [{ networkCardIndex: 1, deviceIndex: 0 }] },
				"networkInterfaces",
				/no primary interface/,
			),
			row(
				"two interfaces in one place",
				{ networkInterfaces: [PRIMARY, PRIMARY] },
				"networkInterfaces[1]",
				/taken by another/,
			),
			row(
				"groups in both places",
				{ networkInterfaces: [PRIMARY], vpcSecurityGroupIds: [id("group")] },
				"vpcSecurityGroupIds",
				/cannot be combined/,
			),
			row(
				"a subnet",
				{ networkInterfaces: [{ ...PRIMARY, subnetId: id("subnetA") }] },
				"networkInterfaces[0].subnetId",
				/chooses the subnet/,
			),
			row(
				"a public address with several interfaces",
				{
					networkInterfaces: [
						{ ...PRIMARY, associatePublicIpAddress: "true" },
						{ networkCardIndex: 1, deviceIndex: 0 },
					],
				},
				"networkInterfaces[0].associatePublicIpAddress",
				/several interfaces/,
			),
			row(
				"six groups on an interface",
				{ networkInterfaces: [{ ...PRIMARY, securityGroups: Array(6).fill(id("group")) }] },
				"networkInterfaces[0].securityGroups",
				/takes 5/,
			),
			row(
				"a capacity block without reservation",
				block,
				"capacityReservationSpecification.capacityReservationTarget.capacityReservationId",
				/capacity-block/,
			),
			row(
				"a capacity block without type",
				{ instanceMarketOptions: { marketType: "capacity-block" }, capacityReservationSpecification: target },
				"instanceType",
				/required where marketType/,
			),
			row(
				"a capacity block in a placement group",
				{ ...block, capacityReservationSpecification: target, placement: { groupName: "training" } },
				"placement",
				/remove the placement group/,
			),
			row(
				"an open preference with a target",
				{ capacityReservationSpecification: { ...target, capacityReservationPreference: "open" } },
				"capacityReservationSpecification.capacityReservationPreference",
				/cannot be combined with a target/,
			),
			row(
				"a placement group that is not there",
				{ placement: { groupName: "nobody" } },
				"placement.groupName",
				/names no existing PlacementGroup/,
			),
			row(
				"throughput of a gp2 volume",
				{ blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeType: "gp2", throughput: 500 } }] },
				"blockDeviceMappings[0].ebs.throughput",
				/cannot be given for volumes of type gp2/,
			),
			row(
				"an io2 volume without IOPS",
				{ blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeType: "io2" } }] },
				"blockDeviceMappings[0].ebs.iops",
				/required/,
			),
			row(
				"a key on a volume in clear",
				{ blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { kmsKeyId: arn("key") } }] },
				"blockDeviceMappings[0].ebs.encrypted",
				/must be "true"/,
			),
			row(
				"a device twice",
				{ blockDeviceMappings: [{ deviceName: "/dev/xvda" }, { deviceName: "/dev/xvda" }] },
				"blockDeviceMappings[1].deviceName",
				/mapped twice/,
			),
		];
	}, set);

	it("takes the full fabric of each type", () => {
		set();
		for (const [instanceType, networkInterfaces] of [
			["p5.48xlarge", fabric(32, 0)],
			["p5en.48xlarge", fabric(16, 0)],
			["p6-b200.48xlarge", fabric(8, 0)],
			["p6-b300.48xlarge", fabric(16, 1)],
		] as const) {
			assert.deepEqual(
				at.stage.faults(TEMPLATE, { name: "fabric", instanceType, networkInterfaces }),
				[],
				instanceType,
			);
		}
	});
});

describe("placement groups and reservations", () => {
	refuses((): Refused[] => {
		const place = "aws:ec2/placementGroup:PlacementGroup";
		const reserve = "aws:ec2/capacityReservation:CapacityReservation";
		const reservation = good("reservation");
		return [
			{
				because: "a strategy that is none",
				type: place,
				inputs: { name: "a", strategy: "clusters" },
				property: "strategy",
				reason: /did you mean "cluster"/,
			},
			{
				because: "8 partitions",
				type: place,
				inputs: { name: "a", strategy: "partition", partitionCount: 8 },
				property: "partitionCount",
				reason: /1 to 7/,
			},
			{
				because: "partitions of a cluster group",
				type: place,
				inputs: { name: "a", strategy: "cluster", partitionCount: 2 },
				property: "partitionCount",
				reason: /strategy partition only/,
			},
			{
				because: "a spread level of a cluster group",
				type: place,
				inputs: { name: "a", strategy: "cluster", spreadLevel: "rack" },
				property: "spreadLevel",
				reason: /strategy spread only/,
			},
			{
				because: "no instances",
				type: reserve,
				inputs: { ...reservation, instanceCount: 0 },
				property: "instanceCount",
				reason: /1 to 1000/,
			},
			{
				because: "a zone of another region",
				type: reserve,
				inputs: { ...reservation, availabilityZone: "eu-west-1a" },
				property: "availabilityZone",
				reason: /zone of us-east-1/,
			},
			{
				because: "a type that does not exist",
				type: reserve,
				inputs: { ...reservation, instanceType: "p5.48xl" },
				property: "instanceType",
				reason: /no instance type/,
			},
			{
				because: "an end that is not limited",
				type: reserve,
				inputs: { ...reservation, endDate: "2027-01-01T00:00:00Z" },
				property: "endDate",
				reason: /limited only/,
			},
			{
				because: "a limit without end",
				type: reserve,
				inputs: { ...reservation, endDateType: "limited" },
				property: "endDate",
				reason: /is required/,
			},
			{
				because: "a platform that is none",
				type: reserve,
				inputs: { ...reservation, instancePlatform: "Linux" },
				property: "instancePlatform",
				reason: /"Linux\/UNIX"/,
			},
		];
	}, set);
});

describe("EKS clusters", () => {
	refuses((): Refused[] => {
		const row = (because: string, inputs: Properties, property: string, reason: RegExp): Refused => ({
			because,
			type: CLUSTER,
			inputs: { ...good("cluster"), name: "other", ...inputs },
			property,
			reason,
		});
		const subnetIds = [id("subnetA"), id("subnetB")];
		return [
			row("a name twice", { name: "research" }, "name", /unique within the region/),
			row("a name with dots", { name: "a.b" }, "name", /1 to 100/),
			row(
				"subnets of one zone",
				{ vpcConfig: { subnetIds: [id("subnetA"), id("subnetA")] } },
				"vpcConfig.subnetIds",
				/at least 2 zones, but us-east-1a/,
			),
			row(
				"an endpoint that nobody reaches",
				{ vpcConfig: { subnetIds, endpointPublicAccess: false, endpointPrivateAccess: false } },
				"vpcConfig.endpointPrivateAccess",
				/neither public nor private/,
			),
			row(
				"private blocks of public access",
				{ vpcConfig: { subnetIds, publicAccessCidrs: ["10.0.0.0/8"] } },
				"vpcConfig.publicAccessCidrs[0]",
				/is private/,
			),
			row(
				"an authentication mode that is none",
				{ accessConfig: { authenticationMode: "IAM" } },
				"accessConfig.authenticationMode",
				/"API_AND_CONFIG_MAP"/,
			),
			row(
				"a log that is none",
				{ enabledClusterLogTypes: ["api", "audits"] },
				"enabledClusterLogTypes[1]",
				/did you mean "audit"/,
			),
			row(
				"encryption of something else",
				{ encryptionConfig: { provider: { keyArn: arn("key") }, resources: ["configmaps"] } },
				"encryptionConfig.resources[0]",
				/"secrets"/,
			),
			row(
				"a key that is not there",
				{
					encryptionConfig: {
						provider: { keyArn: "arn:aws:kms:us-east-1:111122223333:key/gone" },
						resources: ["secrets"],
					},
				},
				"encryptionConfig.provider.keyArn",
				/names no existing Key/,
			),
			row("a patch version", { version: "1.34.1" }, "version", /minor version/),
			row(
				"a role that EKS may not assume",
				{ roleArn: arn("nodeRole") },
				"roleArn",
				/eks\.amazonaws\.com call sts:AssumeRole/,
			),
			row(
				"services over the VPC's block",
				{ kubernetesNetworkConfig: { serviceIpv4Cidr: "10.0.0.0/20" } },
				"kubernetesNetworkConfig.serviceIpv4Cidr",
				/overlaps the VPC's/,
			),
			row(
				"public services",
				{ kubernetesNetworkConfig: { serviceIpv4Cidr: "52.0.0.0/16" } },
				"kubernetesNetworkConfig.serviceIpv4Cidr",
				/private block of \/12 to \/24/,
			),
			row(
				"half of Auto Mode",
				{ computeConfig: { enabled: true } },
				"kubernetesNetworkConfig.elasticLoadBalancing.enabled",
				/all or nothing/,
			),
			row(
				"an unknown property",
				{ vpcConfig: { subnetIds, endpointPublic: true } },
				"vpcConfig.endpointPublic",
				/did you mean "endpointPublicAccess"|no such property/,
			),
		];
	}, set);
});

describe("EKS node groups", () => {
	const withTemplate = (inputs: Properties): Properties => {
		const { id: template } = at.stage.put(TEMPLATE, { name: `t${at.stage.objects.length}`, ...inputs });
		return { launchTemplate: { id: template, version: "1" } };
	};
	refuses((): Refused[] => {
		const { amiType: _, ...plain } = good("nodeGroup");
		const row = (because: string, inputs: Properties, property: string, reason: RegExp): Refused => ({
			because,
			type: GROUP,
			inputs: { ...plain, nodeGroupName: "other", ...inputs },
			property,
			reason,
		});
		const size = (minSize: number, desiredSize: number, maxSize: number) => ({
			scalingConfig: { minSize, desiredSize, maxSize },
		});
		const block = { instanceType: "p5.48xlarge", instanceMarketOptions: { marketType: "capacity-block" } };
		const held = {
			capacityReservationSpecification: { capacityReservationTarget: { capacityReservationId: id("reservation") } },
		};
		return [
			row("a name twice in the cluster", { nodeGroupName: "gpu" }, "nodeGroupName", /unique within the cluster/),
			row("a name of 64 letters", { nodeGroupName: "a".repeat(64) }, "nodeGroupName", /1 to 63/),
			row("a cluster that is not there", { clusterName: "nobody" }, "clusterName", /names no existing Cluster/),
			row("more desired than allowed", size(0, 5, 2), "scalingConfig", /min 0, desired 5, max 2/),
			row("more nodes than a group takes", size(0, 0, 451), "scalingConfig.maxSize", /1 to 450 nodes/),
			row(
				"two limits of unavailable nodes",
				{ updateConfig: { maxUnavailable: 1, maxUnavailablePercentage: 10 } },
				"updateConfig",
				/not both/,
			),
			row(
				"an effect in Kubernetes' words",
				{ taints: [{ key: "a", effect: "NoSchedule" }] },
				"taints[0].effect",
				/"NO_SCHEDULE"/,
			),
			row("an AMI type that is none", { amiType: "AL2023" }, "amiType", /"AL2_x86_64"/),
			row("a capacity type that is none", { capacityType: "RESERVED" }, "capacityType", /"CAPACITY_BLOCK"/),
			row("a role that EC2 may not assume", { nodeRoleArn: arn("clusterRole") }, "nodeRoleArn", /ec2\.amazonaws\.com/),
			row(
				"types here and in the template",
				{ instanceTypes: ["p5.48xlarge"] },
				"instanceTypes",
				/cannot be combined with instanceType in the launch template/,
			),
			row("a disk here and a template", { diskSize: 100 }, "diskSize", /cannot be combined with launchTemplate/),
			row("a custom image without one", { amiType: "CUSTOM" }, "amiType", /CUSTOM needs imageId/),
			row(
				"an image with an AMI type",
				{ ...withTemplate({ imageId: "ami-0123456789abcdef0" }), amiType: "AL2023_x86_64_NVIDIA" },
				"amiType",
				/left out or CUSTOM/,
			),
			row(
				"an image with a version",
				{ ...withTemplate({ imageId: "ami-0123456789abcdef0" }), version: "1.34" },
				"version",
				/has an imageId/,
			),
			row(
				"an instance profile in the template",
				withTemplate({ iamInstanceProfile: { name: "mine" } }),
				"launchTemplate",
				/iamInstanceProfile/,
			),
			row(
				"a subnet in the template",
				withTemplate({ networkInterfaces: [{ ...PRIMARY, subnetId: id("subnetA") }] }),
				"launchTemplate",
				/subnetId/,
			),
			row(
				"a capacity block without template",
				{ capacityType: "CAPACITY_BLOCK", launchTemplate: null },
				"launchTemplate",
				/required where capacityType/,
			),
			row(
				"a capacity block without its market",
				{ capacityType: "CAPACITY_BLOCK" },
				"capacityType",
				/capacity-block in the launch template, which has none/,
			),
			row(
				"a capacity block's template on demand",
				{ ...withTemplate(block), capacityType: "ON_DEMAND" },
				"capacityType",
				/must be CAPACITY_BLOCK/,
			),
			row(
				"types with a capacity block",
				{ ...withTemplate(block), capacityType: "CAPACITY_BLOCK", instanceTypes: ["p5.48xlarge"] },
				"instanceTypes",
				/CAPACITY_BLOCK/,
			),
			row(
				"a capacity block in a placement group",
				{ ...withTemplate({ ...block, placement: { groupName: "training" } }), capacityType: "CAPACITY_BLOCK" },
				"launchTemplate",
				/remove the placement group/,
			),
			row(
				"a subnet outside the reservation's zone",
				{ ...withTemplate({ instanceType: "p5.48xlarge", ...held }), subnetIds: [id("subnetB")] },
				"subnetIds",
				/is in us-east-1a, but a subnet is in us-east-1b/,
			),
			row(
				"another type than the reservation's",
				withTemplate({ instanceType: "p5e.48xlarge", ...held }),
				"launchTemplate",
				/holds p5\.48xlarge/,
			),
			row(
				"two zones of a cluster placement group",
				{ ...withTemplate({ placement: { groupName: "training" } }), subnetIds: [id("subnetA"), id("subnetB")] },
				"subnetIds",
				/lies in one zone/,
			),
			row(
				"an ARM machine with an x86 image",
				{ ...withTemplate({}), amiType: "AL2023_x86_64_STANDARD", instanceTypes: ["m7g.xlarge"] },
				"instanceTypes",
				/arm64/,
			),
			row(
				"a machine that does not exist",
				{ ...withTemplate({}), instanceTypes: ["m7i.huge"] },
				"instanceTypes[0]",
				/no instance type/,
			),
		];
	}, set);

	it("lets a group pass whose template is not known yet", () => {
		set();
		const inputs = { ...good("nodeGroup"), nodeGroupName: "other", launchTemplate: { id: UNKNOWN, version: UNKNOWN } };
		assert.deepEqual(at.stage.faults(GROUP, inputs), []);
	});

	it("stops at 30 groups a cluster", () => {
		set();
		for (let i = 0; i < 29; i += 1) {
			at.stage.put(GROUP, { ...good("nodeGroup"), nodeGroupName: `g${i}` });
		}
		assertFault(
			at.stage.faults(GROUP, { ...good("nodeGroup"), nodeGroupName: "last" }),
			"clusterName",
			/allows 30 node groups/,
		);
	});
});

describe("add-ons and access", () => {
	refuses((): Refused[] => {
		const addon = { clusterName: "research", addonName: "coredns" };
		const entry = { clusterName: "research", principalArn: arn("nodeRole") };
		const link = good("accessPolicy");
		const pod = good("podIdentity");
		const types = {
			addon: "aws:eks/addon:Addon",
			entry: "aws:eks/accessEntry:AccessEntry",
			link: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
			pod: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
		};
		return [
			{
				because: "an add-on that does not exist",
				type: types.addon,
				inputs: { ...addon, addonName: "core-dns" },
				property: "addonName",
				reason: /did you mean "coredns"/,
			},
			{
				because: "an add-on twice",
				type: types.addon,
				inputs: { ...addon, addonName: "vpc-cni" },
				property: "addonName",
				reason: /already/,
			},
			{
				because: "a version of another form",
				type: types.addon,
				inputs: { ...addon, addonVersion: "1.11" },
				property: "addonVersion",
				reason: /eksbuild/,
			},
			{
				because: "broken settings",
				type: types.addon,
				inputs: { ...addon, configurationValues: "{a" },
				property: "configurationValues",
				reason: /does not parse/,
			},
			{
				because: "a conflict rule that is none",
				type: types.addon,
				inputs: { ...addon, resolveConflictsOnCreate: "PRESERVE" },
				property: "resolveConflictsOnCreate",
				reason: /"NONE" or "OVERWRITE"/,
			},
			{
				because: "an entry twice",
				type: types.entry,
				inputs: good("entry"),
				property: "principalArn",
				reason: /already/,
			},
			{
				because: "a session as principal",
				type: types.entry,
				inputs: { ...entry, principalArn: "arn:aws:sts::111122223333:assumed-role/a/b" },
				property: "principalArn",
				reason: /IAM role or user/,
			},
			{
				because: "a system group",
				type: types.entry,
				inputs: { ...entry, kubernetesGroups: ["system:masters"] },
				property: "kubernetesGroups",
				reason: /reserved/,
			},
			{
				because: "groups of a node entry",
				type: types.entry,
				inputs: { ...entry, type: "EC2_LINUX", kubernetesGroups: ["a"] },
				property: "kubernetesGroups",
				reason: /STANDARD only/,
			},
			{
				because: "a policy without entry",
				type: types.link,
				inputs: { ...link, principalArn: arn("nodeRole") },
				property: "principalArn",
				reason: /no access entry/,
			},
			{
				because: "a policy of IAM",
				type: types.link,
				inputs: { ...link, policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
				property: "policyArn",
				reason: /cluster-access-policy/,
			},
			{
				because: "a namespace scope without namespaces",
				type: types.link,
				inputs: { ...link, accessScope: { type: "namespace" } },
				property: "accessScope.namespaces",
				reason: /is required/,
			},
			{
				because: "namespaces of a cluster scope",
				type: types.link,
				inputs: { ...link, accessScope: { type: "cluster", namespaces: ["a"] } },
				property: "accessScope.namespaces",
				reason: /cannot be given/,
			},
			{ because: "an identity twice", type: types.pod, inputs: pod, property: "serviceAccount", reason: /already/ },
			{
				because: "a role that pods may not assume",
				type: types.pod,
				inputs: { ...pod, serviceAccount: "b", roleArn: arn("nodeRole") },
				property: "roleArn",
				reason: /sts:AssumeRole and sts:TagSession/,
			},
		];
	}, set);

	it("refuses entries of a cluster that knows the config map only", () => {
		set();
		at.stage.put(CLUSTER, { ...good("cluster"), name: "classic", accessConfig: { authenticationMode: "CONFIG_MAP" } });
		const inputs = { clusterName: "classic", principalArn: arn("nodeRole") };
		assertFault(at.stage.faults("aws:eks/accessEntry:AccessEntry", inputs), "clusterName", /CONFIG_MAP/);
	});

	it("takes a role whose trust names the service in a list", () => {
		set();
		const role = at.stage.make("aws:iam/role:Role", {
			name: "wide",
			assumeRolePolicy: trust("eks.amazonaws.com", ["sts:*"]),
		});
		const inputs = { ...good("cluster"), name: "other", roleArn: String(role.outputs.arn) };
		assert.deepEqual(at.stage.faults(CLUSTER, inputs), []);
	});
});
