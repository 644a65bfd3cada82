import { isDeepStrictEqual } from "node:util";
import { isObject, type Properties } from "../../lib/values";
import type { PropertyChange } from "../diff";
import type { SandboxPackage } from "../package";

/** What a provider's configuration adds to computed outputs, such as default tags or labels. */
export function configuredOutputs(pack: SandboxPackage, config: Properties, computed: Properties): Properties {
	return pack.configuredOutputs?.(config, computed) ?? {};
}

/** Outputs that a provider's configuration alone changes: new default tags or labels reach every resource. */
export function configuredChanges(
	pack: SandboxPackage,
	config: Properties,
	{ news, outputs }: { readonly news: Properties; readonly outputs: Properties },
): PropertyChange[] {
	const { tags = {}, labels = {}, resourceLabels = labels } = news;
	const own = { tagsAll: tags, pulumiLabels: resourceLabels, effectiveLabels: resourceLabels };
	return Object.entries(configuredOutputs(pack, config, own))
		.filter(([key, now]) => isObject(outputs[key]) && isObject(now) && !isDeepStrictEqual(outputs[key], now))
		.map(([path]) => ({ path, kind: "update", replaces: false }));
}
