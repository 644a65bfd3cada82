import * as pulumi from "@pulumi/pulumi";
import type { KeyPurpose } from "./keys";

/** An IAM member; Cloud Storage's is asked for. */
type Member = string | pulumi.Output<string>;

/** What names the service agents of a project. */
export interface ProjectAgents {
	readonly number: string;
	/** Asks Cloud Storage for its agent, which only the question makes. */
	readonly storageAgent: () => pulumi.Output<string>;
}

/**
 * The service accounts of Google's own services that use a key of a purpose, as IAM members. Each but Cloud Storage's is
 * made with its service. Source: Google Cloud IAM, "Service agents"; GKE, "Use customer-managed encryption keys"; read 2026-11-21.
 */
export function serviceAgents(purpose: KeyPurpose, project: ProjectAgents): { readonly [service: string]: Member } {
	const { number: projectNumber } = project;
	const compute = `serviceAccount:service-${projectNumber}@compute-system.iam.gserviceaccount.com`;
	const kubernetes = `serviceAccount:service-${projectNumber}@container-engine-robot.iam.gserviceaccount.com`;
	switch (purpose) {
		case "cluster":
			return { kubernetes };
		case "disks":
			return { compute };
		case "audit":
		case "storage":
			return { storage: pulumi.interpolate`serviceAccount:${project.storageAgent()}` };
		case "logs":
		case "registry":
			return {};
	}
}
