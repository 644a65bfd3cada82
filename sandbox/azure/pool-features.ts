import { vmSize } from "../../catalogue/azure/vm-sizes";
import type { Properties } from "../../lib/values";
import { faultsOf } from "../check/fault-table";
import { flag, number, text } from "../check/inputs";
import type { CheckContext, Fault } from "../model";
import { needsFeature } from "./feature";

/** Nodes of one placement group, beyond which InfiniBand does not reach. Source: Azure/aks-rdma-infiniband, read 2026-11-21. */
const PLACEMENT_GROUP = 100;

/** Features of the subscription that a pool needs, and the size to which one fabric goes. */
export function featureFaults(pool: Properties, under: string, context: CheckContext): Fault[] {
	const size = text(pool, "vmSize");
	const fabric = size !== undefined && (vmSize(size)?.infinibandAdapters ?? 0) > 0;
	const most = Math.max(number(pool, "count") ?? 0, number(pool, "maxCount") ?? 0);
	return faultsOf([
		needsFeature(context, {
			when: flag(pool, "enableEncryptionAtHost") === true,
			property: `${under}enableEncryptionAtHost`,
			namespace: "Microsoft.Compute",
			feature: "EncryptionAtHost",
		}),
		needsFeature(context, {
			when: fabric,
			property: `${under}vmSize`,
			namespace: "Microsoft.ContainerService",
			feature: "AKSInfinibandSupport",
		}),
		{
			when: fabric && most > PLACEMENT_GROUP,
			property: `${under}count`,
			reason: `must be at most ${PLACEMENT_GROUP} nodes, as far as one InfiniBand fabric reaches, but ${most} was given; make two pools`,
		},
	]);
}
