import type * as pulumi from "@pulumi/pulumi";

/** The far end of an encrypted link, as the near end needs it: one redundant gateway with two public addresses. */
export interface LinkPeer {
	/** Its autonomous system number. */
	readonly asn: number;
	/** Public addresses of its two interfaces. */
	readonly addresses: readonly [pulumi.Output<string>, pulumi.Output<string>];
}

/** One tunnel of a link as AWS made it; the far end makes its own half of it. */
export interface LinkTunnel {
	/** Stable part of names: `a1`, `a2` end at the peer's first address, `b1`, `b2` at its second. */
	readonly key: "a1" | "a2" | "b1" | "b2";
	/** Which of the peer's two interfaces it ends at. */
	readonly interface: 0 | 1;
	/** AWS's public address of it. */
	readonly outside: pulumi.Output<string>;
	/** Secret. */
	readonly presharedKey: pulumi.Output<string>;
	/** The /30 inside it, as `169.254.30.0/30`; AWS has its first host address, the peer its second. */
	readonly insideCidr: string;
	/** AWS's address inside it. */
	readonly awsInside: string;
	/** The peer's address inside it. */
	readonly peerInside: string;
}

/** The near end of a link: AWS's four tunnels to one peer. */
export interface LinkEnd {
	readonly asn: number;
	/** Four tunnels, two to each of the peer's addresses. */
	readonly tunnels: readonly LinkTunnel[];
}
