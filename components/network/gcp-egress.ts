import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { gcpEgress } from "../../catalogue/gcp/egress";
import { type CellContext, physicalName } from "../cell-context";

export interface GcpEgressArgs {
	readonly context: CellContext;
	readonly networkId: pulumi.Output<string>;
	/** Ranges within the platform, Google's private endpoint with them. */
	readonly inside: readonly string[];
}

/** Domains that one rule takes; Cloud NGFW's limit is 100 (sandbox/gcp/quota.ts says how sure that is). */
const domainsPerRule = 100;

/** Priorities: lower ones are judged first. */
const priorities = { inside: 1_000, domains: 2_000, refuse: 65_000 } as const;

type Match = gcp.types.input.compute.NetworkFirewallPolicyRuleMatch;

/**
 * Lets nodes and pods out to the platform's own ranges and to listed domains on port 443, and to nothing else; what is
 * refused is written down. Source: Cloud NGFW Standard, "FQDN objects", read 2026-11-28.
 */
export class GcpEgress extends pulumi.ComponentResource {
	/** Nodes wait for this: before, the whole internet is open to them. */
	readonly ready: pulumi.Resource;
	private readonly policy: gcp.compute.NetworkFirewallPolicy;

	constructor(
		private readonly name: string,
		private readonly args: GcpEgressArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:network:GcpEgress", name, {}, opts);
		const { context, inside, networkId } = args;
		this.policy = new gcp.compute.NetworkFirewallPolicy(
			`${name}-policy`,
			{ name: physicalName(context, "egress", 63), description: "Where nodes and pods may connect to" },
			{ parent: this },
		);
		const rules = [
			this.addRule("inside", { destIpRanges: [...inside], layer4Configs: [{ ipProtocol: "all" }] }, "allow"),
			...this.allowDomains(),
			this.addRule("refuse", { destIpRanges: ["0.0.0.0/0"], layer4Configs: [{ ipProtocol: "all" }] }, "deny"),
		];
		this.ready = new gcp.compute.NetworkFirewallPolicyAssociation(
			`${name}-association`,
			{
				name: physicalName(context, "egress", 63),
				firewallPolicy: this.policy.id,
				attachmentTarget: networkId,
			},
			{ parent: this, dependsOn: rules },
		);
		this.registerOutputs({});
	}

	private allowDomains(): gcp.compute.NetworkFirewallPolicyRule[] {
		const domains = allowedDomains(this.args.context.spec.network.egress.domains);
		const parts = Math.ceil(domains.length / domainsPerRule);
		return Array.from({ length: parts }, (_, part) =>
			this.addRule(
				"domains",
				{
					destFqdns: domains.slice(part * domainsPerRule, (part + 1) * domainsPerRule),
					layer4Configs: [{ ipProtocol: "tcp", ports: ["443"] }],
				},
				"allow",
				part,
			),
		);
	}

	private addRule(
		role: keyof typeof priorities,
		match: Match,
		action: "allow" | "deny",
		part = 0,
	): gcp.compute.NetworkFirewallPolicyRule {
		return new gcp.compute.NetworkFirewallPolicyRule(
			`${this.name}-${role}${part === 0 ? "" : `-${part}`}`,
			{
				firewallPolicy: this.policy.name,
				priority: priorities[role] + part,
				direction: "EGRESS",
				action,
				match,
				enableLogging: action === "deny",
			},
			{ parent: this },
		);
	}
}

/** The domains that clusters cannot do without, and the specification's own, each once and sorted. */
export function allowedDomains(own: readonly string[]): string[] {
	return [...new Set([...gcpEgress.flatMap(({ domains }) => domains), ...own])].sort();
}
