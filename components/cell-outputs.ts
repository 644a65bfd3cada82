import * as pulumi from "@pulumi/pulumi";
import { globalCell } from "../lib/cells";
import type { Spec } from "../spec/schema";

/** Everything of the global cell that other cells may use: ids and references, no secrets. */
export interface GlobalOutputs {
	/** Store of the audit trail, which cells' own sinks write to. */
	readonly auditBucketArn: pulumi.Output<string>;
	readonly dnsZoneId: pulumi.Output<string>;
	/** ARNs of the image repositories, by name. */
	readonly repositoryIds: { readonly [repository: string]: pulumi.Output<string> };
}

/** Reads the global cell's outputs from its own stack; unknown in a preview before that stack exists. */
export function readGlobalOutputs(spec: Spec): GlobalOutputs {
	const stack = `organization/${pulumi.getProject()}/${spec.environment}-${globalCell}`;
	const reference = new pulumi.StackReference(globalCell, { name: stack });
	const outputs = reference.requireOutput(globalCell);
	const repositories = spec.global.repositories.map((repository) => [
		repository,
		outputs.apply((cell) => String(cell.repositoryIds[repository])),
	]);
	return {
		auditBucketArn: outputs.apply((cell) => String(cell.auditBucketArn)),
		dnsZoneId: outputs.apply((cell) => String(cell.dnsZoneId)),
		repositoryIds: Object.fromEntries(repositories),
	};
}
