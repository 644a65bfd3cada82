import { vmSize } from "../../../catalogue/azure/vm-sizes";
import type { ResourceGraph, ResourceNode } from "../../../lib/graph";
import { textAt } from "../../counting";
import type { LocalDisks } from "./pool";

const EXTENSION = "azure-native:kubernetesconfiguration:Extension";
const STORAGE_CLASS = "kubernetes:storage.k8s.io/v1:StorageClass";
/** Azure Container Storage from version 2 on stripes each volume over all disks of a node. */
const DRIVER = { extension: "microsoft.azurecontainerstoragev2", provisioner: "localdisk.csi.acstor.io" };

/** The local NVMe disks of a size, undefined where they are not known; AKS by itself leaves them raw and apart. */
export function azureLocalDisks(
	graph: ResourceGraph,
	{ cluster, size }: { readonly cluster: ResourceNode | undefined; readonly size: string },
): LocalDisks | undefined {
	const disks = vmSize(size)?.localNvme;
	const striped = cluster !== undefined && isStriped(graph, cluster);
	return disks && { ...disks, layout: striped ? "striped volumes" : undefined, striped };
}

/** True where the cluster has the driver, and a class by which pods ask for its volumes. */
function isStriped(graph: ResourceGraph, cluster: ResourceNode): boolean {
	const drivers = graph
		.ofType(EXTENSION)
		.filter(
			(node) =>
				textAt(node.inputs, "extensionType") === DRIVER.extension &&
				graph.sourcesOf(node, "clusterName").includes(cluster),
		);
	const classes = graph
		.ofType(STORAGE_CLASS)
		.filter((node) => textAt(node.inputs, "provisioner") === DRIVER.provisioner && node.cell === cluster.cell);
	return drivers.length > 0 && classes.length > 0;
}
