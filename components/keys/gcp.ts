import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { inDays } from "../../lib/units";
import type { CellContext } from "../cell-context";
import { projectNumber } from "../gcp-provider";
import { type ProjectAgents, serviceAgents } from "./gcp-service-agents";
import type { KeyPurpose, Keys } from "./keys";

export interface GcpKeysArgs {
	readonly context: CellContext;
	readonly purposes: readonly KeyPurpose[];
	/** The project's services, without which nothing can be made. */
	readonly servicesReady: readonly pulumi.Resource[];
}

const secondsPerDay = 86_400;

/**
 * A Cloud KMS key for each purpose, rotated, for the service agents of its purpose alone. Key rings and keys can never
 * be deleted, only their versions: the ring has no fixed name, so that a destroyed cell can be built again.
 */
export class GcpKeys extends pulumi.ComponentResource implements Keys {
	private readonly usable = new Map<KeyPurpose, pulumi.Output<string>>();

	constructor(
		private readonly name: string,
		private readonly args: GcpKeysArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:keys:GcpKeys", name, {}, opts);
		const { context, purposes, servicesReady } = args;
		const ring = new gcp.kms.KeyRing(
			`${name}-ring`,
			{ location: context.region },
			{ parent: this, dependsOn: [...servicesReady] },
		);
		for (const purpose of purposes) {
			this.usable.set(purpose, this.createKey(purpose, ring));
		}
		this.registerOutputs({});
	}

	keyFor(purpose: KeyPurpose): pulumi.Output<string> {
		const key = this.usable.get(purpose);
		if (key === undefined) {
			throw new Error(`the cell has no key for ${purpose}`);
		}
		return key;
	}

	/** Cloud Storage is on in every new project, so it can be asked before anything is made, and a preview knows. */
	private agents(): ProjectAgents {
		const number = projectNumber(this.args.context);
		const storageAgent = (): pulumi.Output<string> =>
			pulumi.output(gcp.storage.getProjectServiceAccount({ project: number }, { parent: this })).emailAddress;
		return { number, storageAgent };
	}

	/** The key's id, which whoever uses it gets only once its service agents may use it too. */
	private createKey(purpose: KeyPurpose, ring: gcp.kms.KeyRing): pulumi.Output<string> {
		const { context } = this.args;
		const { keys, protection } = context.spec;
		const key = new gcp.kms.CryptoKey(
			`${this.name}-${purpose}`,
			{
				keyRing: ring.id,
				purpose: "ENCRYPT_DECRYPT",
				rotationPeriod: `${Math.floor(inDays(keys.rotation) * secondsPerDay)}s`,
				destroyScheduledDuration: `${Math.floor(inDays(protection.keyDeletionWindow) * secondsPerDay)}s`,
				versionTemplate: {
					algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION",
					protectionLevel: keys.protection === "hsm" ? "HSM" : "SOFTWARE",
				},
			},
			{
				parent: this,
				protect: !protection.relaxed,
				// Google fixes both when a key is made: another key would leave what this one encrypted unreadable.
				ignoreChanges: ["destroyScheduledDuration", "versionTemplate.protectionLevel"],
			},
		);
		const grants = Object.entries(serviceAgents(purpose, this.agents())).map(
			([service, member]) =>
				new gcp.kms.CryptoKeyIAMMember(
					`${this.name}-${purpose}-${service}`,
					{ cryptoKeyId: key.id, role: "roles/cloudkms.cryptoKeyEncrypterDecrypter", member },
					{ parent: this },
				),
		);
		return pulumi.all([key.id, pulumi.all(grants.map((grant) => grant.id))]).apply(([id]) => id);
	}
}
