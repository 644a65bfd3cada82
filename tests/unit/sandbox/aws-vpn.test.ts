import assert from "node:assert/strict";
import type { Properties } from "../../../lib/values";
import { factsFor } from "../../../sandbox/facts";
import { type Estate, estate } from "./estate";
import { type Refused, refuses } from "./stage";

const GATEWAY = "aws:ec2/customerGateway:CustomerGateway";
const VPN = "aws:ec2/vpnConnection:VpnConnection";

let at: Estate;
const set = () => {
	at = estate();
	return at.stage;
};

describe("customer gateways", () => {
	refuses((): Refused[] => {
		const inputs = { type: "ipsec.1", ipAddress: "203.0.113.11", bgpAsn: "64700" };
		const { bgpAsn: _, ...numberless } = inputs;
		const row = (because: string, changes: Properties, property: string, reason: RegExp): Refused => ({
			because,
			type: GATEWAY,
			inputs: { ...inputs, ...changes },
			property,
			reason,
		});
		return [
			row("another type", { type: "ipsec.2" }, "type", /"ipsec\.1"/),
			row("a private address", { ipAddress: "10.0.0.1" }, "ipAddress", /address in the internet/),
			row("a number that is too large", { bgpAsn: "4200000000" }, "bgpAsn", /1 to 2147483647/),
			row("a twin", { ipAddress: "203.0.113.10" }, "ipAddress", /AWS makes no second/),
			{ ...row("no number", {}, "bgpAsn", /exactly one/), inputs: numberless },
		];
	}, set);

	it("take a number of 32 bits in a property of its own", () => {
		set();
		const inputs = { type: "ipsec.1", ipAddress: "203.0.113.12", bgpAsnExtended: "4200000000" };
		assert.deepEqual(at.stage.faults(GATEWAY, inputs), []);
	});
});

describe("VPN connections", () => {
	refuses((): Refused[] => {
		const inputs = {
			...at.of("vpn").inputs,
			tunnel1InsideCidr: "169.254.31.0/30",
			tunnel2InsideCidr: "169.254.31.4/30",
		};
		const row = (because: string, changes: Properties, property: string, reason: RegExp): Refused => ({
			because,
			type: VPN,
			inputs: { ...inputs, ...changes },
			property,
			reason,
		});
		const inside = (range: string): Properties => ({ tunnel1InsideCidr: range });
		return [
			row("a far end that is not there", { customerGatewayId: "cgw-0dead" }, "customerGatewayId", /names no existing/),
			row("two near ends", { vpnGatewayId: "vgw-0123" }, "vpnGatewayId", /at most one/),
			row("a range that is no /30", inside("169.254.31.0/29"), "tunnel1InsideCidr", /\/30 of 169\.254/),
			row("a range of other addresses", inside("10.0.0.0/30"), "tunnel1InsideCidr", /\/30 of 169\.254/),
			row("a range that AWS keeps", inside("169.254.5.0/30"), "tunnel1InsideCidr", /one that AWS keeps/),
			row("a range in use", inside("169.254.30.4/30"), "tunnel1InsideCidr", /is in use/),
			row("a range twice", inside("169.254.31.4/30"), "tunnel2InsideCidr", /given twice/),
			row("a version of IKE that is none", { tunnel1IkeVersions: ["ikev3"] }, "tunnel1IkeVersions[0]", /"ikev1" or/),
			row(
				"an encryption that is none",
				{ tunnel2Phase1EncryptionAlgorithms: ["DES"] },
				"tunnel2Phase1EncryptionAlgorithms[0]",
				/AES128/,
			),
			row(
				"a group that is none",
				{ tunnel1Phase1DhGroupNumbers: [5] },
				"tunnel1Phase1DhGroupNumbers",
				/but 5 was given/,
			),
			row(
				"a key that begins with 0",
				{ tunnel1PresharedKey: "0abcdefgh" },
				"tunnel1PresharedKey",
				/not beginning with 0/,
			),
			row(
				"a lifetime that is too long",
				{ tunnel1Phase2LifetimeSeconds: 7_200 },
				"tunnel1Phase2LifetimeSeconds",
				/900 to 3600/,
			),
			row(
				"a log without a group",
				{ tunnel1LogOptions: { cloudwatchLogOptions: { logEnabled: true } } },
				"tunnel1LogOptions.cloudwatchLogOptions.logGroupArn",
				/is required/,
			),
			row(
				"a log group that is not there",
				{ tunnel1LogOptions: { cloudwatchLogOptions: { logEnabled: true, logGroupArn: "arn:aws:logs:x" } } },
				"tunnel1LogOptions.cloudwatchLogOptions.logGroupArn",
				/names no existing LogGroup/,
			),
		];
	}, set);

	it("have AWS at the first address inside, the far end at the second, and keys that are secret", () => {
		set();
		const { outputs } = at.of("vpn");
		assert.equal(outputs.tunnel1VgwInsideAddress, "169.254.30.1");
		assert.equal(outputs.tunnel2CgwInsideAddress, "169.254.30.6");
		assert.equal(outputs.tunnel1BgpAsn, "64601");
		assert.match(String(outputs.tunnel1PresharedKey), /^[A-Za-z][A-Za-z0-9._]{7,63}$/);
		assert.notEqual(outputs.tunnel1PresharedKey, outputs.tunnel2PresharedKey);
		assert.deepEqual(factsFor("aws").resources[VPN]?.secretOutputs, [
			"customerGatewayConfiguration",
			"tunnel1PresharedKey",
			"tunnel2PresharedKey",
		]);
	});
});
