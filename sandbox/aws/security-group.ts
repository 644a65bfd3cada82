import { isObject, type Value } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { isAbsent, list, text, texts } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, CreateContext, Fault, Reference, TypeModel } from "../model";
import { defineAws } from "./define";
import { arn, ec2Id, givenName } from "./names";
import { limitOf } from "./quota";
import { portFaults, sourceBlockFaults } from "./traffic";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const VPC = "aws:ec2/vpc:Vpc";

/** References to security groups at a path; the cloud's own groups (default, EKS cluster) count too. */
export function groupReference(path: string, holds = true): Reference {
	return { path, to: [GROUP, DEFAULT_GROUP], by: "id", holds };
}

/** A security group; its name is unique within its VPC. */
export const securityGroup: TypeModel = defineAws({
	type: GROUP,
	name: {
		path: "name",
		pattern: /^(?!sg-)[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/,
		allowed: "1 to 255 of letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, not beginning with sg-",
		unique: "none",
		autoNameLength: 255,
	},
	references: [
		{ path: "vpcId", to: [VPC], by: "id" },
		groupReference("ingress[].securityGroups[]"),
		groupReference("egress[].securityGroups[]"),
	],
	check: (context) => {
		const { inputs, world } = context;
		const vpcId = text(inputs, "vpcId");
		const name = text(inputs, "name");
		const siblings = vpcId === undefined ? [] : world.find([GROUP], "vpcId", vpcId);
		const twin = siblings.find((other) => !isSelf(other, context) && text(other.outputs, "name") === name);
		const description = text(inputs, "description") ?? "-";
		return [
			...faultsOf([
				{
					when: name !== undefined && twin !== undefined,
					property: "name",
					reason: `must be unique within the VPC, but ${twin?.id || twin?.urn} has the name ${JSON.stringify(name)}; choose another`,
				},
				{
					when: !/^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/.test(description),
					property: "description",
					reason: `must be 1 to 255 of letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, but ${JSON.stringify(description)} was given`,
				},
			]),
			...inlineFaults(context),
		];
	},
	defaults: { description: "Managed by Pulumi", egress: [], ingress: [], namePrefix: "", revokeRulesOnDelete: false },
	id: (context) => ec2Id(context, "sg"),
	computed: (context, id) => ({
		...groupIdentity(context, id),
		name: givenName(context, "name", "namePrefix"),
		...(isAbsent(context.inputs, "vpcId") ? { vpcId: "" } : {}),
	}),
});

/** The default group of a VPC, taken over: it keeps the id that the VPC gave it and cannot be deleted. */
export const defaultSecurityGroup: TypeModel = defineAws({
	type: DEFAULT_GROUP,
	references: [{ path: "vpcId", to: [VPC], by: "id", holds: false }],
	check: (context) => {
		const vpcId = text(context.inputs, "vpcId");
		const taken = vpcId === undefined ? [] : context.world.find([DEFAULT_GROUP], "vpcId", vpcId);
		const other = taken.find((candidate) => !isSelf(candidate, context));
		return [
			...inlineFaults(context),
			...faultsOf([
				{
					when: isAbsent(context.inputs, "vpcId"),
					property: "vpcId",
					reason: "is required: the sandbox's accounts have no default VPC; give the VPC's id",
				},
				{
					when: other !== undefined,
					property: "vpcId",
					reason: `the default group of ${vpcId} is managed by ${other?.urn} already; keep one of them`,
				},
			]),
		];
	},
	defaults: { egress: [], ingress: [], revokeRulesOnDelete: false },
	id: (context) => {
		const [owner] = context.world.find([VPC], "id", text(context.inputs, "vpcId") ?? "");
		return text(owner?.outputs, "defaultSecurityGroupId") ?? ec2Id(context, "sg");
	},
	computed: (context, id) => ({
		...groupIdentity(context, id),
		description: "default VPC security group",
		name: "default",
		namePrefix: "",
	}),
});

function groupIdentity(context: CreateContext, id: string): { arn: string; ownerId: string } {
	return { arn: arn(context.scope, "ec2", `security-group/${id}`), ownerId: context.scope.account };
}

/** Rules written in the group itself. */
function inlineFaults({ inputs }: CheckContext): Fault[] {
	return ["ingress", "egress"].flatMap((direction) => {
		const rules = list(inputs, direction);
		const limit = limitOf("rulesPerSecurityGroup");
		const count = rules.reduce<number>((sum, rule) => sum + sourcesOf(rule), 0);
		const reason = `has ${count} rules, but a security group takes ${limit} in each direction; merge blocks or use a prefix list`;
		return [
			...(count > limit ? [{ property: direction, reason }] : []),
			...rules.flatMap((rule, i) => inlineRuleFaults(rule, `${direction}[${i}].`)),
		];
	});
}

/** Rules that one inline block stands for: one a source. */
function sourcesOf(rule: Value): number {
	const paths = ["cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "securityGroups"];
	return paths.reduce((sum, path) => sum + list(rule, path).length, isObject(rule) && rule.self === true ? 1 : 0);
}

function inlineRuleFaults(rule: Value, at: string): Fault[] {
	const blocks = [
		...texts(rule, "cidrBlocks").map((block) => [block, "cidrBlocks", 4] as const),
		...texts(rule, "ipv6CidrBlocks").map((block) => [block, "ipv6CidrBlocks", 6] as const),
	];
	return [
		...portFaults(rule, { protocol: "protocol", at, allPortsAsZero: true }),
		...blocks.flatMap(([block, path, family]) => sourceBlockFaults(block, family, `${at}${path}`)),
	];
}
