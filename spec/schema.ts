import { z } from "zod";
import { requireLocked } from "../catalogue/lock";
import { clouds } from "../lib/cells";
import { count, domain, duration, ipv4Range, size, slug, text } from "./fields";

const account = z.strictObject({
	/** Twelve digits. */
	id: text(/^\d{12}$/, "12 digits, in quotes"),
});

/** What a GPU pool's nodes are drawn from. */
const capacity = z.discriminatedUnion("kind", [
	/** On demand, in a cluster placement group made for the pool. */
	z.strictObject({ kind: z.literal("on-demand") }),
	/** An on-demand capacity reservation; `create` makes it, else `id` names one that exists. */
	z.strictObject({
		kind: z.literal("reservation"),
		id: text(/^cr-[0-9a-f]{17}$/, "a reservation id such as cr-0123456789abcdef0").optional(),
		create: z.boolean().default(false),
	}),
	/** A purchased capacity block with its window; never in a placement group. */
	z.strictObject({
		kind: z.literal("capacity-block"),
		id: text(/^cr-[0-9a-f]{17}$/, "a reservation id such as cr-0123456789abcdef0"),
		starts: z.iso.datetime({ error: "must be a time such as 2026-12-01T11:30:00Z" }),
		ends: z.iso.datetime({ error: "must be a time such as 2026-12-15T11:30:00Z" }),
	}),
]);

const gpuPool = z.strictObject({
	name: slug(20),
	instanceType: z.string(),
	/** The one zone of the pool's fabric. */
	zone: z.string(),
	nodes: count(0, 450, "nodes"),
	capacity,
	/** Root volume; local NVMe is striped beside it. */
	rootVolume: size().default("200GiB"),
});

const systemPool = z.strictObject({
	instanceType: z.string().default("m7i.2xlarge"),
	min: count(1, 450, "nodes").default(3),
	max: count(1, 450, "nodes").default(6),
	rootVolume: size().default("100GiB"),
});

const region = z.strictObject({
	cloud: z.enum(clouds),
	region: z.string(),
	/** A region that is written down but not built yet. */
	enabled: z.boolean().default(true),
	/** Three zones, each of which gets private, public and control subnets. */
	zones: z.array(z.string()).length(3, "must name exactly 3 zones"),
	/** Addresses of the region's network, a /16. */
	addresses: ipv4Range(),
	cluster: z
		.strictObject({
			/** Service addresses inside the cluster. */
			serviceAddresses: ipv4Range().default("172.20.0.0/16"),
			/** How the API server is reached: only from the network, or also from listed addresses. */
			access: z.enum(["in-network", "allow-list"]).default("in-network"),
			allowedAddresses: z.array(ipv4Range()).default([]),
			/** Connected networks (peering, transit) whose hosts may reach the private API server. */
			operatorAddresses: z.array(ipv4Range()).default([]),
			/** ARNs of the roles that administer the cluster; without any, whoever creates it does. */
			administrators: z.array(text(/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/, "the ARN of an IAM role")).default([]),
		})
		.prefault({}),
	systemPool: systemPool.prefault({}),
	gpuPools: z.array(gpuPool).default([]),
	/** A NAT gateway a zone, or one for all (dev). */
	nat: z.enum(["per-zone", "single"]).default("per-zone"),
});

/** The platform's specification; every default is stated here and nowhere else. */
export const specSchema = z.strictObject({
	environment: text(/^[a-z][a-z0-9]{1,11}$/, "2 to 12 of a-z and 0-9, no hyphen"),
	layout: z.enum(["single", "cells"]),
	target: z.enum(["sandbox", "cloud"]),
	organization: z.strictObject({
		name: slug(12),
		owner: slug(40),
		costCentre: slug(20),
		domain: domain(),
	}),
	/** Minor of every cluster; the sandbox's control planes have the same. */
	kubernetesVersion: text(/^1\.\d{2}$/, "a minor such as 1.36").default(requireLocked("kubernetes/minor")),
	protection: z
		.strictObject({
			/** True only where losing everything is acceptable: locks and protection are off, the rules know. */
			relaxed: z.boolean().default(false),
			/** The waiting time before a deleted key is gone: 7 to 30 days. */
			keyDeletionWindow: duration(7, 30).default("30d"),
			/** How long the audit trail is immutable: up to 10 years; 7 years are 2,557 days. */
			auditLock: duration(1, 3_653).default("2557d"),
		})
		.prefault({}),
	keys: z
		.strictObject({
			/** Rotation period of customer-managed keys: 90 to 365 days. */
			rotation: duration(90, 365).default("365d"),
		})
		.prefault({}),
	logs: z
		.strictObject({
			/** Retention of control-plane and flow logs. */
			retention: duration(1, 3_653).default("365d"),
		})
		.prefault({}),
	accounts: z.strictObject({ aws: account.optional() }),
	global: z.strictObject({
		cloud: z.literal("aws", { error: 'must be "aws": the other clouds have no global cell yet' }),
		region: z.string(),
		/** Zone of the environment, under the organization's domain. */
		dnsZone: domain(),
		/** Image repositories of the platform. */
		repositories: z.array(slug(40)).min(1, "must name at least one repository"),
	}),
	regions: z.array(region).min(1, "must name at least one region"),
	policies: z
		.strictObject({
			/** Parameters of rules by rule id, as `{A18: {ports: [22]}}`; docs/policies.md lists what each takes. */
			params: z.record(text(/^[A-Z]\d{2}$/, "a rule id such as A18"), z.json()).default({}),
		})
		.prefault({}),
	/** Choices that settle contradictions between the source documents, by conflict id; see `meridian plan`. */
	conflicts: z.record(z.string(), z.string()).default({}),
});

/** A parsed specification with every default filled in. */
export type Spec = z.output<typeof specSchema>;

export type RegionSpec = Spec["regions"][number];
export type GpuPoolSpec = RegionSpec["gpuPools"][number];
export type SystemPoolSpec = RegionSpec["systemPool"];
export type Capacity = GpuPoolSpec["capacity"];
