import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import { fitName } from "../lib/names";
import { type CellContext, physicalName } from "./cell-context";

/** A resource group by what others use of it. */
export interface AzureGroup {
	readonly id: pulumi.Output<string>;
	readonly name: pulumi.Output<string>;
}

/** Where the resources of a cell stand in its subscription. */
export interface AzurePlace {
	readonly context: CellContext;
	readonly group: AzureGroup;
}

/** Makes the resource group of a role, in the cell's region. */
export function resourceGroup(
	name: string,
	{ context, role }: { readonly context: CellContext; readonly role: string },
	opts: pulumi.CustomResourceOptions,
): AzureGroup {
	const resourceGroupName = physicalName(context, role, 90);
	const group = new azure.resources.ResourceGroup(name, { resourceGroupName, location: context.region }, opts);
	return { id: group.id, name: knownName(group, resourceGroupName) };
}

/**
 * The name that we gave a resource, for what stands inside it: known in a preview, unlike the output of the same name,
 * so that the preview can check against it; and whatever takes it waits for the resource all the same.
 */
export function knownName(resource: pulumi.Resource, name: string): pulumi.Output<string> {
	return resource.urn.apply(() => name);
}

/** A role of Azure's own, by the GUID that it has in every tenant. Source: Microsoft Learn, "Azure built-in roles", 2026-11-21. */
export const builtInRoles = {
	keyUser: "e147488a-f6f5-4113-8e2d-b22465e65bf6",
	networkContributor: "4d97b98b-1d4f-4787-a291-c67834d212e7",
	reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
	blobReader: "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
	blobContributor: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
	clusterUser: "4abbcc35-e782-43d8-92c5-2d3f1bd2253f",
} as const;

export type BuiltInRole = keyof typeof builtInRoles;

/** The id of a built-in role as assignments name it. */
export function roleDefinition({ account }: CellContext, role: BuiltInRole): string {
	return `/subscriptions/${account}/providers/Microsoft.Authorization/roleDefinitions/${builtInRoles[role]}`;
}

/** A name of lower-case letters and digits alone, 3 to 24, unique among all subscriptions by the hash of its own. */
export function accountName(context: CellContext, role: string): string {
	const { organization, environment } = context.spec;
	const whole = [organization.name, environment, context.cell, role, context.account].join("-");
	return fitName(whole, 24).replace(/-/g, "");
}

/** The reference to another resource, as Azure's nested objects take it. */
export function reference(resource: pulumi.CustomResource): { id: pulumi.Output<string> } {
	return { id: resource.id };
}
