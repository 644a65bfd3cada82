import { z } from "zod";
import { ipv4Range, text } from "../fields";

/** What joins the regions to each other and to the internet. */
export const networkSettings = z
	.strictObject({
		/** Joins all regions: transit gateways, a hub of Google Cloud, a virtual WAN, and encrypted links between the clouds. */
		backbone: z.boolean().default(false),
		/** Addresses of every region and hub together: what is routed over the backbone. */
		supernet: ipv4Range().default("10.0.0.0/8"),
		/** Addresses of the hubs' own networks, a /16: Google Cloud's routing network, and a /24 for each hub of Azure. */
		hubAddresses: ipv4Range().default("10.254.0.0/16"),
		egress: z
			.strictObject({
				/** `allow-list`: nodes and pods reach listed domains only; `open`: the whole internet through NAT. */
				control: z.enum(["open", "allow-list"]).default("open"),
				/** Domains beside those that clusters cannot do without (catalogue/egress.ts), as `example.com` or `.example.com`. */
				domains: z
					.array(
						text(
							/^\.?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
							"a domain such as example.com, or .example.com for every name under it",
						),
					)
					.default([]),
			})
			.prefault({}),
	})
	.prefault({});
