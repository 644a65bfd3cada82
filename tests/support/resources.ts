import type { ProviderRef, ResourceNode } from "../../lib/graph";
import { isObject, type Properties, UNKNOWN, type Value } from "../../lib/values";

/** What a test says of a resource beyond its type, name and inputs. */
export interface ResourceExtras {
	readonly parent?: ResourceNode;
	readonly provider?: ProviderRef;
	readonly cell?: string;
	/** Resources that an input was computed from. */
	readonly from?: { readonly [property: string]: readonly ResourceNode[] };
	readonly options?: ResourceNode["options"];
}

const STACK = "dev";
const PROJECT = "meridian";

/** The AWS provider of a region. */
export function awsProvider(region = "us-east-1"): ProviderRef {
	return { urn: urnOf("pulumi:providers:aws", `aws-${region}`), package: "aws", region };
}

/** The provider of a cluster. */
export function clusterProvider(name = "main"): ProviderRef {
	return { urn: urnOf("pulumi:providers:kubernetes", name), package: "kubernetes" };
}

/** A resource as a program registers it, its URN by the engine's rule. */
export function resource(type: string, name: string, inputs: Properties, extras: ResourceExtras = {}): ResourceNode {
	const from = Object.entries(extras.from ?? {});
	const provider = extras.provider ?? (type.startsWith("kubernetes:") ? clusterProvider() : awsProvider());
	return {
		urn: urnOf(type, name, extras.parent),
		type,
		name,
		custom: true,
		cell: extras.cell ?? "aws-us-east-1",
		...(extras.parent ? { parent: extras.parent.urn } : {}),
		provider,
		inputs,
		dependencies: from.flatMap(([, nodes]) => nodes.map(({ urn }) => urn)),
		propertyDependencies: Object.fromEntries(from.map(([property, nodes]) => [property, nodes.map(({ urn }) => urn)])),
		options: extras.options ?? {},
	};
}

function urnOf(type: string, name: string, parent?: ResourceNode): string {
	const chain = parent?.urn.split("::")[2];
	return `urn:pulumi:${STACK}::${PROJECT}::${chain ? `${chain}$` : ""}${type}::${name}`;
}

/** The same resource with one input changed; `undefined` removes it. A path is `vpcConfig.subnetIds`. */
export function withInput(node: ResourceNode, path: string, value: Value | undefined): ResourceNode {
	return { ...node, inputs: changed(node.inputs, path.split("."), value) };
}

function changed(holder: Properties, steps: readonly string[], value: Value | undefined): Properties {
	const [step = "", ...rest] = steps;
	const inner = holder[step];
	const next = rest.length === 0 ? value : changed(isObject(inner) ? inner : {}, rest, value);
	const others = Object.entries(holder).filter(([key]) => key !== step);
	return Object.fromEntries(next === undefined ? others : [...others, [step, next]]);
}

/** A customer key that rotates. */
export function kmsKey(name = "data"): ResourceNode {
	return resource("aws:kms/key:Key", name, {
		enableKeyRotation: true,
		rotationPeriodInDays: 365,
		deletionWindowInDays: 30,
	});
}

/** A bucket of unknown name; what encrypts it is a resource of its own. */
export function bucket(name = "data", inputs: Properties = {}): ResourceNode {
	return resource("aws:s3/bucket:Bucket", name, inputs);
}

/** The encryption of a bucket with a key of the program, both ids not known yet. */
export function bucketEncryption(of: ResourceNode, key: ResourceNode, name = "data-encryption"): ResourceNode {
	return resource(
		"aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
		name,
		{
			bucket: UNKNOWN,
			rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: UNKNOWN } }],
		},
		{ from: { bucket: [of], rules: [key] } },
	);
}

/** Encryption by default of new volumes in one region. */
export function encryptionByDefault(extras: ResourceExtras = {}): ResourceNode {
	return resource("aws:ebs/encryptionByDefault:EncryptionByDefault", "default", { enabled: true }, extras);
}

/** A subnet without public addresses. */
export function subnet(name = "private-a"): ResourceNode {
	return resource("aws:ec2/subnet:Subnet", name, { mapPublicIpOnLaunch: false });
}

/** A private cluster whose secrets are encrypted with a key of the program. */
export function eksCluster(key: ResourceNode): ResourceNode {
	return resource(
		"aws:eks/cluster:Cluster",
		"main",
		{
			vpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: false, subnetIds: [UNKNOWN] },
			enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
			encryptionConfig: { provider: { keyArn: UNKNOWN }, resources: ["secrets"] },
		},
		{ from: { encryptionConfig: [key] } },
	);
}

/** Nodes in the given subnets, made from a template. */
export function nodeGroup(subnets: readonly ResourceNode[], template: ResourceNode): ResourceNode {
	return resource(
		"aws:eks/nodeGroup:NodeGroup",
		"system",
		{ subnetIds: subnets.map(() => UNKNOWN), launchTemplate: { id: UNKNOWN, version: UNKNOWN } },
		{ from: { subnetIds: subnets, launchTemplate: [template] } },
	);
}

/** A launch template with an encrypted root volume and IMDSv2. */
export function launchTemplate(name = "nodes"): ResourceNode {
	return resource("aws:ec2/launchTemplate:LaunchTemplate", name, {
		blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "true", volumeSize: 100 } }],
		metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
	});
}

/** A machine with an encrypted root volume and IMDSv2. */
export function instance(name = "bastion"): ResourceNode {
	return resource("aws:ec2/instance:Instance", name, {
		rootBlockDevice: { encrypted: true },
		metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
	});
}

/** A security group rule that lets one private network reach PostgreSQL. */
export function ingressRule(inputs: Properties = {}): ResourceNode {
	return resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "db", {
		cidrIpv4: "10.0.0.0/16",
		fromPort: 5432,
		toPort: 5432,
		ipProtocol: "tcp",
		...inputs,
	});
}

/** A container as the restricted Pod Security level wants it. */
export function container(securityContext: Properties = {}): Properties {
	return {
		name: "main",
		image: "app",
		securityContext: { privileged: false, allowPrivilegeEscalation: false, ...securityContext },
	};
}

/** A Deployment of one container in a namespace. */
export function deployment(inputs: Properties = {}, extras: ResourceExtras = {}): ResourceNode {
	return resource(
		"kubernetes:apps/v1:Deployment",
		"app",
		{
			metadata: { name: "app", namespace: "serving" },
			spec: { template: { spec: { containers: [container()] } } },
			...inputs,
		},
		extras,
	);
}

/** A namespace that enforces the restricted level. */
export function namespace(name = "serving", extras: ResourceExtras = {}): ResourceNode {
	const metadata = { name, labels: { "pod-security.kubernetes.io/enforce": "restricted" } };
	return resource("kubernetes:core/v1:Namespace", name, { metadata }, extras);
}

/** The policy that denies everything in a namespace. */
export function denyAll(inNamespace = "serving", extras: ResourceExtras = {}): ResourceNode {
	return resource(
		"kubernetes:networking.k8s.io/v1:NetworkPolicy",
		`${inNamespace}-deny`,
		{ metadata: { namespace: inNamespace }, spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } },
		extras,
	);
}
