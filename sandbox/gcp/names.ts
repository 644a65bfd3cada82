import { isUnknown, type Properties, type Value } from "../../lib/values";
import type { NameRule, Scope } from "../model";

const COMPUTE = "https://www.googleapis.com/compute/v1/";

/** A project's id: 6 to 30 of lower-case letters, digits and hyphens. Source: Resource Manager API, unverified. */
export const PROJECT_ID = /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/;

/** A region's name such as `us-central1`. */
export const REGION = /^[a-z]+-[a-z]+\d+$/;

const ZONE = /^([a-z]+-[a-z]+\d+)-[a-z]$/;

/** The id of an object that belongs to the whole project: `projects/P/global/networks/N`. */
export function globalId(scope: Scope, kind: string, name: string): string {
	return `projects/${scope.account}/global/${kind}/${name}`;
}

/** The id of an object in a region: `projects/P/regions/R/subnetworks/N`. */
export function regionalId(scope: Scope, kind: string, name: string): string {
	return `projects/${scope.account}/regions/${scope.region}/${kind}/${name}`;
}

/** The id of an object in a zone: `projects/P/zones/Z/reservations/N`. */
export function zonalId(scope: Scope, zone: string, kind: string, name: string): string {
	return `projects/${scope.account}/zones/${zone}/${kind}/${name}`;
}

/** The id of an object in a location (region, zone, multi-region or `global`): `projects/P/locations/L/clusters/N`. */
export function locationId(scope: Scope, location: string, kind: string, name: string): string {
	return `projects/${scope.account}/locations/${location}/${kind}/${name}`;
}

/** The address of a Compute Engine object in the API. */
export function computeLink(id: string): string {
	return COMPUTE + id;
}

/** The last step of an id, a link or a plain name. */
export function lastStep(name: string): string {
	return name.slice(name.lastIndexOf("/") + 1);
}

/** The region of a zone; undefined where the text is no zone's name. */
export function regionOfZone(zone: string): string | undefined {
	return ZONE.exec(zone)?.[1];
}

/** The region of a region's or zone's name; other locations (`us`, `nam4`, `global`) stand for themselves. */
function regionOfLocation(location: string): string {
	const small = location.toLowerCase();
	return regionOfZone(small) ?? small;
}

/** Project and location that a parent's id names: `projects/P/locations/L/...`. */
export function placeOf(parent: Value | undefined): Scope | undefined {
	const text = typeof parent === "string" && !isUnknown(parent) ? parent : "";
	const [, account, region] = /^projects\/([^/]+)\/locations\/([^/]+)\//.exec(text) ?? [];
	return account === undefined || region === undefined ? undefined : { account, region: regionOfLocation(region) };
}

/** Where an object lives: its own project and place, else those of the parent that it names, else the provider's. */
export function scopeOfResource(inputs: Properties, scope: Scope): Scope {
	const parents = [inputs.keyRing, inputs.cryptoKeyId, inputs.cluster, inputs.repository];
	const parent = parents.map(placeOf).find((place) => place !== undefined);
	const place = [inputs.region, inputs.location, inputs.zone].find((value) => known(value) !== undefined);
	const location = known(place);
	return {
		account: known(inputs.project) ?? parent?.account ?? accountOfService(inputs.serviceAccountId) ?? scope.account,
		region: location === undefined ? (parent?.region ?? scope.region) : regionOfLocation(location),
	};
}

/** `projects/P/serviceAccounts/E`: a grant on a service account belongs to the account's project. */
function accountOfService(id: Value | undefined): string | undefined {
	return /^projects\/([^/]+)\/serviceAccounts\//.exec(known(id) ?? "")?.[1];
}

function known(value: Value | undefined): string | undefined {
	return typeof value === "string" && !isUnknown(value) ? value : undefined;
}

/**
 * The rule for names of RFC 1035 in Compute Engine and GKE: 1 to `max` of lower-case letters, digits and hyphens.
 * The provider does not cut its own names (`<logical>-<7 hex>`), so a long logical name fails here.
 */
export function rfc1035(unique: NameRule["unique"], max = 63): NameRule {
	return {
		path: "name",
		pattern: new RegExp(`^[a-z]([a-z0-9-]{0,${max - 2}}[a-z0-9])?$`),
		allowed: `1 to ${max} of lower-case letters, digits and hyphens, beginning with a letter, not ending with a hyphen`,
		unique,
		autoNameLength: 255,
	};
}
