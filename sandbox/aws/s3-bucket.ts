import { faultsOf } from "../check/fault-table";
import { flag, isSet, text } from "../check/inputs";
import type { CreateContext, TypeModel } from "../model";
import { defineAws } from "./define";
import { bareArn, dnsSuffixOf, givenName } from "./names";

/** The S3 bucket type. */
export const BUCKET = "aws:s3/bucket:Bucket";

/** Route 53 zones of the regions' S3 website endpoints. Source: AWS general reference, S3 endpoints, 2026-11-21. */
const WEBSITE_ZONES: { readonly [region: string]: string } = {
	"ap-northeast-1": "Z2M4EHUR26P7ZW",
	"ap-northeast-2": "Z3W03O7B5YMIYP",
	"ap-south-1": "Z11RGJOFQNVJUP",
	"ap-southeast-1": "Z3O0J2DXBE1FTB",
	"ap-southeast-2": "Z1WCIGYICN2BYD",
	"ca-central-1": "Z1QDHH18159H29",
	"eu-central-1": "Z21DNDUVLTQW6Q",
	"eu-north-1": "Z3BAZG2TWCNX0D",
	"eu-west-1": "Z1BKCTXD74EZPE",
	"eu-west-2": "Z3GKZC51ZF0DB4",
	"eu-west-3": "Z3R1K369G5AVDG",
	"sa-east-1": "Z7KQH4QJS55SO",
	"us-east-1": "Z3AQBSTGFJSTF",
	"us-east-2": "Z2O1EMRO9K5GLX",
	"us-west-1": "Z2F56UZL2M1ACD",
	"us-west-2": "Z3BJ6K6RIION7M",
};

/** A bucket. Its name is unique in the whole partition; with object lock the cloud keeps it after deletion. */
export const bucket: TypeModel = defineAws({
	type: BUCKET,
	name: {
		path: "bucket",
		pattern:
			/^(?!xn--|sthree-|amzn-s3-demo-)(?!.*(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$)(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
		allowed:
			"3 to 63 of lower-case letters, digits, dots and hyphens, beginning and ending with a letter or digit, " +
			"no IP address and no reserved prefix or suffix",
		unique: "everywhere",
		autoNameLength: 63,
	},
	values: {
		acl: [
			"private",
			"public-read",
			"public-read-write",
			"aws-exec-read",
			"authenticated-read",
			"bucket-owner-read",
			"bucket-owner-full-control",
			"log-delivery-write",
		],
		accelerationStatus: ["Enabled", "Suspended"],
		requestPayer: ["BucketOwner", "Requester"],
		bucketNamespace: ["global", "account-regional"],
	},
	check: ({ inputs }) =>
		faultsOf([
			{
				when: text(inputs, "acl") !== undefined && text(inputs, "acl") !== "private",
				property: "acl",
				reason: "new buckets have access control lists switched off (BucketOwnerEnforced); use a BucketPolicy",
			},
			{
				when: isSet(inputs, "bucket") && isSet(inputs, "bucketPrefix"),
				property: "bucketPrefix",
				reason: "cannot be combined with bucket; remove one of them",
			},
		]),
	defaults: {
		accelerationStatus: "",
		bucketNamespace: "global",
		bucketPrefix: "",
		forceDestroy: false,
		objectLockEnabled: false,
		policy: "",
		requestPayer: "BucketOwner",
		serverSideEncryptionConfiguration: {
			rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" }, bucketKeyEnabled: false },
		},
		versioning: { enabled: false, mfaDelete: false },
	},
	id: (context) => givenName(context, "bucket", "bucketPrefix"),
	computed: (context, id) => addresses(context, id),
	retains: ({ inputs }) =>
		flag(inputs, "objectLockEnabled") === true
			? "object lock: locked objects keep the bucket and its name until their retention ends"
			: undefined,
});

function addresses(context: CreateContext, id: string) {
	const { region } = context.scope;
	const suffix = dnsSuffixOf(region);
	const zone = WEBSITE_ZONES[region];
	return {
		arn: bareArn(context.scope, "s3", id),
		bucket: id,
		bucketDomainName: `${id}.s3.${suffix}`,
		bucketRegion: region,
		bucketRegionalDomainName: `${id}.s3.${region}.${suffix}`,
		grants: [{ id: context.hex(64), permissions: ["FULL_CONTROL"], type: "CanonicalUser", uri: "" }],
		...(zone === undefined ? {} : { hostedZoneId: zone }),
	};
}
