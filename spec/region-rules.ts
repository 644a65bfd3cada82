import { instanceType } from "../catalogue/aws/instance-types";
import { awsRegions } from "../catalogue/aws/regions";
import { isCanonical, overlaps, parseCidr, RFC1918, rangeOf } from "../lib/cidr";
import type { Requirement } from "../lib/errors";
import { accessRules } from "./access-rules";
import { gpuPoolRules } from "./gpu-pool-rules";
import { unknownRegion } from "./region-names";
import type { RegionSpec, Spec } from "./schema";

/** Rules of one region; a region of a cloud that is not built yet is only refused where it is enabled. */
export function regionRules(region: RegionSpec, path: string, spec: Spec): Requirement[] {
	if (region.cloud !== "aws") {
		return [
			{
				when: region.enabled,
				path: `${path}.cloud`,
				message: `must be aws for a region that is enabled, but ${region.cloud} was given: this version builds no ${region.cloud} cells; set enabled: false`,
			},
		];
	}
	const known = awsRegions[region.region];
	const zones = known?.zones ?? [];
	return [
		{ when: known === undefined, path: `${path}.region`, message: unknownRegion(region.region) },
		...region.zones.map((zone, i) => ({
			when: known !== undefined && !zones.includes(zone),
			path: `${path}.zones[${i}]`,
			message: `must be a zone of ${region.region} (${zones.join(", ")}), but ${zone} was given`,
		})),
		{
			when: new Set(region.zones).size < region.zones.length,
			path: `${path}.zones`,
			message: `must name three different zones, but ${region.zones.join(", ")} was given`,
		},
		...rangeRules(region, path),
		...accessRules(region, path, spec),
		{
			when: region.systemPool.min > region.systemPool.max,
			path: `${path}.systemPool.max`,
			message: `must be at least min (${region.systemPool.min} nodes), but ${region.systemPool.max} was given; raise max or lower min`,
		},
		{
			when: instanceType(region.systemPool.instanceType) === undefined,
			path: `${path}.systemPool.instanceType`,
			message: `must be an instance type of catalogue/aws/instance-types.ts, but ${region.systemPool.instanceType} was given; add it there with its source`,
		},
		...region.gpuPools.flatMap((pool, i) => gpuPoolRules(pool, `${path}.gpuPools[${i}]`, region, spec)),
	];
}

function rangeRules(region: RegionSpec, path: string): Requirement[] {
	const network = parseCidr(region.addresses);
	const service = parseCidr(region.cluster.serviceAddresses);
	return [
		{
			when:
				network === undefined ||
				network.prefix !== 16 ||
				!isCanonical(network) ||
				rangeOf(network, RFC1918) === undefined,
			path: `${path}.addresses`,
			message: `must be a /16 of private addresses (in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16) with no host bits, but ${region.addresses} was given; use one such as 10.16.0.0/16`,
		},
		{
			when:
				service === undefined ||
				service.prefix < 12 ||
				service.prefix > 24 ||
				!isCanonical(service) ||
				rangeOf(service, RFC1918) === undefined,
			path: `${path}.cluster.serviceAddresses`,
			message: `must be a private range of /12 to /24 with no host bits, but ${region.cluster.serviceAddresses} was given; use 172.20.0.0/16`,
		},
		{
			when: network !== undefined && service !== undefined && overlaps(network, service),
			path: `${path}.cluster.serviceAddresses`,
			message: `must not overlap the region's addresses ${region.addresses}, but ${region.cluster.serviceAddresses} was given; use another range`,
		},
	];
}
