import { faultsOf } from "../check/fault-table";
import { flag, isSet, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault } from "../model";
import { overQuota } from "./quota";
import { TUNNELS } from "./vpn-tunnel-rules";

const VPN = "aws:ec2/vpnConnection:VpnConnection";
const ENDS = ["transitGatewayId", "vpnGatewayId", "vpnConcentratorId"];

/** What AWS refuses of a connection as a whole. */
export function connectionFaults(context: CheckContext): Fault[] {
	const { inputs, scope, world } = context;
	const ends = ENDS.filter((path) => isSet(inputs, path));
	const others = world.list(VPN, scope).filter((other) => !isSelf(other, context));
	const gateway = text(inputs, "transitGatewayId");
	const taken = others
		.filter(({ outputs }) => gateway !== undefined && text(outputs, "transitGatewayId") === gateway)
		.flatMap(({ outputs }) => TUNNELS.flatMap((tunnel) => text(outputs, `${tunnel}InsideCidr`) ?? []));
	const [first, second] = TUNNELS.map((tunnel) => text(inputs, `${tunnel}InsideCidr`));
	return faultsOf([
		{
			when: ends.length > 1,
			property: ends[1] ?? "",
			reason: `at most one of ${ENDS.join(", ")} can be given, but ${ends.length} were; remove the others`,
		},
		{
			when: flag(inputs, "enableAcceleration") === true && !isSet(inputs, "transitGatewayId"),
			property: "enableAcceleration",
			reason: "works with a transit gateway only; give transitGatewayId",
		},
		...TUNNELS.map((tunnel) => {
			const inside = text(inputs, `${tunnel}InsideCidr`);
			return {
				when: inside !== undefined && taken.includes(inside),
				property: `${tunnel}InsideCidr`,
				reason: `must be unique among the connections of ${gateway}, but ${inside} is in use; choose another /30`,
			};
		}),
		{
			when: first !== undefined && first === second,
			property: "tunnel2InsideCidr",
			reason: `must be another range than that of the first tunnel, but ${second} was given twice`,
		},
		overQuota("vpnConnectionsPerRegion", others, context, ""),
	]);
}
