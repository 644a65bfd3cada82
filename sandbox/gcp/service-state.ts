import type { CheckContext, Fault } from "../model";

/** Type of a project's enabled service. */
export const SERVICE = "gcp:projects/service:Service";

/**
 * A fault for each service that the project has not enabled. New projects have a few services on, but which ones
 * depends on how the project was made, and services that others bring along change with time, so each is to be named.
 */
export function apiFaults({ scope, world }: CheckContext, apis: readonly string[]): Fault[] {
	return apis
		.filter((api) => !world.find([SERVICE], "service", api).some(({ account }) => account === scope.account))
		.map((api) => ({
			property: "",
			reason:
				`SERVICE_DISABLED: ${api} is not enabled in project ${scope.account}; ` +
				"enable it with gcp.projects.Service and let this resource depend on that",
		}));
}
