import { z } from "zod";
import { ipv4Range, slug, uuid } from "../fields";
import { clusterFields, gpuPoolFields, regionFields, servingFields, systemPoolFields } from "./region-fields";

/**
 * What a GPU pool's nodes are drawn from on Azure: quota alone. Reservations do not exist for the ND sizes. Source:
 * Microsoft Learn, "On-demand capacity reservation", limitations, read 2026-11-21.
 */
const capacity = z.discriminatedUnion("kind", [
	/** On demand, in one scale set. */
	z.strictObject({ kind: z.literal("on-demand") }),
]);

const driver = z.enum(["operator", "managed"]).default("operator");

/** A region on Azure. */
export const azureRegion = z.strictObject({
	cloud: z.literal("azure"),
	...regionFields,
	cluster: z
		.strictObject({
			...clusterFields,
			/** Addresses of pods, an overlay outside the network: a /24 for each node, so a /14 has room for 1,024 nodes. */
			podAddresses: ipv4Range().default("10.244.0.0/14"),
			/**
			 * Local NVMe disks of nodes: `raw` as AKS leaves them, or `striped` volumes of Azure Container Storage for pods,
			 * for which the subscription must be registered with Microsoft.KubernetesConfiguration.
			 */
			localDisks: z.enum(["raw", "striped"]).default("raw"),
			/** Object ids of the Entra groups that administer the cluster. */
			administrators: z.array(uuid("the object id of an Entra group")).default([]),
		})
		.prefault({}),
	systemPool: z
		.strictObject({ instanceType: z.string().default("Standard_D8ds_v5"), ...systemPoolFields })
		.prefault({}),
	gpuPools: z
		.array(
			z.strictObject({
				...gpuPoolFields,
				/** A pool's name becomes its scale set's: 1 to 12 of a-z and 0-9. */
				name: slug(12).regex(/^[a-z0-9]*$/, "must be 1 to 12 of a-z and 0-9, beginning with a letter"),
				driver,
				capacity,
			}),
		)
		.default([]),
	/** The pools of the inference modules in this region, one a module. */
	serving: z.strictObject({ ...servingFields, driver, capacity }).optional(),
});

export type AzureRegionSpec = z.output<typeof azureRegion>;
export type AzureGpuPoolSpec = AzureRegionSpec["gpuPools"][number];
