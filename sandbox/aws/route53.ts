import { faultsOf } from "../check/fault-table";
import { isSet, list, text } from "../check/inputs";
import type { CreateContext, TypeModel } from "../model";
import { defineAws } from "./define";
import { bareArn, upperId } from "./names";

const LABEL = "(?!-)[A-Za-z0-9_-]{1,63}(?<!-)";

/** A hosted zone: public, or private where VPCs are named. Twins of a name are allowed. */
export const zone: TypeModel = defineAws({
	type: "aws:route53/zone:Zone",
	global: true,
	name: {
		path: "name",
		pattern: new RegExp(`^(?=.{1,255}$)(${LABEL}\\.)*${LABEL}\\.?$`),
		allowed: "a domain name: labels of 1 to 63 letters, digits and hyphens, with dots between, 255 characters at most",
		unique: "none",
		autoNameLength: 255,
	},
	references: [{ path: "vpcs[].vpcId", to: ["aws:ec2/vpc:Vpc"], by: "id", anyRegion: true, holds: false }],
	check: ({ inputs }) => {
		const comment = text(inputs, "comment") ?? "";
		return faultsOf([
			{
				when: isSet(inputs, "delegationSetId") && list(inputs, "vpcs").length > 0,
				property: "delegationSetId",
				reason: "is for public zones and cannot be combined with vpcs; remove one of them",
			},
			{
				when: comment.length > 256,
				property: "comment",
				reason: `must have at most 256 characters, but has ${comment.length}; shorten it`,
			},
		]);
	},
	defaults: { comment: "Managed by Pulumi", enableAcceleratedRecovery: false, forceDestroy: false },
	id: (context) => upperId(context, "Z", 20),
	computed: (context, id) => {
		const servers = nameServers(context);
		return {
			arn: bareArn(context.scope, "route53", `hostedzone/${id}`),
			nameServers: servers,
			primaryNameServer: servers[0] ?? "",
			zoneId: id,
		};
	},
	derived: ({ inputs, scope }) => ({
		name: (text(inputs, "name") ?? "").replace(/\.$/, ""),
		...(list(inputs, "vpcs").length > 0 ? { vpcs: list(inputs, "vpcs").map((vpc) => placed(vpc, scope.region)) } : {}),
	}),
});

function placed(vpc: Parameters<typeof text>[0], region: string) {
	return { vpcId: text(vpc, "vpcId") ?? "", vpcRegion: text(vpc, "vpcRegion") ?? region };
}

/** Four servers of four top-level domains, sorted; a private zone has the fixed ones. */
function nameServers(context: CreateContext): string[] {
	const isPrivate = list(context.inputs, "vpcs").length > 0;
	return ["com", "co.uk", "net", "org"]
		.map((domain, i) => {
			const number = isPrivate ? 512 * i : 512 * i + (Number(context.digits(3)) % 512);
			const set = isPrivate ? "00" : String(Number(context.digits(2)) % 64).padStart(2, "0");
			return `ns-${number}.awsdns-${set}.${domain}`;
		})
		.sort();
}
