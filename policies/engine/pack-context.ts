import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { RuleContext } from "../rule";
import type { RuleParams } from "./evaluate";

/** What a pack reads of `meridian:spec`; the rest of the spec is not its business. */
const schema = z.looseObject({
	environment: z.string().min(1).default("dev"),
	target: z.enum(["sandbox", "cloud"]).default("sandbox"),
	protection: z.looseObject({ relaxed: z.boolean().default(false) }).default({ relaxed: false }),
	policies: z.looseObject({ params: z.record(z.string(), z.unknown()).default({}) }).default({ params: {} }),
});

/** Where a pack runs, and what the stack sets for its rules. */
export interface PackSettings {
	readonly context: RuleContext;
	readonly params: RuleParams;
}

/** The settings in the stack's configuration; without any, a `dev` sandbox that relaxes nothing. Throws where they do not parse. */
export function packSettings(): PackSettings {
	return settingsFrom(new pulumi.Config("meridian").getObject<unknown>("spec") ?? {});
}

/** The settings in a parsed `meridian:spec`. */
export function settingsFrom(spec: unknown): PackSettings {
	const { environment, target, protection, policies } = schema.parse(spec);
	return { context: { environment, target, relaxed: protection.relaxed }, params: policies.params };
}
