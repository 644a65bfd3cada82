import type { TypeModel } from "../model";
import { repository, repositoryMember } from "./artifact-registry";
import { bucket, bucketMember } from "./bucket";
import { reservation, resourcePolicy } from "./capacity";
import { cluster } from "./cluster";
import { connectivityHub } from "./connectivity-hub";
import { connectivitySpoke } from "./connectivity-spoke";
import { customRole } from "./custom-role";
import { managedZone, recordSet } from "./dns";
import { firewall } from "./firewall";
import { firewallPolicy, firewallPolicyAssociation } from "./firewall-policy";
import { firewallPolicyRule } from "./firewall-policy-rule";
import { cryptoKey, keyMember, keyRing } from "./kms";
import { projectBucketConfig, projectSink } from "./logging";
import { network } from "./network";
import { nodePool } from "./node-pool";
import { globalAddress, globalForwardingRule } from "./private-services";
import { auditConfig, projectMember, service } from "./projects";
import { router, routerNat } from "./router";
import { routerInterface, routerPeer } from "./router-sessions";
import { schedulerJob } from "./scheduler";
import { serviceAccount, serviceAccountMember } from "./service-account";
import { subnetwork } from "./subnetwork";
import { externalVpnGateway, haVpnGateway } from "./vpn-gateway";
import { vpnTunnel } from "./vpn-tunnel";

const models: readonly TypeModel[] = [
	service,
	projectMember,
	auditConfig,
	keyRing,
	cryptoKey,
	keyMember,
	network,
	subnetwork,
	router,
	routerNat,
	firewall,
	globalAddress,
	globalForwardingRule,
	managedZone,
	recordSet,
	resourcePolicy,
	reservation,
	serviceAccount,
	serviceAccountMember,
	cluster,
	nodePool,
	bucket,
	bucketMember,
	projectSink,
	projectBucketConfig,
	repository,
	repositoryMember,
	customRole,
	schedulerJob,
	connectivityHub,
	connectivitySpoke,
	haVpnGateway,
	externalVpnGateway,
	vpnTunnel,
	routerInterface,
	routerPeer,
	firewallPolicy,
	firewallPolicyRule,
	firewallPolicyAssociation,
];

/** Every type of Google Cloud that the sandbox knows, by token. A type that is not here is refused. */
export const gcpModels: ReadonlyMap<string, TypeModel> = new Map(models.map((model) => [model.type, model]));
