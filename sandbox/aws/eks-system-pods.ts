import { addonParts } from "../../catalogue/aws/addon-pods";
import type { Placeholder } from "../clusters/placeholders";
import { systemPlaceholder } from "../clusters/system-pods";
import type { SandboxObject, World } from "../model";
import { addonNames } from "./eks-addons";

/** What the add-ons of an EKS cluster run in it; nothing for add-ons that the catalogue does not have. */
export function eksSystemPods(cluster: SandboxObject, world: World): Placeholder[] {
	return addonNames(cluster, world).flatMap((addon) =>
		addonParts(addon).map((part) => systemPlaceholder(part, { standsFor: `EKS add-on ${addon}` })),
	);
}
