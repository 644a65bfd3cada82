import { type Properties, type Value, valuesAt } from "../../../lib/values";
import type { SandboxObject, Scope } from "../../../sandbox/model";
import { egress } from "./estate-egress";
import { transit } from "./estate-transit";
import { Stage } from "./stage";

/** A policy document as JSON text. */
export function document(...statements: Properties[]): string {
	return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** A trust policy for a service. */
export function trust(service: string, actions: string[] = ["sts:AssumeRole"]): string {
	return document({ Effect: "Allow", Principal: { Service: service }, Action: actions });
}

/** A key policy that leaves the account in charge and lets a service use the key. */
export function keyPolicy(service: string): string {
	return document(
		{ Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "kms:*", Resource: "*" },
		{
			Effect: "Allow",
			Principal: { Service: service },
			Action: ["kms:GenerateDataKey*", "kms:Encrypt", "kms:Decrypt"],
			Resource: "*",
		},
	);
}

/** Good inputs of one object of each AWS type, by a short name; made in this order, so that references hold. */
export interface Estate {
	readonly stage: Stage;
	readonly made: { readonly [name: string]: SandboxObject };
	/** The object of a name; throws where the estate has none. */
	readonly of: (name: string) => SandboxObject;
}

/** A small, complete AWS estate in one region: every type of the registry once or more. */
export function estate(): Estate {
	const stage = new Stage();
	const made: { [name: string]: SandboxObject } = {};
	const of = (name: string): SandboxObject => {
		const object = made[name];
		if (!object) {
			throw new Error(`the estate has no ${name}`);
		}
		return object;
	};
	const add = (name: string, type: string, inputs: Properties, scope?: Scope): void => {
		made[name] = stage.make(type, inputs, scope);
	};
	network(add, of);
	identity(add);
	storage(add, of);
	compute(add, of);
	clusters(add, of);
	transit(add, of);
	egress(add, of);
	return { stage, made, of };
}

type Add = (name: string, type: string, inputs: Properties) => void;
type Of = (name: string) => SandboxObject;

function network(add: Add, of: Of): void {
	add("vpc", "aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true, tags: { Name: "main" } });
	const vpcId = of("vpc").id;
	add("more", "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", { vpcId, cidrBlock: "100.64.0.0/16" });
	add("subnetA", "aws:ec2/subnet:Subnet", { vpcId, cidrBlock: "10.0.0.0/24", availabilityZone: "us-east-1a" });
	add("subnetB", "aws:ec2/subnet:Subnet", { vpcId, cidrBlock: "10.0.1.0/24", availabilityZone: "us-east-1b" });
	add("igw", "aws:ec2/internetGateway:InternetGateway", { vpcId });
	add("eip", "aws:ec2/eip:Eip", { domain: "vpc" });
	add("nat", "aws:ec2/natGateway:NatGateway", { subnetId: of("subnetA").id, allocationId: of("eip").id });
	add("table", "aws:ec2/routeTable:RouteTable", { vpcId });
	const table = of("table").id;
	add("route", "aws:ec2/route:Route", {
		routeTableId: table,
		destinationCidrBlock: "0.0.0.0/0",
		gatewayId: of("igw").id,
	});
	add("association", "aws:ec2/routeTableAssociation:RouteTableAssociation", {
		routeTableId: table,
		subnetId: of("subnetA").id,
	});
	add("defaultGroup", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", { vpcId });
	add("group", "aws:ec2/securityGroup:SecurityGroup", { vpcId, name: "nodes" });
	const group = of("group").id;
	add("ingress", "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {
		securityGroupId: group,
		ipProtocol: "tcp",
		fromPort: 443,
		toPort: 443,
		cidrIpv4: "10.0.0.0/16",
	});
	add("egress", "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", {
		securityGroupId: group,
		ipProtocol: "-1",
		referencedSecurityGroupId: group,
	});
	add("endpoint", "aws:ec2/vpcEndpoint:VpcEndpoint", {
		vpcId,
		serviceName: "com.amazonaws.us-east-1.s3",
		routeTableIds: [table],
	});
	add("interfaceEndpoint", "aws:ec2/vpcEndpoint:VpcEndpoint", {
		vpcId,
		serviceName: "com.amazonaws.us-east-1.sts",
		vpcEndpointType: "Interface",
		subnetIds: [of("subnetA").id],
		securityGroupIds: [group],
		privateDnsEnabled: true,
	});
	add("zone", "aws:route53/zone:Zone", { name: "example.com" });
}

function identity(add: Add): void {
	add("key", "aws:kms/key:Key", { policy: keyPolicy("cloudtrail.amazonaws.com"), enableKeyRotation: true });
	add("clusterRole", "aws:iam/role:Role", { name: "cluster", assumeRolePolicy: trust("eks.amazonaws.com") });
	add("nodeRole", "aws:iam/role:Role", { name: "node", assumeRolePolicy: trust("ec2.amazonaws.com") });
	add("podRole", "aws:iam/role:Role", {
		name: "pod",
		assumeRolePolicy: trust("pods.eks.amazonaws.com", ["sts:AssumeRole", "sts:TagSession"]),
	});
	add("policy", "aws:iam/policy:Policy", {
		name: "read",
		policy: document({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }),
	});
	add("rolePolicy", "aws:iam/rolePolicy:RolePolicy", {
		name: "inline",
		role: "pod",
		policy: document({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }),
	});
	add("attachment", "aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
		role: "node",
		policyArn: "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
	});
	for (const name of ["AmazonEC2ContainerRegistryPullOnly", "AmazonEKS_CNI_Policy"]) {
		const policyArn = `arn:aws:iam::aws:policy/${name}`;
		add(name, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", { role: "node", policyArn });
	}
	add("oidc", "aws:iam/openIdConnectProvider:OpenIdConnectProvider", {
		url: "https://oidc.eks.us-east-1.amazonaws.com/id/ABC",
		clientIdLists: ["sts.amazonaws.com"],
	});
}

function storage(add: Add, of: Of): void {
	const keyArn = String(of("key").outputs.arn);
	add("alias", "aws:kms/alias:Alias", { name: "alias/main", targetKeyId: of("key").id });
	add("encryption", "aws:ebs/encryptionByDefault:EncryptionByDefault", { enabled: true });
	add("defaultKey", "aws:ebs/defaultKmsKey:DefaultKmsKey", { keyArn });
	add("bucket", "aws:s3/bucket:Bucket", { bucket: "meridian-audit-logs", objectLockEnabled: true });
	const bucket = of("bucket").id;
	add("versioning", "aws:s3/bucketVersioning:BucketVersioning", {
		bucket,
		versioningConfiguration: { status: "Enabled" },
	});
	add("sse", "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", {
		bucket,
		rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn } }],
	});
	add("accountBlock", "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", { blockPublicAcls: true });
	add("block", "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", { bucket, blockPublicPolicy: true });
	add("ownership", "aws:s3/bucketOwnershipControls:BucketOwnershipControls", {
		bucket,
		rule: { objectOwnership: "BucketOwnerEnforced" },
	});
	add("bucketPolicy", "aws:s3/bucketPolicy:BucketPolicy", {
		bucket,
		policy: document({
			Effect: "Allow",
			Principal: { Service: "cloudtrail.amazonaws.com" },
			Action: "s3:PutObject",
			Resource: `arn:aws:s3:::${bucket}/*`,
		}),
	});
	add("lifecycle", "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", {
		bucket,
		rules: [
			{
				id: "old",
				status: "Enabled",
				transitions: [{ days: 30, storageClass: "STANDARD_IA" }],
				expiration: { days: 365 },
			},
		],
	});
	add("lock", "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", {
		bucket,
		rule: { defaultRetention: { mode: "COMPLIANCE", days: 365 } },
	});
	add("trail", "aws:cloudtrail/trail:Trail", {
		name: "audit",
		s3BucketName: bucket,
		kmsKeyId: keyArn,
		isMultiRegionTrail: true,
	});
	add("logGroup", "aws:cloudwatch/logGroup:LogGroup", { name: "/meridian/flows", retentionInDays: 365 });
	add("flowLog", "aws:ec2/flowLog:FlowLog", {
		vpcId: of("vpc").id,
		trafficType: "ALL",
		logDestinationType: "s3",
		logDestination: String(of("bucket").outputs.arn),
	});
	add("repository", "aws:ecr/repository:Repository", { name: "team/serving", imageTagMutability: "IMMUTABLE" });
	add("lifecyclePolicy", "aws:ecr/lifecyclePolicy:LifecyclePolicy", {
		repository: "team/serving",
		policy: JSON.stringify({
			rules: [
				{
					rulePriority: 1,
					selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 14 },
					action: { type: "expire" },
				},
			],
		}),
	});
}

function compute(add: Add, of: Of): void {
	add("placement", "aws:ec2/placementGroup:PlacementGroup", { name: "training", strategy: "cluster" });
	add("reservation", "aws:ec2/capacityReservation:CapacityReservation", {
		availabilityZone: "us-east-1a",
		instanceCount: 2,
		instancePlatform: "Linux/UNIX",
		instanceType: "p5.48xlarge",
	});
	add("template", "aws:ec2/launchTemplate:LaunchTemplate", {
		name: "gpu",
		instanceType: "p5.48xlarge",
		metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
		networkInterfaces: [
			{ networkCardIndex: 0, deviceIndex: 0, interfaceType: "interface", securityGroups: [of("group").id] },
			{ networkCardIndex: 0, deviceIndex: 1, interfaceType: "efa-only", securityGroups: [of("group").id] },
		],
	});
}

function clusters(add: Add, of: Of): void {
	const subnetIds = [of("subnetA").id, of("subnetB").id];
	const roleArn = (name: string): string => String(of(name).outputs.arn);
	add("cluster", "aws:eks/cluster:Cluster", {
		name: "research",
		roleArn: roleArn("clusterRole"),
		version: "1.34",
		accessConfig: { authenticationMode: "API" },
		vpcConfig: { subnetIds, endpointPublicAccess: false, endpointPrivateAccess: true },
	});
	add("nodeGroup", "aws:eks/nodeGroup:NodeGroup", {
		clusterName: "research",
		nodeGroupName: "gpu",
		nodeRoleArn: roleArn("nodeRole"),
		subnetIds: [of("subnetA").id],
		scalingConfig: { minSize: 0, desiredSize: 1, maxSize: 2 },
		amiType: "AL2023_x86_64_NVIDIA",
		launchTemplate: { id: of("template").id, version: "1" },
	});
	add("schedule", "aws:autoscaling/schedule:Schedule", {
		autoscalingGroupName: scalingGroup(of("nodeGroup")),
		scheduledActionName: "gpu-open",
		startTime: "2099-12-01T11:30:00Z",
		desiredCapacity: 2,
		minSize: -1,
		maxSize: -1,
	});
	add("addon", "aws:eks/addon:Addon", {
		clusterName: "research",
		addonName: "vpc-cni",
		addonVersion: "v1.20.0-eksbuild.1",
	});
	add("entry", "aws:eks/accessEntry:AccessEntry", { clusterName: "research", principalArn: roleArn("podRole") });
	add("accessPolicy", "aws:eks/accessPolicyAssociation:AccessPolicyAssociation", {
		clusterName: "research",
		principalArn: roleArn("podRole"),
		policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
		accessScope: { type: "cluster" },
	});
	add("podIdentity", "aws:eks/podIdentityAssociation:PodIdentityAssociation", {
		clusterName: "research",
		namespace: "serving",
		serviceAccount: "loader",
		roleArn: roleArn("podRole"),
	});
}

/** The Auto Scaling group that EKS made for a node group. */
function scalingGroup(group: SandboxObject): Value {
	return valuesAt(group.outputs, "resources[].autoscalingGroups[].name")[0]?.value ?? null;
}
