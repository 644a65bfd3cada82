import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type CellContext, physicalName } from "../cell-context";
import type { Keys } from "../keys/keys";
import { retentionDays } from "../logs-retention";
import { dropWithoutDomain, passListed, policyOf } from "./aws-firewall-rules";

export interface AwsFirewallArgs {
	readonly context: CellContext;
	readonly keys: Keys;
	readonly vpcId: pulumi.Output<string>;
	/** The network's addresses: whose traffic is judged. */
	readonly addresses: string;
	/** A subnet of its own in each zone. */
	readonly subnets: readonly aws.ec2.Subnet[];
	/** Domains that may be reached, as `example.com` or `.example.com`. */
	readonly domains: readonly string[];
}

/** A firewall with an endpoint in each zone that lets listed domains through and drops everything else. */
export class AwsFirewall extends pulumi.ComponentResource {
	private readonly firewall: aws.networkfirewall.Firewall;
	private readonly encryption: aws.types.input.networkfirewall.FirewallEncryptionConfiguration;

	constructor(
		private readonly name: string,
		private readonly args: AwsFirewallArgs,
		opts: pulumi.ComponentResourceOptions,
	) {
		super("meridian:network:AwsFirewall", name, {}, opts);
		this.encryption = { type: "CUSTOMER_KMS", keyId: args.keys.keyFor("cluster") };
		this.firewall = this.createFirewall(this.createPolicy());
		this.createLog();
		this.registerOutputs({ arn: this.firewall.arn });
	}

	/** The endpoint in a zone; AWS tells it once the firewall is made. */
	endpointIn(zone: string): pulumi.Output<string> {
		return this.firewall.firewallStatuses.apply((statuses) => {
			const states = statuses.flatMap(({ syncStates }) => syncStates);
			const endpoint = states.find((state) => state.availabilityZone === zone)?.attachments[0]?.endpointId;
			if (endpoint === undefined) {
				throw new Error(`the firewall ${this.name} has no endpoint in ${zone}`);
			}
			return endpoint;
		});
	}

	private createPolicy(): aws.networkfirewall.FirewallPolicy {
		const { addresses, context, domains } = this.args;
		const groups = [passListed(domains, addresses), dropWithoutDomain].map(
			({ key, ...rules }) =>
				new aws.networkfirewall.RuleGroup(
					`${this.name}-${key}`,
					{
						name: physicalName(context, key, 128),
						type: "STATEFUL",
						encryptionConfiguration: this.encryption,
						...rules,
					},
					{ parent: this },
				),
		);
		return new aws.networkfirewall.FirewallPolicy(
			`${this.name}-policy`,
			{
				name: physicalName(context, "egress", 128),
				firewallPolicy: policyOf(groups.map(({ arn }) => arn)),
				encryptionConfiguration: this.encryption,
			},
			{ parent: this },
		);
	}

	private createFirewall(policy: aws.networkfirewall.FirewallPolicy): aws.networkfirewall.Firewall {
		const { context, subnets, vpcId } = this.args;
		const { relaxed } = context.spec.protection;
		return new aws.networkfirewall.Firewall(
			`${this.name}-firewall`,
			{
				name: physicalName(context, "egress", 128),
				firewallPolicyArn: policy.arn,
				vpcId,
				subnetMappings: subnets.map(({ id }) => ({ subnetId: id })),
				deleteProtection: !relaxed,
				subnetChangeProtection: false,
				encryptionConfiguration: this.encryption,
			},
			{ parent: this, protect: !relaxed },
		);
	}

	private createLog(): void {
		const { context, keys } = this.args;
		const group = new aws.cloudwatch.LogGroup(
			`${this.name}-log`,
			{
				// AWS lets its log delivery write to groups of this prefix.
				name: `/aws/vendedlogs/meridian/${context.spec.environment}/${context.cell}/egress`,
				retentionInDays: retentionDays(context),
				kmsKeyId: keys.keyFor("logs"),
			},
			{ parent: this },
		);
		new aws.networkfirewall.LoggingConfiguration(
			`${this.name}-logging`,
			{
				firewallArn: this.firewall.arn,
				loggingConfiguration: {
					logDestinationConfigs: ["ALERT", "FLOW"].map((logType) => ({
						logType,
						logDestinationType: "CloudWatchLogs",
						logDestination: { logGroup: group.name },
					})),
				},
			},
			{ parent: this },
		);
	}
}
