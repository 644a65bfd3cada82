import { faultsOf } from "../check/fault-table";
import { isAbsent, isSet, text } from "../check/inputs";
import { isSelf } from "../check/model-check";
import type { CheckContext, Fault, SandboxObject, TypeModel, World } from "../model";
import { parseArmId } from "./arm-id";
import { defineAzure } from "./define";
import { ALL_TYPES, TYPE } from "./types";

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SUBSCRIPTION = /^\/subscriptions\/([0-9a-f-]{36})$/;
const GROUP = /^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[^/]+$/;
const DEFINITION =
	/^(\/subscriptions\/[0-9a-f-]{36})?\/providers\/Microsoft\.Authorization\/roleDefinitions\/([0-9a-f-]{36})$/;

/** A role for a principal at a scope, once. Its name is a GUID. */
export const roleAssignment: TypeModel = defineAzure({
	type: TYPE.roleAssignment,
	path: "{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}",
	naming: { pattern: GUID, allowed: "a GUID in lower case" },
	check: (context) => [...formFaults(context), ...principalFaults(context), ...twinFaults(context)],
	immutable: ["roleDefinitionId", "principalType"],
	defaults: { principalType: "User" },
	computed: ({ now }) => ({ createdOn: now, updatedOn: now }),
});

function formFaults({ inputs, world }: CheckContext): Fault[] {
	const scope = text(inputs, "scope");
	const definition = text(inputs, "roleDefinitionId");
	const gone = scope !== undefined && !exists(scope, world);
	return faultsOf([
		{
			when: gone,
			property: "scope",
			reason: `names nothing that exists: ${JSON.stringify(scope)}; give the id of a subscription, resource group or resource, exact in its casing`,
		},
		{
			when: definition !== undefined && !DEFINITION.test(definition),
			property: "roleDefinitionId",
			reason: `must be /subscriptions/<id>/providers/Microsoft.Authorization/roleDefinitions/<GUID>, but ${JSON.stringify(definition)} was given`,
		},
		{
			when: isSet(inputs, "condition") && isAbsent(inputs, "conditionVersion"),
			property: "conditionVersion",
			reason: 'is required where a condition is given: "2.0"; set it',
		},
	]);
}

/** True for scopes that exist or that the sandbox cannot know: management groups and types that it does not emulate. */
function exists(scope: string, world: World): boolean {
	if (
		scope === "/" ||
		SUBSCRIPTION.test(scope) ||
		scope.startsWith("/providers/Microsoft.Management/managementGroups/")
	) {
		return true;
	}
	const known = world.find(ALL_TYPES, "id", scope).length > 0;
	const isForeign = !GROUP.test(scope) && parseArmId(scope) !== undefined && !emulated(scope);
	return known || isForeign;
}

const EMULATED =
	/\/providers\/Microsoft\.(Network\/(virtualNetworks|natGateways|publicIPAddresses|networkSecurityGroups|privateEndpoints|privateDnsZones)|KeyVault\/vaults|Storage\/storageAccounts|ContainerService\/managedClusters|ManagedIdentity\/userAssignedIdentities|Compute\/(diskEncryptionSets|capacityReservationGroups)|ContainerRegistry\/registries|OperationalInsights\/workspaces)\//i;

function emulated(scope: string): boolean {
	const isBlobService = /\/storageAccounts\/[^/]+\/blobServices\/default$/.test(scope);
	return EMULATED.test(`${scope}/`) && !isBlobService;
}

/** Azure asks Entra for the principal, which does not know a new identity at once; the type says not to ask. */
function principalFaults({ inputs, world }: CheckContext): Fault[] {
	const principal = text(inputs, "principalId");
	const [identity] = principal === undefined ? [] : managed(principal, world);
	const given = text(inputs, "principalType") ?? "User";
	return faultsOf([
		{
			when: principal !== undefined && !GUID.test(principal),
			property: "principalId",
			reason: `must be the object id of a principal, a GUID, but ${JSON.stringify(principal)} was given`,
		},
		{
			when: identity !== undefined && given !== "ServicePrincipal",
			property: "principalType",
			reason: `must be "ServicePrincipal" for the managed identity ${identity?.id}, but ${JSON.stringify(given)} applies; set it`,
		},
		{
			when: principal !== undefined && world.find([TYPE.identity], "clientId", principal).length > 0,
			property: "principalId",
			reason: "is the client id of an identity; give its principalId",
		},
	]);
}

function managed(principal: string, world: World): SandboxObject[] {
	return [
		...world.find([TYPE.identity], "principalId", principal),
		...world.find(ALL_TYPES, "identity.principalId", principal),
		...world.find([TYPE.cluster], "identityProfile.kubeletidentity.objectId", principal),
	];
}

function twinFaults(context: CheckContext): Fault[] {
	const { inputs, world } = context;
	const same = ["scope", "roleDefinitionId"].every((path) => text(inputs, path) !== undefined);
	const twin = world
		.find([TYPE.roleAssignment], "principalId", text(inputs, "principalId") ?? "")
		.filter((other) => !isSelf(other, context) && other.urn !== context.self?.urn)
		.find(({ outputs }) => outputs.scope === inputs.scope && outputs.roleDefinitionId === inputs.roleDefinitionId);
	return faultsOf([
		{
			when: same && twin !== undefined,
			property: "roleDefinitionId",
			reason: `RoleAssignmentExists: the principal has the role at that scope by ${twin?.urn || twin?.id} already; keep one of them`,
		},
	]);
}
