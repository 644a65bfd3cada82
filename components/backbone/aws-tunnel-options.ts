import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/**
 * What AWS takes of the far end, in both phases: AES-256 with SHA-2 and elliptic curves of 256 bits or more, none of the
 * older ones. Google Cloud and Azure offer the same. Sources: AWS Site-to-Site VPN user guide, "Tunnel options"; Google
 * Cloud VPN, "Supported IKE ciphers"; Microsoft Learn, "Virtual WAN IPsec policies"; read 2026-11-28.
 */
const proposals = {
	encryption: ["AES256", "AES256-GCM-16"],
	integrity: ["SHA2-256", "SHA2-384", "SHA2-512"],
	groups: [19, 20, 21],
};

type TunnelOptions = Partial<aws.ec2.VpnConnectionArgs>;

/** Options of a connection's two tunnels with their ranges inside: IKEv2 only, begun by AWS too, logged. */
export function tunnelOptions(
	[first, second]: readonly [string, string],
	logGroupArn: pulumi.Output<string>,
): TunnelOptions {
	const { encryption, groups, integrity } = proposals;
	const log = { cloudwatchLogOptions: { logEnabled: true, logGroupArn, logOutputFormat: "json" } };
	return {
		tunnel1InsideCidr: first,
		tunnel1IkeVersions: ["ikev2"],
		tunnel1Phase1EncryptionAlgorithms: encryption,
		tunnel1Phase1IntegrityAlgorithms: integrity,
		tunnel1Phase1DhGroupNumbers: groups,
		tunnel1Phase2EncryptionAlgorithms: encryption,
		tunnel1Phase2IntegrityAlgorithms: integrity,
		tunnel1Phase2DhGroupNumbers: groups,
		tunnel1StartupAction: "start",
		tunnel1DpdTimeoutAction: "restart",
		tunnel1LogOptions: log,
		tunnel2InsideCidr: second,
		tunnel2IkeVersions: ["ikev2"],
		tunnel2Phase1EncryptionAlgorithms: encryption,
		tunnel2Phase1IntegrityAlgorithms: integrity,
		tunnel2Phase1DhGroupNumbers: groups,
		tunnel2Phase2EncryptionAlgorithms: encryption,
		tunnel2Phase2IntegrityAlgorithms: integrity,
		tunnel2Phase2DhGroupNumbers: groups,
		tunnel2StartupAction: "start",
		tunnel2DpdTimeoutAction: "restart",
		tunnel2LogOptions: log,
	};
}
