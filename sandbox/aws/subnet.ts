import { faultsOf } from "../check/fault-table";
import { flag, isAbsent, isSet, text } from "../check/inputs";
import type { CheckContext, CreateContext, Fault, TypeModel } from "../model";
import { blockFaults, outsideFaults, overlapFaults } from "./blocks";
import { defineAws } from "./define";
import { arn, ec2Id, zoneIdOf, zoneInRegion } from "./names";
import { overQuota } from "./quota";
import { furtherBlocks } from "./vpc";

const SUBNET = "aws:ec2/subnet:Subnet";
const VPC = "aws:ec2/vpc:Vpc";

/** A subnet: a block of /16 to /28 inside its VPC's, clear of its siblings, in one zone of the region. */
export const subnet: TypeModel = defineAws({
	type: SUBNET,
	references: [{ path: "vpcId", to: [VPC], by: "id" }],
	values: { privateDnsHostnameTypeOnLaunch: ["ip-name", "resource-name"] },
	check: (context) => [...placeFaults(context), ...addressFaults(context)],
	defaults: {
		assignIpv6AddressOnCreation: false,
		customerOwnedIpv4Pool: "",
		enableDns64: false,
		enableLniAtDeviceIndex: 0,
		enableResourceNameDnsAaaaRecordOnLaunch: false,
		enableResourceNameDnsARecordOnLaunch: false,
		ipv6CidrBlock: "",
		ipv6CidrBlockAssociationId: "",
		ipv6Native: false,
		mapCustomerOwnedIpOnLaunch: false,
		mapPublicIpOnLaunch: false,
		outpostArn: "",
		privateDnsHostnameTypeOnLaunch: "ip-name",
	},
	id: (context) => ec2Id(context, "subnet"),
	computed: (context, id) => ({
		arn: arn(context.scope, "ec2", `subnet/${id}`),
		ownerId: context.scope.account,
		...zoneOf(context),
	}),
});

/** Both names of the zone, from the one that is given; EC2 chooses where none is. */
function zoneOf(context: CreateContext): { availabilityZone: string; availabilityZoneId: string } {
	const id = text(context.inputs, "availabilityZoneId");
	const letter = String.fromCharCode("a".charCodeAt(0) + Number(/az(\d)$/.exec(id ?? "")?.[1] ?? 1) - 1);
	const zone = text(context.inputs, "availabilityZone") ?? `${context.scope.region}${letter}`;
	return { availabilityZone: zone, availabilityZoneId: zoneIdOf(zone) };
}

function placeFaults(context: CheckContext): Fault[] {
	const { inputs, scope } = context;
	const zone = text(inputs, "availabilityZone");
	const zoneId = text(inputs, "availabilityZoneId");
	const prefix = zoneIdOf(`${scope.region}a`).replace(/1$/, "");
	return faultsOf([
		{
			when: zone !== undefined && !zoneInRegion(zone, scope.region),
			property: "availabilityZone",
			reason: `must be a zone of ${scope.region}, such as ${scope.region}a, but ${JSON.stringify(zone)} was given`,
		},
		{
			when: zoneId !== undefined && !zoneId.startsWith(prefix),
			property: "availabilityZoneId",
			reason: `must be a zone id of ${scope.region}, such as ${prefix}1, but ${JSON.stringify(zoneId)} was given`,
		},
		{
			when: isSet(inputs, "availabilityZone") && isSet(inputs, "availabilityZoneId"),
			property: "availabilityZoneId",
			reason: "cannot be combined with availabilityZone; remove one of them",
		},
	]);
}

function addressFaults(context: CheckContext): Fault[] {
	const { inputs, world } = context;
	const block = text(inputs, "cidrBlock");
	const vpcId = text(inputs, "vpcId");
	const [owner] = vpcId === undefined ? [] : world.find([VPC], "id", vpcId);
	const siblings = vpcId === undefined ? [] : world.find([SUBNET], "vpcId", vpcId);
	const outer = owner ? [owner, ...furtherBlocks(vpcId, context)].map((each) => text(each.outputs, "cidrBlock")) : [];
	const ipv6 = flag(inputs, "ipv6Native") === true;
	const sources = ["cidrBlock", "ipv4IpamPoolId"].filter((path) => isSet(inputs, path));
	return [
		...blockFaults(block, "cidrBlock"),
		...outsideFaults(block, outer, "cidrBlock"),
		...overlapFaults(block, siblings, context, "cidrBlock"),
		...faultsOf([
			{
				when: sources.length === 0 && !ipv6,
				property: "cidrBlock",
				reason: "is required unless ipv6Native is true or ipv4IpamPoolId is given; set a block of /16 to /28",
			},
			{
				when: ipv6 && sources.length > 0,
				property: "ipv6Native",
				reason: "cannot be true where an IPv4 block is given; remove one of them",
			},
			{
				when: flag(inputs, "assignIpv6AddressOnCreation") === true && isAbsent(inputs, "ipv6CidrBlock"),
				property: "assignIpv6AddressOnCreation",
				reason: "needs ipv6CidrBlock; set it or leave the flag out",
			},
			overQuota("subnetsPerVpc", siblings, context, "vpcId"),
		]),
	];
}
