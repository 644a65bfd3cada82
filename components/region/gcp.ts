import type { GcpRegionSpec } from "../../spec/schema/gcp-region";
import { auditSink } from "../audit/gcp";
import { GcpCluster } from "../cluster/gcp";
import { gcpProvider } from "../gcp-provider";
import { GcpKeys } from "../keys/gcp";
import { GcpNetwork } from "../network/gcp";
import { GcpFabric } from "../network/gcp-fabric";
import { joinHub } from "../network/gcp-hub-spoke";
import { internalZone } from "../network/gcp-internal-zone";
import { GcpBucket } from "../storage/gcp";
import { addPools, type RegionParts, type RegionPartsArgs } from "./parts";

/** Google Cloud's part of a region. */
export function gcpRegionParts(name: string, args: RegionPartsArgs<GcpRegionSpec>): RegionParts {
	const { context, region, shared, parent } = args;
	if (shared.gcp === undefined) {
		throw new Error("a cell of gcp needs what the global cell made in the project");
	}
	const { auditBucket, hubId, ready: servicesReady } = shared.gcp;
	const child = { parent, provider: gcpProvider(name, context, parent) };
	const keys = new GcpKeys(
		`${name}-keys`,
		{ context, purposes: ["cluster", "disks", "storage"], servicesReady },
		child,
	);
	const network = new GcpNetwork(`${name}-network`, { context, region, servicesReady }, child);
	const { addressPlan } = network;
	const fabric = new GcpFabric(
		`${name}-fabric`,
		{ context, pools: region.gpuPools, addressPlan, servicesReady },
		child,
	);
	if (hubId !== undefined) {
		const hidden = [region.cluster.serviceAddresses];
		joinHub(`${name}-network`, { context, hubId, network, hidden }, child);
		internalZone(`${name}-network`, { context, networkId: network.networkId }, child);
	}
	const cluster = new GcpCluster(`${name}-cluster`, { context, region, network, fabric, keys, servicesReady }, child);
	const artifacts = new GcpBucket(
		`${name}-artifacts`,
		{ context, role: "artifacts", keyId: keys.keyFor("storage"), oldVersionDays: 30, servicesReady },
		child,
	);
	auditSink(
		`${name}-audit`,
		{ context, bucket: auditBucket, filter: cellFilter(context.region) },
		{ ...child, dependsOn: [...servicesReady] },
	);
	if (context.spec.layout === "cells") {
		auditSink(
			`${name}-flows`,
			{ context, role: "flows", bucket: auditBucket, filter: flowFilter(context.region) },
			{ ...child, dependsOn: [...servicesReady] },
		);
	}
	addPools(cluster, region);
	return { network, cluster, artifacts };
}

/** The audit logs of the region's clusters, reads too; locations are the region or one of its zones. */
function cellFilter(region: string): string {
	const logs = `(log_id("cloudaudit.googleapis.com/activity") OR log_id("cloudaudit.googleapis.com/data_access"))`;
	return `resource.type="k8s_cluster" AND resource.labels.location=~"^${region}(-[a-z])?$" AND ${logs}`;
}

/** The flow logs of the region's subnets; locations are the region or the zone that reports. */
function flowFilter(region: string): string {
	const log = 'log_id("compute.googleapis.com/vpc_flows")';
	return `resource.type="gce_subnetwork" AND resource.labels.location=~"^${region}(-[a-z])?$" AND ${log}`;
}
