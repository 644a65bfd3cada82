import type { Properties, Value } from "../../lib/values";
import { certificateForm } from "../certificate-form";
import { flag, object, text, texts } from "../check/inputs";
import type { CreateContext, TypeModel } from "../model";
import { defineAws } from "./define";
import { autoModeFaults, encryptionFaults, endpointFaults, networkFaults } from "./eks-cluster-rules";
import { kmsReferences } from "./kms";
import { arn, dnsSuffixOf, ec2Id } from "./names";
import { groupReference } from "./security-group";

/** The EKS cluster type. */
export const CLUSTER = "aws:eks/cluster:Cluster";

const TIERS = ["standard", "tier-xl", "tier-2xl", "tier-4xl", "tier-8xl"];

/** The version a new cluster gets where the program names none; the sandbox's choice, not AWS's of today. */
const DEFAULT_VERSION = "1.34";

/** An EKS cluster: control plane in at least two zones, reachable one way at least. */
export const cluster: TypeModel = defineAws({
	type: CLUSTER,
	name: {
		path: "name",
		pattern: /^[0-9A-Za-z][\w-]{0,99}$/,
		allowed: "1 to 100 of letters, digits and _-, beginning with a letter or digit",
		unique: "region",
		autoNameLength: 255,
	},
	references: [
		{ path: "roleArn", to: ["aws:iam/role:Role"], by: "arn", holds: false },
		{ path: "vpcConfig.subnetIds[]", to: ["aws:ec2/subnet:Subnet"], by: "id" },
		groupReference("vpcConfig.securityGroupIds[]"),
		...kmsReferences("encryptionConfig.provider.keyArn"),
	],
	values: {
		"accessConfig.authenticationMode": ["CONFIG_MAP", "API", "API_AND_CONFIG_MAP"],
		"enabledClusterLogTypes[]": ["api", "audit", "authenticator", "controllerManager", "scheduler"],
		"encryptionConfig.resources[]": ["secrets"],
		"kubernetesNetworkConfig.ipFamily": ["ipv4", "ipv6"],
		"upgradePolicy.supportType": ["EXTENDED", "STANDARD"],
		"controlPlaneScalingConfig.tier": TIERS,
		"computeConfig.nodePools[]": ["general-purpose", "system"],
	},
	check: (context) => [
		...endpointFaults(context),
		...networkFaults(context),
		...encryptionFaults(context),
		...autoModeFaults(context),
	],
	defaults: {
		bootstrapSelfManagedAddons: true,
		deletionProtection: false,
		enabledClusterLogTypes: [],
		version: DEFAULT_VERSION,
	},
	id: ({ inputs }) => text(inputs, "name") ?? "",
	computed: (context, id) => identity(context, id),
	derived: (context) => ({
		accessConfig: access(context.inputs),
		kubernetesNetworkConfig: network(context),
		upgradePolicy: { supportType: "EXTENDED", ...object(context.inputs, "upgradePolicy") },
		vpcConfig: vpcConfig(context),
	}),
	refusesDelete: (live) =>
		flag(live.inputs, "deletionProtection") === true
			? "deletionProtection is on; set it to false and update first"
			: undefined,
});

function identity(context: CreateContext, id: string): Properties {
	const { region } = context.scope;
	const suffix = dnsSuffixOf(region);
	const issuer = `https://oidc.eks.${region}.${suffix}/id/${context.hex(32).toUpperCase()}`;
	return {
		arn: arn(context.scope, "eks", `cluster/${id}`),
		certificateAuthority: { data: certificateForm(context) },
		clusterId: "",
		createdAt: context.now,
		endpoint: `https://${context.hex(32).toUpperCase()}.gr7.${region}.eks.${suffix}`,
		identities: [{ oidcs: [{ issuer }] }],
		platformVersion: "eks.1",
		status: "ACTIVE",
	};
}

function access(inputs: Properties): Properties {
	return {
		authenticationMode: text(inputs, "accessConfig.authenticationMode") ?? "CONFIG_MAP",
		bootstrapClusterCreatorAdminPermissions:
			flag(inputs, "accessConfig.bootstrapClusterCreatorAdminPermissions") ?? true,
	};
}

/** The service range: 10.100.0.0/16 unless the VPC lies in 10.0.0.0/8, then 172.20.0.0/16. */
function network(context: CreateContext): Properties {
	const given = object(context.inputs, "kubernetesNetworkConfig");
	const before = object(context.self?.outputs, "kubernetesNetworkConfig");
	const subnets = texts(context.inputs, "vpcConfig.subnetIds").flatMap((id) =>
		context.world.find(["aws:ec2/subnet:Subnet"], "id", id),
	);
	const ten = subnets.some((subnet) => text(subnet.outputs, "cidrBlock")?.startsWith("10."));
	const family = text(given, "ipFamily") ?? "ipv4";
	const ranges: Properties =
		family === "ipv6"
			? { serviceIpv6Cidr: `fd${context.hex(2)}:${context.hex(4)}:${context.hex(4)}::/108` }
			: { serviceIpv4Cidr: ten ? "172.20.0.0/16" : "10.100.0.0/16" };
	return { elasticLoadBalancing: { enabled: false }, ipFamily: family, ...ranges, ...before, ...given };
}

function vpcConfig(context: CreateContext): Properties {
	const given = object(context.inputs, "vpcConfig");
	const before = object(context.self?.outputs, "vpcConfig");
	const [subnet] = texts(given, "subnetIds").flatMap((id) => context.world.find(["aws:ec2/subnet:Subnet"], "id", id));
	const isPublic = flag(given, "endpointPublicAccess") ?? true;
	const open: Value = isPublic ? ["0.0.0.0/0"] : [];
	return {
		controlPlaneEgressMode: "AWS_MANAGED",
		endpointPrivateAccess: false,
		endpointPublicAccess: true,
		publicAccessCidrs: open,
		securityGroupIds: [],
		...given,
		clusterSecurityGroupId: text(before, "clusterSecurityGroupId") ?? ec2Id(context, "sg"),
		vpcId: text(before, "vpcId") ?? text(subnet?.outputs, "vpcId") ?? "",
	};
}
