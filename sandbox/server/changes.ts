import { unwrapAll } from "../../lib/secret-marker";
import type { Properties } from "../../lib/values";
import { diffProperties } from "../diff";
import { factsFor } from "../facts";
import type { TypeModel } from "../model";
import type { SandboxPackage } from "../package";
import type { Change, Difference } from "./calls";
import { configuredChanges } from "./configured-outputs";

/** What a change of a resource's inputs, or of its provider's configuration, means. `ignored` are paths that do not count. */
export function changesOf(
	{ pack, config, model }: { readonly pack: SandboxPackage; readonly config: Properties; readonly model: TypeModel },
	{ olds, news, outputs }: Change,
	ignored: readonly string[],
): Difference {
	const replaceOn = factsFor(pack.name).resources[model.type]?.replaceOn ?? [];
	const own = diffProperties(unwrapAll(olds), unwrapAll(news), replaceOn);
	const all =
		own.length > 0 ? own : configuredChanges(pack, config, { news: unwrapAll(news), outputs: unwrapAll(outputs) });
	const changes = all.filter(
		(change) => !ignored.some((path) => change.path === path || change.path.startsWith(`${path}.`)),
	);
	const { name } = model;
	const keepsName =
		name !== undefined && name.unique !== "none" && !changes.some((change) => change.path === name.path);
	const paths = changes.map(({ path }) => path);
	return { changes, deleteBeforeReplace: model.deletesFirst?.(unwrapAll(news), paths) ?? keepsName };
}
