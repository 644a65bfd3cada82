import type { Properties } from "../../../../lib/values";
import type { SandboxObject } from "../../../../sandbox/model";
import { PROJECT, Stage } from "../stage";
import { backbone, egress, windows } from "./estate-backbone";

/** The number of the tests' project, which its service agents carry. */
export const NUMBER = "123456789012";

/** The member of a service agent of the tests' project. */
export function agent(domain: string): string {
	return `serviceAccount:service-${NUMBER}@${domain}.iam.gserviceaccount.com`;
}

/** Services that the estate uses. */
export const SERVICES = [
	"artifactregistry.googleapis.com",
	"cloudkms.googleapis.com",
	"cloudresourcemanager.googleapis.com",
	"cloudscheduler.googleapis.com",
	"compute.googleapis.com",
	"container.googleapis.com",
	"dns.googleapis.com",
	"iam.googleapis.com",
	"logging.googleapis.com",
	"networkconnectivity.googleapis.com",
	"servicedirectory.googleapis.com",
	"storage.googleapis.com",
];

const ENCRYPTER = "roles/cloudkms.cryptoKeyEncrypterDecrypter";

/** Good inputs of one object of each type, by a short name; made in this order, so that references hold. */
export interface Estate {
	readonly stage: Stage;
	readonly made: { readonly [name: string]: SandboxObject };
	/** The object of a name; throws where the estate has none. */
	readonly of: (name: string) => SandboxObject;
}

type Add = (name: string, type: string, inputs: Properties) => void;
type Of = (name: string) => SandboxObject;

/** A small, complete cell in one region: every type of the registry once or more. */
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
	const add = (name: string, type: string, inputs: Properties): void => {
		made[name] = stage.make(type, inputs);
	};
	for (const service of SERVICES) {
		add(`service ${service}`, "gcp:projects/service:Service", { service, disableOnDestroy: false });
	}
	keys(add, of);
	network(add, of);
	fabric(add, of);
	accounts(add, of);
	clusters(add, of);
	storage(add, of);
	backbone(add, of);
	egress(add, of);
	windows(add, of);
	return { stage, made, of };
}

function keys(add: Add, of: Of): void {
	add("ring", "gcp:kms/keyRing:KeyRing", { name: "cell-a1b2c3d", location: "us-central1" });
	const keyRing = of("ring").id;
	const agents = { cluster: "container-engine-robot", disks: "compute-system", storage: "gs-project-accounts" };
	for (const [name, domain] of Object.entries(agents)) {
		add(`${name}Key`, "gcp:kms/cryptoKey:CryptoKey", {
			name,
			keyRing,
			rotationPeriod: "7776000s",
			versionTemplate: { algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protectionLevel: "HSM" },
		});
		add(`${name}Grant`, "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", {
			cryptoKeyId: of(`${name}Key`).id,
			role: ENCRYPTER,
			member: agent(domain),
		});
	}
}

function network(add: Add, of: Of): void {
	add("vpc", "gcp:compute/network:Network", { name: "main", autoCreateSubnetworks: false, mtu: 8896 });
	const vpc = of("vpc").id;
	add("subnet", "gcp:compute/subnetwork:Subnetwork", {
		name: "compute",
		network: vpc,
		region: "us-central1",
		ipCidrRange: "10.0.0.0/20",
		secondaryIpRanges: [
			{ rangeName: "pods", ipCidrRange: "10.4.0.0/17" },
			{ rangeName: "services", ipCidrRange: "10.6.0.0/20" },
		],
		privateIpGoogleAccess: true,
		logConfig: { aggregationInterval: "INTERVAL_1_MIN", flowSampling: 1, metadata: "INCLUDE_ALL_METADATA" },
	});
	add("router", "gcp:compute/router:Router", { name: "router", network: vpc, region: "us-central1" });
	add("nat", "gcp:compute/routerNat:RouterNat", {
		name: "nat",
		router: "router",
		region: "us-central1",
		natIpAllocateOption: "AUTO_ONLY",
		sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
		subnetworks: [{ name: of("subnet").id, sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
		enableDynamicPortAllocation: true,
		minPortsPerVm: 64,
		maxPortsPerVm: 4096,
		logConfig: { enable: true, filter: "ERRORS_ONLY" },
	});
	add("firewall", "gcp:compute/firewall:Firewall", {
		name: "refuse",
		network: vpc,
		direction: "INGRESS",
		priority: 65_534,
		denies: [{ protocol: "all" }],
		sourceRanges: ["0.0.0.0/0"],
	});
	add("address", "gcp:compute/globalAddress:GlobalAddress", {
		name: "services",
		purpose: "PRIVATE_SERVICE_CONNECT",
		addressType: "INTERNAL",
		address: "10.9.0.1",
		network: vpc,
	});
	add("endpoint", "gcp:compute/globalForwardingRule:GlobalForwardingRule", {
		name: "devus1",
		target: "all-apis",
		network: vpc,
		ipAddress: of("address").id,
		loadBalancingScheme: "",
	});
	add("zone", "gcp:dns/managedZone:ManagedZone", {
		name: "apis",
		dnsName: "googleapis.com.",
		visibility: "private",
		privateVisibilityConfig: { networks: [{ networkUrl: vpc }] },
	});
	add("apex", "gcp:dns/recordSet:RecordSet", {
		managedZone: "apis",
		name: "googleapis.com.",
		type: "A",
		ttl: 300,
		rrdatas: ["10.9.0.1"],
	});
	add("names", "gcp:dns/recordSet:RecordSet", {
		managedZone: "apis",
		name: "*.googleapis.com.",
		type: "CNAME",
		ttl: 300,
		rrdatas: ["googleapis.com."],
	});
}

function fabric(add: Add, of: Of): void {
	for (const i of [0, 1, 2, 3]) {
		add(`gpuVpc${i}`, "gcp:compute/network:Network", { name: `gpu-${i}`, autoCreateSubnetworks: false, mtu: 8244 });
		add(`gpuSubnet${i}`, "gcp:compute/subnetwork:Subnetwork", {
			name: `gpu-${i}`,
			network: of(`gpuVpc${i}`).id,
			ipCidrRange: `10.20.${4 * i}.0/22`,
		});
	}
	add("rdmaVpc", "gcp:compute/network:Network", {
		name: "rdma",
		autoCreateSubnetworks: false,
		networkProfile: `projects/${PROJECT.account}/global/networkProfiles/us-central1-b-vpc-roce`,
	});
	for (const i of [0, 1, 2, 3, 4, 5, 6, 7]) {
		add(`rdmaSubnet${i}`, "gcp:compute/subnetwork:Subnetwork", {
			name: `rdma-${i}`,
			network: of("rdmaVpc").id,
			ipCidrRange: `10.30.${4 * i}.0/22`,
		});
	}
	add("placement", "gcp:compute/resourcePolicy:ResourcePolicy", {
		name: "compact",
		region: "us-central1",
		groupPlacementPolicy: { collocation: "COLLOCATED", maxDistance: 2 },
	});
	add("reservation", "gcp:compute/reservation:Reservation", {
		name: "h100",
		zone: "us-central1-a",
		specificReservationRequired: true,
		specificReservation: { count: 4, instanceProperties: { machineType: "a3-highgpu-8g" } },
	});
}

function accounts(add: Add, of: Of): void {
	add("nodes", "gcp:serviceaccount/account:Account", { accountId: "dev-nodes", displayName: "nodes" });
	const member = String(of("nodes").outputs.member);
	const project = PROJECT.account;
	const role = "roles/container.defaultNodeServiceAccount";
	add("nodesGrant", "gcp:projects/iAMMember:IAMMember", { project, role, member });
	add("impersonate", "gcp:serviceaccount/iAMMember:IAMMember", {
		serviceAccountId: of("nodes").id,
		role: "roles/iam.serviceAccountUser",
		member: "group:platform@example.com",
	});
	add("audit", "gcp:projects/iAMAuditConfig:IAMAuditConfig", {
		project,
		service: "allServices",
		auditLogConfigs: [{ logType: "ADMIN_READ" }, { logType: "DATA_READ" }, { logType: "DATA_WRITE" }],
	});
}

function clusters(add: Add, of: Of): void {
	const nodeConfig: Properties = {
		machineType: "n2-standard-8",
		imageType: "COS_CONTAINERD",
		diskType: "pd-balanced",
		diskSizeGb: 100,
		bootDiskKmsKey: of("disksKey").id,
		serviceAccount: String(of("nodes").outputs.email),
		oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
		shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
		workloadMetadataConfig: { mode: "GKE_METADATA" },
		gvnic: { enabled: true },
	};
	add("cluster", "gcp:container/cluster:Cluster", {
		name: "research",
		location: "us-central1",
		nodeLocations: ["us-central1-a", "us-central1-b", "us-central1-c"],
		network: of("vpc").id,
		subnetwork: of("subnet").id,
		datapathProvider: "ADVANCED_DATAPATH",
		enableMultiNetworking: true,
		ipAllocationPolicy: { clusterSecondaryRangeName: "pods", servicesSecondaryRangeName: "services" },
		privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true },
		masterAuthorizedNetworksConfig: { cidrBlocks: [{ cidrBlock: "10.0.0.0/8", displayName: "inside" }] },
		workloadIdentityConfig: { workloadPool: `${PROJECT.account}.svc.id.goog` },
		databaseEncryption: { state: "ENCRYPTED", keyName: of("clusterKey").id },
		releaseChannel: { channel: "REGULAR" },
		minMasterVersion: "1.34",
		defaultMaxPodsPerNode: 64,
		loggingConfig: { enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS"] },
		maintenancePolicy: {
			recurringWindow: {
				startTime: "2026-01-03T02:00:00Z",
				endTime: "2026-01-03T10:00:00Z",
				recurrence: "FREQ=WEEKLY;BYDAY=SA,SU",
			},
			maintenanceExclusions: [
				{
					exclusionName: "training",
					startTime: "2026-01-01T00:00:00Z",
					exclusionOptions: { scope: "NO_MINOR_OR_NODE_UPGRADES", endTimeBehavior: "UNTIL_END_OF_SUPPORT" },
				},
			],
		},
		removeDefaultNodePool: true,
		initialNodeCount: 1,
		nodeConfig,
		deletionProtection: false,
	});
	pools(add, of, nodeConfig);
}

function pools(add: Add, of: Of, nodeConfig: Properties): void {
	const cluster = of("cluster").id;
	add("system", "gcp:container/nodePool:NodePool", {
		name: "system",
		cluster,
		location: "us-central1",
		initialNodeCount: 1,
		autoscaling: { totalMinNodeCount: 3, totalMaxNodeCount: 6, locationPolicy: "BALANCED" },
		maxPodsPerNode: 64,
		nodeConfig,
		upgradeSettings: { strategy: "SURGE", maxSurge: 1, maxUnavailable: 0 },
	});
	add("gpu", "gcp:container/nodePool:NodePool", {
		name: "gpu",
		cluster,
		location: "us-central1",
		nodeLocations: ["us-central1-a"],
		nodeCount: 4,
		maxPodsPerNode: 32,
		networkConfig: {
			enablePrivateNodes: true,
			additionalNodeNetworkConfigs: [0, 1, 2, 3].map((i) => ({ network: `gpu-${i}`, subnetwork: `gpu-${i}` })),
		},
		nodeConfig: {
			...nodeConfig,
			machineType: "a3-highgpu-8g",
			guestAccelerators: [
				{ type: "nvidia-h100-80gb", count: 8, gpuDriverInstallationConfig: { gpuDriverVersion: "LATEST" } },
			],
			ephemeralStorageLocalSsdConfig: { localSsdCount: 16 },
			reservationAffinity: {
				consumeReservationType: "SPECIFIC_RESERVATION",
				key: "compute.googleapis.com/reservation-name",
				values: ["h100"],
			},
		},
		placementPolicy: { type: "COMPACT", policyName: "compact" },
		upgradeSettings: { strategy: "SURGE", maxSurge: 0, maxUnavailable: 1 },
	});
	add("flex", "gcp:container/nodePool:NodePool", {
		name: "flex",
		cluster,
		location: "us-central1",
		nodeLocations: ["us-central1-b"],
		autoscaling: { totalMinNodeCount: 0, totalMaxNodeCount: 2, locationPolicy: "ANY" },
		maxPodsPerNode: 32,
		networkConfig: {
			additionalNodeNetworkConfigs: [
				{ network: "gpu-0", subnetwork: "gpu-0" },
				...[0, 1, 2, 3, 4, 5, 6, 7].map((i) => ({ network: "rdma", subnetwork: `rdma-${i}` })),
			],
		},
		nodeConfig: {
			...nodeConfig,
			diskType: "hyperdisk-balanced",
			machineType: "a3-ultragpu-8g",
			ephemeralStorageLocalSsdConfig: { localSsdCount: 32 },
			flexStart: true,
			maxRunDuration: "604800s",
			reservationAffinity: { consumeReservationType: "NO_RESERVATION" },
		},
		queuedProvisioning: { enabled: true },
		management: { autoRepair: false, autoUpgrade: true },
		upgradeSettings: { strategy: "SHORT_LIVED" },
	});
}

function storage(add: Add, of: Of): void {
	const pool = `projects/${NUMBER}/locations/global/workloadIdentityPools/${PROJECT.account}.svc.id.goog`;
	add("bucket", "gcp:storage/bucket:Bucket", {
		name: "dev-models-research-lab",
		location: "US-CENTRAL1",
		uniformBucketLevelAccess: true,
		publicAccessPrevention: "enforced",
		encryption: { defaultKmsKeyName: of("storageKey").id },
		softDeletePolicy: { retentionDurationSeconds: 604_800 },
		versioning: { enabled: true },
		lifecycleRules: [
			{ action: { type: "Delete" }, condition: { daysSinceNoncurrentTime: 30 } },
			{ action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 7 } },
		],
		labels: { owner: "platform" },
	});
	add("locked", "gcp:storage/bucket:Bucket", {
		name: "dev-audit-research-lab",
		location: "US-CENTRAL1",
		uniformBucketLevelAccess: true,
		retentionPolicy: { isLocked: true, retentionPeriod: "31536000" },
	});
	add("bucketGrant", "gcp:storage/bucketIAMMember:BucketIAMMember", {
		bucket: of("bucket").id,
		role: "roles/storage.objectViewer",
		member: `principal://iam.googleapis.com/${pool}/subject/ns/serving/sa/loader`,
	});
	add("logs", "gcp:logging/projectBucketConfig:ProjectBucketConfig", {
		project: PROJECT.account,
		location: "global",
		bucketId: "_Default",
		retentionDays: 365,
	});
	add("sink", "gcp:logging/projectSink:ProjectSink", {
		name: "audit",
		destination: `storage.googleapis.com/${of("locked").id}`,
		filter: 'logName:"cloudaudit.googleapis.com"',
		uniqueWriterIdentity: true,
	});
	add("sinkGrant", "gcp:storage/bucketIAMMember:BucketIAMMember", {
		bucket: of("locked").id,
		role: "roles/storage.objectCreator",
		member: String(of("sink").outputs.writerIdentity),
	});
	add("repository", "gcp:artifactregistry/repository:Repository", {
		repositoryId: "serving",
		location: "us-central1",
		format: "DOCKER",
		dockerConfig: { immutableTags: true },
	});
	add("repositoryGrant", "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember", {
		repository: of("repository").id,
		role: "roles/artifactregistry.reader",
		member: String(of("nodes").outputs.member),
	});
}
