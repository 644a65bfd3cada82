import type { CreateContext, Scope } from "../model";

/** The partition of a region: commercial, China or GovCloud. */
function partitionOf(region: string): string {
	if (region.startsWith("cn-")) {
		return "aws-cn";
	}
	return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** The DNS suffix of a region's endpoints. */
export function dnsSuffixOf(region: string): string {
	return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
}

/** An ARN in the scope's account and region. */
export function arn(scope: Scope, service: string, resource: string): string {
	return `arn:${partitionOf(scope.region)}:${service}:${scope.region}:${scope.account}:${resource}`;
}

/** An ARN of an account-wide service such as IAM, which has no region. */
export function globalArn(scope: Scope, service: string, resource: string): string {
	return `arn:${partitionOf(scope.region)}:${service}::${scope.account}:${resource}`;
}

/** An ARN without account and region, as S3 and Route 53 give. */
export function bareArn(scope: Scope, service: string, resource: string): string {
	return `arn:${partitionOf(scope.region)}:${service}:::${resource}`;
}

/** An EC2 id of the long form: `vpc-0` and 16 hex digits. */
export function ec2Id(context: CreateContext, prefix: string): string {
	return `${prefix}-0${context.hex(16)}`;
}

/** A UUID as KMS and EKS give. */
export function uuid(context: CreateContext): string {
	return [8, 4, 4, 4, 12].map((digits) => context.hex(digits)).join("-");
}

/** An upper-case id as IAM and Route 53 give: the prefix and `length` characters. */
export function upperId(context: CreateContext, prefix: string, length: number): string {
	return prefix + context.hex(length).toUpperCase();
}

/** The name in the inputs, or one from the prefix there, or one as Terraform makes it. */
export function givenName(context: CreateContext, key: string, prefixKey: string): string {
	const { inputs } = context;
	if (typeof inputs[key] === "string") {
		return inputs[key];
	}
	const prefix = typeof inputs[prefixKey] === "string" ? inputs[prefixKey] : "terraform-";
	return prefix + context.digits(26);
}

const DIRECTIONS: { readonly [word: string]: string } = {
	north: "n",
	south: "s",
	east: "e",
	west: "w",
	central: "c",
	northeast: "ne",
	northwest: "nw",
	southeast: "se",
	southwest: "sw",
};

/** The zone id of a zone, as `use1-az1` of `us-east-1a`; accounts differ in the mapping, the sandbox keeps the order. */
export function zoneIdOf(zone: string): string {
	const match = /^([a-z]{2})(-gov)?-([a-z]+)-(\d)([a-z])$/.exec(zone);
	const [, area = "", gov, direction = "", number = "", letter = "a"] = match ?? [];
	const index = letter.charCodeAt(0) - "a".charCodeAt(0) + 1;
	return match ? `${area}${gov ? "g" : ""}${DIRECTIONS[direction] ?? direction}${number}-az${index}` : zone;
}

/** True where the zone's name belongs to the region: `us-east-1a`, or a local zone such as `us-east-1-bos-1a`. */
export function zoneInRegion(zone: string, region: string): boolean {
	return zone.startsWith(region) && /^([a-z]|-[a-z]+-\d[a-z])$/.test(zone.slice(region.length));
}
