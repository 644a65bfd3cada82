import type { TypeModel } from "../model";
import { schedule } from "./autoscaling-schedule";
import { capacityReservation, placementGroup } from "./capacity";
import { trail } from "./cloudtrail";
import { customerGateway } from "./customer-gateway";
import { defaultKmsKey, encryptionByDefault } from "./ebs";
import { lifecyclePolicy, repository } from "./ecr";
import { accessEntry, accessPolicyAssociation } from "./eks-access";
import { addon, podIdentityAssociation } from "./eks-addon";
import { cluster } from "./eks-cluster";
import { nodeGroup } from "./eks-node-group";
import { flowLog } from "./flow-log";
import { eip, internetGateway } from "./gateways";
import { openIdConnectProvider, policy } from "./iam-policy";
import { role, rolePolicy, rolePolicyAttachment } from "./iam-role";
import { alias, key } from "./kms";
import { launchTemplate } from "./launch-template";
import { logGroup } from "./logs";
import { natGateway } from "./nat-gateway";
import { firewall, firewallLogging } from "./network-firewall";
import { firewallPolicy } from "./network-firewall-policy";
import { ruleGroup } from "./network-firewall-rules";
import { zone } from "./route53";
import { route, routeTable, routeTableAssociation } from "./routing";
import { accountPublicAccessBlock, bucketPolicy, bucketPublicAccessBlock } from "./s3-access";
import { bucket } from "./s3-bucket";
import { bucketLifecycleConfiguration } from "./s3-lifecycle";
import {
	bucketObjectLockConfiguration,
	bucketOwnershipControls,
	bucketServerSideEncryptionConfiguration,
	bucketVersioning,
} from "./s3-settings";
import { defaultSecurityGroup, securityGroup } from "./security-group";
import { securityGroupEgressRule, securityGroupIngressRule } from "./security-group-rule";
import { subnet } from "./subnet";
import { peeringAccepter, peeringAttachment, vpcAttachment } from "./transit-attachment";
import { transitGateway, transitRouteTable } from "./transit-gateway";
import { transitAssociation, transitPropagation, transitRoute } from "./transit-routing";
import { vpc, vpcIpv4CidrBlockAssociation } from "./vpc";
import { vpcEndpoint } from "./vpc-endpoint";
import { vpnConnection } from "./vpn-connection";

const models: readonly TypeModel[] = [
	vpc,
	vpcIpv4CidrBlockAssociation,
	subnet,
	internetGateway,
	eip,
	natGateway,
	routeTable,
	route,
	routeTableAssociation,
	defaultSecurityGroup,
	securityGroup,
	securityGroupIngressRule,
	securityGroupEgressRule,
	vpcEndpoint,
	flowLog,
	transitGateway,
	transitRouteTable,
	vpcAttachment,
	peeringAttachment,
	peeringAccepter,
	transitAssociation,
	transitPropagation,
	transitRoute,
	customerGateway,
	vpnConnection,
	ruleGroup,
	firewallPolicy,
	firewall,
	firewallLogging,
	launchTemplate,
	placementGroup,
	capacityReservation,
	encryptionByDefault,
	defaultKmsKey,
	key,
	alias,
	role,
	policy,
	rolePolicy,
	rolePolicyAttachment,
	openIdConnectProvider,
	cluster,
	nodeGroup,
	schedule,
	addon,
	accessEntry,
	accessPolicyAssociation,
	podIdentityAssociation,
	bucket,
	bucketVersioning,
	bucketServerSideEncryptionConfiguration,
	bucketPublicAccessBlock,
	bucketOwnershipControls,
	bucketPolicy,
	bucketLifecycleConfiguration,
	bucketObjectLockConfiguration,
	accountPublicAccessBlock,
	trail,
	logGroup,
	zone,
	repository,
	lifecyclePolicy,
];

/** Every AWS type that the sandbox knows, by token. A type that is not here is refused. */
export const awsModels: ReadonlyMap<string, TypeModel> = new Map(models.map((model) => [model.type, model]));
