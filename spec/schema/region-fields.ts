import { z } from "zod";
import { count, ipv4Range, size, slug } from "../fields";

/** What a region of any cloud is asked for; each cloud's own schema adds its settings. */
export const regionFields = {
	region: z.string(),
	/** A region that is written down but not built yet. */
	enabled: z.boolean().default(true),
	/** Three zones that the system pool is spread over. */
	zones: z.array(z.string()).length(3, "must name exactly 3 zones"),
	/** Addresses of the region's network with its pods, a /16. */
	addresses: ipv4Range(),
	/** Reservations that exist already; pools that draw from one are matched to it before anything is created. */
	reservations: z
		.array(
			z.strictObject({
				/** Id (AWS) or name (Google Cloud), as a pool's capacity names it. */
				name: z.string(),
				/** The type that it holds. */
				instanceType: z.string(),
				/** The zone that it is in. */
				zone: z.string(),
				/** Machines that it holds. */
				count: count(1, 1_000, "machines"),
			}),
		)
		.default([]),
};

/** What every cluster is asked for. */
export const clusterFields = {
	/** Service addresses inside the cluster. */
	serviceAddresses: ipv4Range().default("172.20.0.0/16"),
	/** How the API server is reached: only from the network, or also from listed addresses. */
	access: z.enum(["in-network", "allow-list"]).default("in-network"),
	allowedAddresses: z.array(ipv4Range()).default([]),
	/** Connected networks (transit, VPN; on AWS and Azure peering too) whose hosts may reach the private API server. */
	operatorAddresses: z.array(ipv4Range()).default([]),
};

/** What every system pool is asked for beside its instance type. */
export const systemPoolFields = {
	/** Nodes at the start; `min` where it is left out. */
	nodes: count(1, 450, "nodes").optional(),
	min: count(1, 450, "nodes").default(3),
	max: count(1, 450, "nodes").default(6),
	rootVolume: size().default("100GiB"),
};

const gpuRootVolume = size().default("200GiB");

/** What every pool of accelerated nodes is asked for beside its capacity. */
export const gpuPoolFields = {
	name: slug(20),
	instanceType: z.string(),
	/** The one zone of the pool's fabric. */
	zone: z.string(),
	nodes: count(0, 450, "nodes"),
	/** Fewest nodes that an autoscaler may leave; `nodes` where it is left out. */
	min: count(0, 450, "nodes").optional(),
	/** Most nodes that an autoscaler may make; `nodes` where it is left out. With neither, the pool never moves. */
	max: count(0, 450, "nodes").optional(),
	/** Root volume of each node; local NVMe comes beside it, on Azure through a driver of its own. */
	rootVolume: gpuRootVolume,
};

/** What a region's pools of inference modules have in common; their sizes come from `inference`. */
export const servingFields = {
	instanceType: z.string(),
	/** Zones that the modules' pools are dealt out to in turn, each pool to one; the region's zones that offer the type. */
	zones: z.array(z.string()).min(1, "must name at least one zone").optional(),
	/** Root volume of each node; local NVMe comes beside it, on Azure through a driver of its own. */
	rootVolume: gpuRootVolume,
};

/** A window in which purchased capacity exists, in UTC. */
export const windowFields = {
	starts: z.iso.datetime({ error: "must be a time such as 2026-12-01T11:30:00Z" }),
	ends: z.iso.datetime({ error: "must be a time such as 2026-12-15T11:30:00Z" }),
};
