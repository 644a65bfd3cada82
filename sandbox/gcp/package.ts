import { fromJsonText } from "../../lib/json-text";
import { isObject, type Properties } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { text } from "../check/inputs";
import { factsFor } from "../facts";
import type { Fault, Scope } from "../model";
import type { SandboxPackage } from "../package";
import { gkeClusters } from "./gke-control-plane";
import { labelsFaults } from "./labels";
import { PROJECT_ID, REGION, regionOfZone, scopeOfResource } from "./names";
import { gcpModels } from "./registry";

/** The emulated Google Cloud: a provider instance works in one project and, unless a resource says otherwise, one region. */
export const gcpPackage: SandboxPackage = {
	name: "gcp",
	version: factsFor("gcp").version,
	models: gcpModels,
	clusters: gkeClusters,
	scopeOf,
	scopeOfResource,
	configuredOutputs,
};

/** Without a project the real provider would take that of the machine's gcloud configuration, so it must be named. */
function scopeOf(config: Properties): { scope: Scope } | { faults: Fault[] } {
	const [account, region, zone] = [text(config, "project"), text(config, "region"), text(config, "zone")];
	const labels = fromJsonText(config.defaultLabels);
	const faults = [
		...labelsFaults(isObject(labels) ? labels : {}, "defaultLabels"),
		...faultsOf([
			{
				when: account === undefined || !PROJECT_ID.test(account),
				property: "project",
				reason: `must name a project by its id of 6 to 30 lower-case letters, digits and hyphens, but ${JSON.stringify(config.project)} was given`,
			},
			{
				when: region === undefined || !REGION.test(region),
				property: "region",
				reason: `must name a region such as us-central1, but ${JSON.stringify(config.region)} was given`,
			},
			{
				when: zone !== undefined && regionOfZone(zone) !== region,
				property: "zone",
				reason: `must be a zone of ${region}, but ${JSON.stringify(zone)} was given`,
			},
		]),
	];
	return faults.length > 0 || account === undefined || region === undefined
		? { faults }
		: { scope: { account, region } };
}

/** The provider's default labels under the resource's own, and the label that the provider adds by itself. */
function configuredOutputs(config: Properties, computed: Properties): Properties {
	const { effectiveLabels, pulumiLabels } = computed;
	if (!isObject(pulumiLabels) || !isObject(effectiveLabels)) {
		return {};
	}
	const parsed = fromJsonText(config.defaultLabels);
	const defaults = isObject(parsed) ? parsed : {};
	const attributed = fromJsonText(config.addPulumiAttributionLabel) !== false;
	return {
		pulumiLabels: { ...defaults, ...pulumiLabels },
		effectiveLabels: {
			...(attributed ? { "goog-pulumi-provisioned": "true" } : {}),
			...defaults,
			...effectiveLabels,
		},
	};
}
