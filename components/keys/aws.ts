import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { inDays } from "../../lib/units";
import { type CellContext, physicalName } from "../cell-context";
import { keyPolicy } from "./aws-key-policy";
import type { KeyPurpose, Keys } from "./keys";

export interface AwsKeysArgs {
	readonly context: CellContext;
	readonly purposes: readonly KeyPurpose[];
}

/** A customer-managed KMS key for each purpose, rotated, with an alias. */
export class AwsKeys extends pulumi.ComponentResource implements Keys {
	private readonly keys = new Map<KeyPurpose, aws.kms.Key>();

	constructor(name: string, args: AwsKeysArgs, opts: pulumi.ComponentResourceOptions) {
		super("meridian:keys:AwsKeys", name, {}, opts);
		const { context } = args;
		const { keys, protection, environment } = context.spec;
		for (const purpose of args.purposes) {
			const key = new aws.kms.Key(
				`${name}-${purpose}`,
				{
					description: `${environment} ${context.cell}: ${purpose}`,
					enableKeyRotation: true,
					rotationPeriodInDays: Math.floor(inDays(keys.rotation)),
					deletionWindowInDays: Math.floor(inDays(protection.keyDeletionWindow)),
					policy: keyPolicy(purpose, {
						...context,
						trail: trailName(context),
						flowRecords: context.spec.layout === "cells",
					}),
				},
				{ parent: this, protect: !protection.relaxed },
			);
			new aws.kms.Alias(
				`${name}-${purpose}`,
				{ name: `alias/meridian/${environment}/${context.cell}/${purpose}`, targetKeyId: key.keyId },
				{ parent: this },
			);
			this.keys.set(purpose, key);
		}
		this.registerOutputs({});
	}

	keyFor(purpose: KeyPurpose): pulumi.Output<string> {
		const key = this.keys.get(purpose);
		if (key === undefined) {
			throw new Error(`the cell has no key for ${purpose}`);
		}
		return key.arn;
	}
}

/** Name of the account's audit trail, which the audit key's policy names before the trail exists. */
export function trailName(context: CellContext): string {
	return physicalName(context, "trail", 128);
}
