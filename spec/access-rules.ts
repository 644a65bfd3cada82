import { isCanonical, parseCidr, RFC1918, rangeOf } from "../lib/cidr";
import type { Requirement } from "../lib/errors";
import type { RegionSpec, Spec } from "./schema";

/** On a real account somebody must get in: the engine itself to bootstrap, and people later. */
function cloudAccessRules({ cluster }: RegionSpec, path: string, { target }: Spec): Requirement[] {
	return [
		{
			when: target === "cloud" && cluster.access === "in-network" && cluster.operatorAddresses.length === 0,
			path: `${path}.cluster.operatorAddresses`,
			message:
				"must name the connected network from which meridian runs, where access is in-network and target is cloud; or use access: allow-list with its address",
		},
		{
			when: target === "cloud" && cluster.administrators.length === 0,
			path: `${path}.cluster.administrators`,
			message:
				"must name at least one where target is cloud; else only the creator could ever reach the cluster, and on Azure nobody",
		},
		...cluster.operatorAddresses.map((range, i) => {
			const parsed = parseCidr(range);
			return {
				when: parsed === undefined || rangeOf(parsed, RFC1918) === undefined || !isCanonical(parsed),
				path: `${path}.cluster.operatorAddresses[${i}]`,
				message: `must be a private range with no host bits, but ${range} was given; use one such as 10.0.0.0/16`,
			};
		}),
	];
}

/** AWS roles say whose they are. */
function administratorRules(region: RegionSpec, path: string, spec: Spec): Requirement[] {
	const account = spec.accounts.aws?.id;
	if (region.cloud !== "aws" || account === undefined) {
		return [];
	}
	return region.cluster.administrators.map((role, i) => ({
		when: !role.startsWith(`arn:aws:iam::${account}:`),
		path: `${path}.cluster.administrators[${i}]`,
		message: `must be a role of the account ${account}, but ${role} was given; name one of accounts.aws.id`,
	}));
}

/** Rules of who may reach a cluster. */
export function accessRules(region: RegionSpec, path: string, spec: Spec): Requirement[] {
	const { access, allowedAddresses } = region.cluster;
	const listed = access === "allow-list";
	return [
		{
			when: listed !== allowedAddresses.length > 0,
			path: `${path}.cluster.allowedAddresses`,
			message: listed
				? "must name at least one range where access is allow-list; add the ranges that may reach the API server"
				: "must be empty where access is in-network; remove the ranges or set access: allow-list",
		},
		{
			when: region.cloud === "azure" && listed && spec.network.egress.control === "allow-list",
			path: `${path}.cluster.access`,
			message:
				"must be in-network on Azure where network.egress.control is allow-list, because pods reach a public API server by its address alone, which no domain of the list lets through; change one of them",
		},
		...cloudAccessRules(region, path, spec),
		...administratorRules(region, path, spec),
		...allowedAddresses.map((range, i) => {
			const parsed = parseCidr(range);
			return {
				when: parsed === undefined || parsed.prefix < 16,
				path: `${path}.cluster.allowedAddresses[${i}]`,
				message: `must be a range of /16 or smaller, but ${range} was given; list the addresses that are really yours`,
			};
		}),
	];
}
