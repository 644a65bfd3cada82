import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { enabledRegions } from "../../spec/cells";
import type { Spec } from "../../spec/schema";
import { GcpAudit } from "../audit/gcp";
import { GcpBackbone } from "../backbone/gcp";
import type { CellContext } from "../cell-context";
import { gcpProvider } from "../gcp-provider";
import { GcpKeys } from "../keys/gcp";

/** Google's services that the platform uses; each must be switched on in a project before anything of it is made. */
const services = [
	"artifactregistry",
	"binaryauthorization",
	"cloudkms",
	"cloudresourcemanager",
	"compute",
	"container",
	"containersecurity",
	"dns",
	"iam",
	"iamcredentials",
	"logging",
	"monitoring",
	"servicedirectory",
	"storage",
] as const;

/** Services that only some specifications need: what opens and closes windows, and the hub. */
function furtherServices({ regions, network }: Spec): string[] {
	const pools = regions.flatMap((region) => (region.cloud === "gcp" && region.enabled ? region.gpuPools : []));
	return [
		...(pools.some(({ capacity }) => capacity.kind === "calendar") ? ["cloudscheduler"] : []),
		...(network.backbone ? ["networkconnectivity"] : []),
	];
}

/** What a project has once for all its cells: the services that are on, who may find clusters, the audit store. */
export class GcpShared extends pulumi.ComponentResource {
	readonly auditBucket: pulumi.Output<string>;
	/** The project's part of the backbone; undefined without one. */
	readonly backbone?: GcpBackbone;
	readonly hubId?: pulumi.Output<string>;
	/** Resources of the project wait for these. */
	readonly ready: readonly pulumi.Resource[];

	constructor(name: string, context: CellContext, opts: pulumi.ComponentResourceOptions) {
		super("meridian:global:GcpShared", name, {}, opts);
		const child = { parent: this, provider: gcpProvider(name, context, this) };
		this.ready = [...services, ...furtherServices(context.spec)].map(
			(service) =>
				new gcp.projects.Service(
					`${name}-${service}`,
					// Whoever else works in the project keeps the services when this platform goes.
					{ service: `${service}.googleapis.com`, disableOnDestroy: false },
					child,
				),
		);
		for (const member of administratorsOf(context)) {
			new gcp.projects.IAMMember(
				`${name}-finds-clusters-${member}`,
				{ project: context.account, role: "roles/container.clusterViewer", member },
				{ ...child, dependsOn: [...this.ready] },
			);
		}
		const servicesReady = this.ready;
		const keys = new GcpKeys(`${name}-keys`, { context, purposes: ["audit"], servicesReady }, child);
		const audit = new GcpAudit(`${name}-audit`, { context, keys, servicesReady }, child);
		this.auditBucket = audit.bucket;
		if (context.spec.network.backbone) {
			this.backbone = new GcpBackbone(`${name}-backbone`, { context, servicesReady }, child);
			this.hubId = this.backbone.hubId;
		}
		this.registerOutputs({ auditBucket: this.auditBucket });
	}
}

/** Everybody who administers a cluster of the project, once; what they may do in it is the cluster's own matter. */
function administratorsOf({ spec }: CellContext): string[] {
	const regions = enabledRegions(spec).flatMap((region) => (region.cloud === "gcp" ? [region] : []));
	return [...new Set(regions.flatMap((region) => region.cluster.administrators))].sort();
}
