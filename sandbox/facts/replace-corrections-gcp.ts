import type { ReplaceCorrection } from "./replace-corrections";

const GRANT = ["condition", "member", "role"];
const GRANT_REASON =
	"A grant is its role, its member and what it is on; Terraform wraps grants, so the marks of its schema do not show them.";

/** Corrections for types of Google Cloud. The marks were read from ForceNew in Terraform provider 7.45. */
export const GCP_REPLACE_CORRECTIONS: readonly ReplaceCorrection[] = [
	{ token: "gcp:projects/iAMMember:IAMMember", add: [...GRANT, "project"], reason: GRANT_REASON },
	{ token: "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", add: [...GRANT, "cryptoKeyId"], reason: GRANT_REASON },
	{ token: "gcp:serviceaccount/iAMMember:IAMMember", add: [...GRANT, "serviceAccountId"], reason: GRANT_REASON },
	{ token: "gcp:storage/bucketIAMMember:BucketIAMMember", add: [...GRANT, "bucket"], reason: GRANT_REASON },
	{
		token: "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember",
		add: [...GRANT, "location", "project", "repository"],
		reason: GRANT_REASON,
	},
	{
		token: "gcp:projects/iAMAuditConfig:IAMAuditConfig",
		add: ["project", "service"],
		reason: "The audit settings of a service are named by project and service; the wrapper hides the marks.",
	},
	{
		token: "gcp:container/nodePool:NodePool",
		add: ["cluster", "location", "placementPolicy.tpuTopology", "placementPolicy.type", "project"],
		reason: "The pool's place is its identity, and GKE has no call that changes the placement of a pool.",
	},
	{
		token: "gcp:logging/projectSink:ProjectSink",
		add: ["project"],
		reason: "A sink is named by project and name.",
	},
	{
		token: "gcp:compute/resourcePolicy:ResourcePolicy",
		add: ["diskConsistencyGroupPolicy", "groupPlacementPolicy", "name", "workloadPolicy"],
		reason: "resourcePolicies.patch changes schedules only (Compute Engine API); the marks name some inner fields.",
	},
];
