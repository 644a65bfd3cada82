import { addressAt, parseCidr } from "../../lib/cidr";
import type { Properties } from "../../lib/values";
import { number, text } from "../check/inputs";
import type { CreateContext, TypeModel } from "../model";
import { defineAws } from "./define";
import { arn, ec2Id } from "./names";
import { TRANSIT } from "./transit-gateway";
import { connectionFaults } from "./vpn-rules";
import { TUNNELS, tunnelFaults, tunnelValues } from "./vpn-tunnel-rules";

/** A site-to-site VPN: two tunnels between a gateway of AWS and a far end, each with addresses and a key of its own. */
export const vpnConnection: TypeModel = defineAws({
	type: "aws:ec2/vpnConnection:VpnConnection",
	references: [
		{ path: "customerGatewayId", to: ["aws:ec2/customerGateway:CustomerGateway"], by: "id" },
		{ path: "transitGatewayId", to: [TRANSIT], by: "id" },
		...TUNNELS.map((tunnel) => ({
			path: `${tunnel}LogOptions.cloudwatchLogOptions.logGroupArn`,
			to: ["aws:cloudwatch/logGroup:LogGroup"],
			by: "arn",
			holds: false,
		})),
	],
	values: {
		type: ["ipsec.1"],
		outsideIpAddressType: ["PublicIpv4", "PrivateIpv4", "Ipv6"],
		presharedKeyStorage: ["Standard", "SecretsManager"],
		tunnelInsideIpVersion: ["ipv4", "ipv6"],
		...tunnelValues,
	},
	check: (context) => [...connectionFaults(context), ...TUNNELS.flatMap((tunnel) => tunnelFaults(context, tunnel))],
	defaults: {
		enableAcceleration: false,
		localIpv4NetworkCidr: "0.0.0.0/0",
		outsideIpAddressType: "PublicIpv4",
		presharedKeyStorage: "Standard",
		remoteIpv4NetworkCidr: "0.0.0.0/0",
		staticRoutesOnly: false,
		tunnelInsideIpVersion: "ipv4",
	},
	id: (context) => ec2Id(context, "vpn"),
	computed: (context, id) => {
		const tunnels = TUNNELS.map((tunnel, i) => tunnelOutputs(context, tunnel, i));
		const keys = TUNNELS.map((tunnel, i) => String(tunnels[i]?.[`${tunnel}PresharedKey`]));
		return {
			arn: arn(context.scope, "ec2", `vpn-connection/${id}`),
			coreNetworkArn: "",
			coreNetworkAttachmentArn: "",
			customerGatewayConfiguration: `<vpn_connection id="${id}">${keys.map((key) => `<pre_shared_key>${key}</pre_shared_key>`).join("")}</vpn_connection>`,
			presharedKeyArn: "",
			routes: [],
			transitGatewayAttachmentId: text(context.inputs, "transitGatewayId") ? ec2Id(context, "tgw-attach") : "",
			vgwTelemetries: [],
			...Object.assign({}, ...tunnels),
		};
	},
});

/** AWS has the first host address inside, the far end the second; outside addresses are of the documentation range. */
function tunnelOutputs(context: CreateContext, tunnel: string, index: number): Properties {
	const inside = text(context.inputs, `${tunnel}InsideCidr`) ?? chosenInside(context, index);
	const range = parseCidr(inside);
	const [gateway] = context.world.find([TRANSIT], "id", text(context.inputs, "transitGatewayId") ?? "");
	return {
		[`${tunnel}Address`]: `198.51.100.${(Number(context.digits(3)) % 254) + 1}`,
		[`${tunnel}BgpAsn`]: String(number(gateway?.outputs, "amazonSideAsn") ?? 64_512),
		[`${tunnel}BgpHoldtime`]: 30,
		[`${tunnel}CgwInsideAddress`]: range ? addressAt(range, 2) : "",
		[`${tunnel}InsideCidr`]: inside,
		[`${tunnel}PresharedKey`]: text(context.inputs, `${tunnel}PresharedKey`) ?? `k${context.hex(31)}`,
		[`${tunnel}VgwInsideAddress`]: range ? addressAt(range, 1) : "",
	};
}

function chosenInside(context: CreateContext, index: number): string {
	const third = 64 + (Number(context.digits(2)) % 100);
	return `169.254.${third}.${4 * index}/30`;
}
