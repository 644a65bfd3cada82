import { isIpv4, parseCidr, RFC1918, rangeOf } from "../../lib/cidr";
import { faultsOf } from "../check/fault-table";
import { isAbsent, isSet, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, TypeModel } from "../model";
import { defineAws } from "./define";
import { arn, ec2Id } from "./names";
import { overQuota } from "./quota";

const GATEWAY = "aws:ec2/customerGateway:CustomerGateway";

/** Numbers that the two properties for autonomous systems take. */
const NUMBERS = { bgpAsn: [1, 2_147_483_647], bgpAsnExtended: [2_147_483_648, 4_294_967_295] } as const;

/** The far end of VPN connections: an address in the internet and an autonomous system number; AWS keeps no twins. */
export const customerGateway: TypeModel = defineAws({
	type: GATEWAY,
	values: { type: ["ipsec.1"] },
	check: (context) => [...numberFaults(context), ...addressFaults(context)],
	id: (context) => ec2Id(context, "cgw"),
	computed: (context, id) => ({ arn: arn(context.scope, "ec2", `customer-gateway/${id}`) }),
});

function numberFaults({ inputs }: CheckContext): Fault[] {
	const given = Object.keys(NUMBERS).filter((path) => isSet(inputs, path));
	return faultsOf([
		{
			when: given.length !== 1,
			property: "bgpAsn",
			reason: `exactly one of bgpAsn and bgpAsnExtended is needed, but ${given.length} were given`,
		},
		...Object.entries(NUMBERS).map(([property, [min, max]]) => {
			const value = text(inputs, property);
			const wrong = value !== undefined && !(/^\d+$/.test(value) && Number(value) >= min && Number(value) <= max);
			return {
				when: wrong,
				property,
				reason: `must be ${min} to ${max} as text, but ${JSON.stringify(value)} was given`,
			};
		}),
	]);
}

function addressFaults(context: CheckContext): Fault[] {
	const { inputs, scope, world } = context;
	const address = text(inputs, "ipAddress");
	const host = address === undefined ? undefined : parseCidr(`${address}/32`);
	const others = world.list(GATEWAY, scope).filter((other) => !isSelf(other, context));
	const twin = others.find(
		({ outputs }) =>
			address !== undefined &&
			["ipAddress", "bgpAsn", "bgpAsnExtended"].every((path) => text(outputs, path) === text(inputs, path)),
	);
	return faultsOf([
		{
			when: isAbsent(inputs, "ipAddress") && isAbsent(inputs, "certificateArn"),
			property: "ipAddress",
			reason: "is required unless certificateArn is given; set the public address of the far end",
		},
		{
			when: address !== undefined && (!isIpv4(address) || (host && rangeOf(host, RFC1918)) !== undefined),
			property: "ipAddress",
			reason: `must be an address in the internet, but ${JSON.stringify(address)} was given`,
		},
		{
			when: twin !== undefined,
			property: "ipAddress",
			reason: `${twin?.id} has this address and number already, and AWS makes no second; use that one`,
		},
		overQuota("customerGatewaysPerRegion", others, context, ""),
	]);
}
