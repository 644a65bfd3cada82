import { join } from "node:path";
import { type ControlPlanePrograms, storeFolder } from "../toolchain/control-plane/find";
import type { ClustersOptions } from "./clusters/clusters";
import type { Inventory } from "./inventory/inventory";
import { sandboxPackages } from "./packages";
import { InventoryWorld } from "./world";

/** What the real clusters of an inventory work with, in the folder of their sandbox. */
export function clusterSettings(folder: string, inventory: Inventory, programs: ControlPlanePrograms): ClustersOptions {
	return {
		folder: join(folder, "clusters"),
		store: join(storeFolder(), "prepared"),
		kinds: [...sandboxPackages.values()].flatMap(({ clusters }) => clusters ?? []),
		programs,
		world: new InventoryWorld(inventory),
		objects: () => inventory.objects(),
	};
}
