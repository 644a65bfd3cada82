/**
 * Google's own accounts that act for a project, by service: `service-<project number>@<domain>`. Each comes with its
 * service. Source: Google Cloud IAM, Service agents, as components/keys/gcp-service-agents.ts; logging and
 * artifactregistry unverified.
 */
export const AGENTS = {
	artifactregistry: "gcp-sa-artifactregistry.iam.gserviceaccount.com",
	compute: "compute-system.iam.gserviceaccount.com",
	container: "container-engine-robot.iam.gserviceaccount.com",
	logging: "gcp-sa-logging.iam.gserviceaccount.com",
	storage: "gs-project-accounts.iam.gserviceaccount.com",
} as const;

/** The service whose agent a member names, as `compute.googleapis.com`; undefined for every other member. */
export function serviceOfAgent(member: string): string | undefined {
	const domain = /^serviceAccount:service-\d+@(.+)$/.exec(member)?.[1];
	const [service] = Object.entries(AGENTS).find(([, known]) => known === domain) ?? [];
	return service === undefined ? undefined : `${service}.googleapis.com`;
}
