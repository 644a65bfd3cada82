import type { CreateContext } from "./model";

/**
 * Base64 of a PEM frame with random bytes: the form of a certificate authority, nobody's certificate. For clusters that
 * are emulated only; real ones have an authority of their own.
 */
export function certificateForm({ hex }: Pick<CreateContext, "hex">): string {
	const body = Buffer.from(hex(1024), "hex")
		.toString("base64")
		.replaceAll(/(.{64})/g, "$1\n");
	return Buffer.from(`-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`).toString("base64");
}
