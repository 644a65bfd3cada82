import { faultsOf } from "../check/fault-table";
import { isSet, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, SandboxObject, TypeModel } from "../model";
import { defineAws } from "./define";
import { arn, ec2Id } from "./names";
import { overQuota } from "./quota";
import { groupReference } from "./security-group";
import { portFaults, sourceBlockFaults } from "./traffic";

const SOURCES = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];
const IDENTITY = ["ipProtocol", "fromPort", "toPort", ...SOURCES];

/** One rule into a security group. */
export const securityGroupIngressRule: TypeModel = ruleModel(
	"aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
);

/** One rule out of a security group. */
export const securityGroupEgressRule: TypeModel = ruleModel("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule");

function ruleModel(type: string): TypeModel {
	return defineAws({
		type,
		references: [groupReference("securityGroupId", false), groupReference("referencedSecurityGroupId")],
		check: (context) => ruleFaults(type, context),
		id: (context) => ec2Id(context, "sgr"),
		computed: (context, id) => ({
			arn: arn(context.scope, "ec2", `security-group-rule/${id}`),
			securityGroupRuleId: id,
		}),
	});
}

function ruleFaults(type: string, context: CheckContext): Fault[] {
	const { inputs, world } = context;
	const group = text(inputs, "securityGroupId");
	const siblings = group === undefined ? [] : world.find([type], "securityGroupId", group);
	const given = SOURCES.filter((path) => isSet(inputs, path));
	const twin = siblings.find((other) => !isSelf(other, context) && sameRule(other, context));
	const [ipv4, ipv6] = [text(inputs, "cidrIpv4"), text(inputs, "cidrIpv6")];
	return [
		...portFaults(inputs, { protocol: "ipProtocol", at: "", allPortsAsZero: false }),
		...(ipv4 === undefined ? [] : sourceBlockFaults(ipv4, 4, "cidrIpv4")),
		...(ipv6 === undefined ? [] : sourceBlockFaults(ipv6, 6, "cidrIpv6")),
		...faultsOf([
			{
				when: given.length !== 1,
				property: "cidrIpv4",
				reason: `a rule needs exactly one of ${SOURCES.join(", ")}, but ${given.length} were given`,
			},
			{
				when: twin !== undefined,
				property: "securityGroupId",
				reason: `${group} has the same rule already (${twin?.id || twin?.urn}); remove one of them`,
			},
			overQuota("rulesPerSecurityGroup", siblings, context, "securityGroupId"),
		]),
	];
}

/** True where protocol, ports and source are equal and known. */
function sameRule(other: SandboxObject, { inputs }: CheckContext): boolean {
	const source = SOURCES.find((path) => isSet(inputs, path));
	const known = source !== undefined && text(inputs, source) !== undefined;
	return known && IDENTITY.every((path) => (other.inputs[path] ?? null) === (inputs[path] ?? null));
}
