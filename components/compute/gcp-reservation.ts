import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import type { MachineType } from "../../catalogue/gcp/machine-types";
import type { GcpGpuPoolSpec } from "../../spec/schema/gcp-region";
import { type CellContext, physicalName } from "../cell-context";

/** Reserves the machines that a pool starts with, for whoever names the reservation. */
export function reserve(
	name: string,
	args: { readonly context: CellContext; readonly pool: GcpGpuPoolSpec; readonly type: MachineType },
	opts: pulumi.CustomResourceOptions,
): gcp.compute.Reservation {
	const { context, pool, type } = args;
	return new gcp.compute.Reservation(
		`${name}-reservation`,
		{
			name: physicalName(context, pool.name, 63),
			zone: pool.zone,
			specificReservationRequired: true,
			specificReservation: {
				count: pool.nodes,
				instanceProperties: {
					machineType: pool.instanceType,
					localSsds: Array.from({ length: type.localSsds }, () => ({ diskSizeGb: 375, interface: "NVME" })),
				},
			},
		},
		{ ...opts, protect: !context.spec.protection.relaxed },
	);
}
