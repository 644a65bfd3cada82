import type { TypeModel } from "../model";
import { agentPool } from "./agent-pool";
import { blobService, container, immutabilityPolicy } from "./blob";
import { reservation, reservationGroup } from "./capacity-reservation";
import { clusterExtension } from "./cluster-extension";
import { registry } from "./container-registry";
import { dataCollectionRule, dataCollectionRuleAssociation } from "./data-collection";
import { diagnosticSetting } from "./diagnostic-setting";
import { diskEncryptionSet } from "./disk-encryption-set";
import { featureRegistration } from "./feature";
import { firewall } from "./firewall";
import { firewallPolicy } from "./firewall-policy";
import { firewallRules } from "./firewall-rules";
import { flowLog } from "./flow-log";
import { hubConnection } from "./hub-connection";
import { federatedCredential, userAssignedIdentity } from "./identity";
import { key } from "./key";
import { maintenanceConfiguration } from "./maintenance";
import { managedCluster } from "./managed-cluster";
import { managementPolicy } from "./management-policy";
import { natGateway } from "./nat-gateway";
import { privateZone, virtualNetworkLink } from "./private-dns";
import { privateDnsZoneGroup } from "./private-dns-zone-group";
import { privateEndpoint } from "./private-endpoint";
import { publicIp } from "./public-ip";
import { resourceGroup } from "./resource-group";
import { roleAssignment } from "./role-assignment";
import { routeTable } from "./route-table";
import { networkSecurityGroup, securityRule } from "./security-group";
import { storageAccount } from "./storage-account";
import { subnet } from "./subnet";
import { vault } from "./vault";
import { virtualHub } from "./virtual-hub";
import { virtualNetwork } from "./virtual-network";
import { virtualWan } from "./virtual-wan";
import { vpnConnection } from "./vpn-connection";
import { vpnGateway } from "./vpn-gateway";
import { vpnSite } from "./vpn-site";
import { workspace } from "./workspace";

const models: readonly TypeModel[] = [
	resourceGroup,
	virtualNetwork,
	subnet,
	networkSecurityGroup,
	securityRule,
	publicIp,
	natGateway,
	privateEndpoint,
	privateDnsZoneGroup,
	privateZone,
	virtualNetworkLink,
	flowLog,
	workspace,
	vault,
	key,
	roleAssignment,
	userAssignedIdentity,
	federatedCredential,
	diskEncryptionSet,
	reservationGroup,
	reservation,
	managedCluster,
	agentPool,
	maintenanceConfiguration,
	storageAccount,
	blobService,
	container,
	immutabilityPolicy,
	managementPolicy,
	featureRegistration,
	dataCollectionRule,
	dataCollectionRuleAssociation,
	diagnosticSetting,
	registry,
	clusterExtension,
	virtualWan,
	virtualHub,
	hubConnection,
	vpnGateway,
	vpnSite,
	vpnConnection,
	firewall,
	firewallPolicy,
	firewallRules,
	routeTable,
];

/** Every Azure type that the sandbox knows, by token. A type that is not here is refused. */
export const azureModels: ReadonlyMap<string, TypeModel> = new Map(models.map((model) => [model.type, model]));
