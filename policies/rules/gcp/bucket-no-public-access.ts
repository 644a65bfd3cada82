import { z } from "zod";
import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { controlsOf } from "../../controls";
import { about, problemsOr } from "../../judging";
import { defineRule, type Judgement } from "../../rule";
import { isOn, isOneOf, settingProblems } from "../../settings";
import { GRANT_PLACES, type MemberPlace, publicMemberProblems } from "./public-members";

const BUCKET = "gcp:storage/bucket:Bucket";
const ENTITY: readonly MemberPlace[] = [{ property: "entity", form: "members" }];
const ACCESS_LIST: readonly MemberPlace[] = [
	{ property: "roleEntities", form: "entries" },
	{ property: "predefinedAcl", form: "canned" },
	{ property: "defaultAcl", form: "canned" },
];

/** What gives access to buckets and objects, and where it says to whom. */
const GRANTS: { readonly [type: string]: readonly MemberPlace[] } = {
	"gcp:storage/bucketIAMMember:BucketIAMMember": GRANT_PLACES,
	"gcp:storage/bucketIAMBinding:BucketIAMBinding": GRANT_PLACES,
	"gcp:storage/bucketIAMPolicy:BucketIAMPolicy": GRANT_PLACES,
	"gcp:storage/managedFolderIamMember:ManagedFolderIamMember": GRANT_PLACES,
	"gcp:storage/managedFolderIamBinding:ManagedFolderIamBinding": GRANT_PLACES,
	"gcp:storage/managedFolderIamPolicy:ManagedFolderIamPolicy": GRANT_PLACES,
	"gcp:storage/bucketACL:BucketACL": ACCESS_LIST,
	"gcp:storage/defaultObjectACL:DefaultObjectACL": ACCESS_LIST,
	"gcp:storage/objectACL:ObjectACL": ACCESS_LIST,
	"gcp:storage/bucketAccessControl:BucketAccessControl": ENTITY,
	"gcp:storage/defaultObjectAccessControl:DefaultObjectAccessControl": ENTITY,
	"gcp:storage/objectAccessControl:ObjectAccessControl": ENTITY,
};

/** G01: a bucket refuses public access and access lists, and nothing gives access to everyone. */
export const bucketNoPublicAccess = defineRule({
	id: "G01",
	name: "bucket-no-public-access",
	title: "Cloud Storage is never public",
	severity: "critical",
	level: "mandatory",
	blocksOnUndetermined: true,
	params: z.strictObject({}),
	appliesTo: [BUCKET, ...Object.keys(GRANTS)],
	controls: controlsOf({
		soc2Gcp: ["CC6.1", "PI1.4"],
		isoGcp: ["A.8.1", "A.8.12"],
		hipaaGcp: ["164.312(a)(1)", "164.308(a)(1)(ii)(b)", "164.308(a)(4)(i)"],
		ccm: ["DSP-07", "DSP-17", "IAM-16", "LOG-04"],
		cis: ["3.3"],
	}),
	remedy:
		"set publicAccessPrevention enforced and uniformBucketLevelAccess, and name principals instead of allUsers or allAuthenticatedUsers",
	check: {
		kind: "graph",
		judge: (graph) => [
			...graph.ofType(BUCKET).flatMap((node) => about(node.urn, judgeBucket(node))),
			...graph.ofType(...Object.keys(GRANTS)).flatMap((node) => about(node.urn, judgeGrant(graph, node))),
		],
	},
});

/** Defaults by the documentation of gcp 9.37.0: prevention is inherited, access lists are in use. */
function judgeBucket({ inputs }: ResourceNode): readonly Judgement[] {
	const settings = [
		{
			property: "publicAccessPrevention",
			holds: isOneOf(inputs, "publicAccessPrevention", ["enforced"]),
			reason: "public access is not prevented; the property must say enforced",
		},
		{
			property: "uniformBucketLevelAccess",
			holds: isOn(inputs, "uniformBucketLevelAccess"),
			reason: "access lists of single objects are in use",
		},
	];
	return problemsOr(settingProblems(settings), "the bucket refuses public access");
}

function judgeGrant(graph: ResourceGraph, node: ResourceNode): readonly Judgement[] {
	return problemsOr(publicMemberProblems(graph, node, GRANTS[node.type] ?? []), "access is given to named principals");
}
