import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { CellContext } from "../cell-context";
import type { Keys } from "../keys/keys";
import type { Registry } from "./registry";

export interface AwsRegistryArgs {
	readonly context: CellContext;
	readonly keys: Keys;
	readonly repositories: readonly string[];
}

/** Images without a tag are deleted after this many days. */
const untaggedDays = 14;

/** ECR repositories: tags never move, images are scanned on push and encrypted with our own key. */
export class AwsRegistry extends pulumi.ComponentResource implements Registry {
	readonly urls: { readonly [repository: string]: pulumi.Output<string> };
	readonly ids: { readonly [repository: string]: pulumi.Output<string> };

	constructor(name: string, args: AwsRegistryArgs, opts: pulumi.ComponentResourceOptions) {
		super("meridian:registry:AwsRegistry", name, {}, opts);
		const { context, keys } = args;
		const { organization, environment, protection } = context.spec;
		const made = args.repositories.map((repository) => {
			const resource = new aws.ecr.Repository(
				`${name}-${repository}`,
				{
					name: `${organization.name}/${environment}/${repository}`,
					imageTagMutability: "IMMUTABLE",
					imageScanningConfiguration: { scanOnPush: true },
					encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: keys.keyFor("registry") }],
					forceDelete: protection.relaxed,
				},
				{ parent: this, protect: !protection.relaxed },
			);
			new aws.ecr.LifecyclePolicy(
				`${name}-${repository}`,
				{ repository: resource.name, policy: expireUntagged() },
				{ parent: this },
			);
			return [repository, resource] as const;
		});
		this.urls = Object.fromEntries(made.map(([repository, { repositoryUrl }]) => [repository, repositoryUrl]));
		this.ids = Object.fromEntries(made.map(([repository, { arn }]) => [repository, arn]));
		this.registerOutputs({ urls: this.urls });
	}
}

function expireUntagged(): string {
	const selection = {
		tagStatus: "untagged",
		countType: "sinceImagePushed",
		countUnit: "days",
		countNumber: untaggedDays,
	};
	return JSON.stringify({
		rules: [{ rulePriority: 1, description: "untagged images", selection, action: { type: "expire" } }],
	});
}
