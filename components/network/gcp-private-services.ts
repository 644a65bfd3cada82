import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { fitName } from "../../lib/names";
import { type CellContext, physicalName } from "../cell-context";

export interface GcpPrivateServicesArgs {
	readonly context: CellContext;
	readonly networkId: pulumi.Output<string>;
	/** Address of the endpoint, outside every subnet. */
	readonly address: string;
}

/** Domains that Google's services answer under: their interfaces, and the two of its image registries. */
const domains = { apis: "googleapis.com.", containers: "gcr.io.", packages: "pkg.dev." } as const;

/** A Private Service Connect endpoint for Google's own services, and the private DNS that leads to it. */
export class GcpPrivateServices extends pulumi.ComponentResource {
	readonly ready: readonly pulumi.Resource[];

	constructor(
		private readonly name: string,
		private readonly args: GcpPrivateServicesArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:network:GcpPrivateServices", name, {}, opts);
		const { context, networkId } = args;
		const address = new gcp.compute.GlobalAddress(
			`${name}-address`,
			{
				name: physicalName(context, "services", 63),
				purpose: "PRIVATE_SERVICE_CONNECT",
				addressType: "INTERNAL",
				address: args.address,
				network: networkId,
			},
			{ parent: this },
		);
		const endpoint = new gcp.compute.GlobalForwardingRule(
			`${name}-endpoint`,
			{
				name: endpointName(context),
				target: "all-apis",
				network: networkId,
				ipAddress: address.id,
				// The empty text marks an endpoint for Google's services; every other value is a balancer's.
				loadBalancingScheme: "",
			},
			{ parent: this },
		);
		const records = Object.entries(domains).flatMap(([key, domain]) => this.resolve(key, domain, endpoint));
		this.ready = [endpoint, ...records];
		this.registerOutputs({});
	}

	/** The domain itself leads to the endpoint, and every name under it to the domain. */
	private resolve(key: string, dnsName: string, endpoint: pulumi.Resource): gcp.dns.RecordSet[] {
		const { address, context, networkId } = this.args;
		const zone = new gcp.dns.ManagedZone(
			`${this.name}-${key}`,
			{
				name: physicalName(context, key, 63),
				dnsName,
				description: `${dnsName} on the private endpoint`,
				visibility: "private",
				privateVisibilityConfig: { networks: [{ networkUrl: networkId }] },
			},
			{ parent: this },
		);
		const record = (role: string, name: string, type: string, value: string): gcp.dns.RecordSet =>
			new gcp.dns.RecordSet(
				`${this.name}-${key}-${role}`,
				{ managedZone: zone.name, name, type, ttl: 300, rrdatas: [value] },
				// A name that leads to an endpoint which is not there cuts everybody off.
				{ parent: this, dependsOn: [endpoint] },
			);
		return [record("apex", dnsName, "A", address), record("names", `*.${dnsName}`, "CNAME", dnsName)];
	}
}

/** Endpoints for Google's services take 1 to 20 lower-case letters and digits. Source: Compute API, forwardingRules.name. */
function endpointName({ cell, spec }: CellContext): string {
	const plain = `${spec.environment}${cell}`.replace(/[^a-z0-9]/g, "");
	return fitName(plain, 20).replace(/-/g, "");
}
