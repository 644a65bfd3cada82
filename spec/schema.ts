import { z } from "zod";
import { requireLocked } from "../catalogue/lock";
import { count, domain, duration, ipv4Range, slug, text, uuid } from "./fields";
import { awsRegion } from "./schema/aws-region";
import { azureRegion } from "./schema/azure-region";
import { gcpRegion } from "./schema/gcp-region";
import { inferenceSettings } from "./schema/inference";
import { networkSettings } from "./schema/network";

/**
 * What the account was granted of each family in each region, as `{us-east-1: {p: 24000}}`; catalogue/quota-families.ts
 * has the families with their units. A family that is left out is not compared; with target cloud all must be given.
 */
const quotas = z.record(z.string(), z.record(z.string(), count(0, 10_000_000, "of the family's unit"))).default({});

const accounts = z.strictObject({
	aws: z
		.strictObject({
			/** Twelve digits. */
			id: text(/^\d{12}$/, "12 digits, in quotes"),
			quotas,
		})
		.optional(),
	gcp: z
		.strictObject({
			/** Id of the project. */
			project: text(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, "a project id, 6 to 30 of a-z, 0-9 and inner hyphens"),
			/** The project's number, by which Google names its own service accounts. */
			number: text(/^\d{6,19}$/, "the project's number, in quotes"),
			/** Region of what the project has once: the audit store and its key. */
			region: z.string(),
			quotas,
		})
		.optional(),
	azure: z
		.strictObject({
			/** Id of the subscription. */
			subscription: uuid("the id of a subscription"),
			/** Id of the Entra tenant that the subscription trusts. */
			tenant: uuid("the id of an Entra tenant"),
			/** Region of what the subscription has once: the audit store and its key. */
			region: z.string(),
			quotas,
			/** Addresses of the network that reaches what the subscription has once, /24 to /27. */
			addresses: ipv4Range().default("10.255.255.0/24"),
		})
		.optional(),
});

/** Every region is of one cloud, which says what else may stand in it. */
const region = z.discriminatedUnion("cloud", [awsRegion, gcpRegion, azureRegion]);

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
			rotation: duration(90, 365).default("90d"),
			/** `hsm` keeps keys in hardware (Cloud HSM, Key Vault Premium); AWS KMS always does. */
			protection: z.enum(["software", "hsm"]).default("software"),
		})
		.prefault({}),
	logs: z
		.strictObject({
			/** Retention of control-plane and flow logs. */
			retention: duration(1, 3_653).default("365d"),
		})
		.prefault({}),
	accounts,
	global: z.strictObject({
		cloud: z.literal("aws", { error: 'must be "aws": its cell holds what all clouds share' }),
		region: z.string(),
		/** Zone of the environment, under the organization's domain. */
		dnsZone: domain(),
		/** Image repositories of the platform. */
		repositories: z.array(slug(40)).min(1, "must name at least one repository"),
	}),
	/** What joins the regions to each other and to the internet. */
	network: networkSettings,
	/** Sizes and modules of the inference estate; the regions that have `serving` get their pools from it. */
	inference: inferenceSettings.optional(),
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
