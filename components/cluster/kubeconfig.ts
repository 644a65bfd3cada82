import { unreachable } from "../../lib/errors";

/** What a kubeconfig is made of. */
export interface ClusterAddress {
	readonly name: string;
	readonly endpoint: string;
	/** Base64 of the PEM certificate. */
	readonly certificateAuthority: string;
}

/** How a client proves who it is. */
export type ClientAuth =
	| {
			readonly kind: "exec";
			/** Version of the protocol that the command speaks. */
			readonly protocol: "v1" | "v1beta1";
			readonly command: string;
			readonly args: readonly string[];
			/** True where the command asks for the cluster's address. */
			readonly provideClusterInfo?: boolean;
	  }
	/** The sandbox's client certificate: file names that only the sandbox resolves, in its own folder. */
	| { readonly kind: "sandbox-certificate" };

/** A kubeconfig with one context, as JSON text; it holds no secret. */
export function kubeconfig(address: ClusterAddress, auth: ClientAuth): string {
	const { name } = address;
	return JSON.stringify({
		apiVersion: "v1",
		kind: "Config",
		clusters: [
			{ name, cluster: { server: address.endpoint, "certificate-authority-data": address.certificateAuthority } },
		],
		contexts: [{ name, context: { cluster: name, user: name } }],
		"current-context": name,
		users: [{ name, user: user(name, auth) }],
	});
}

function user(name: string, auth: ClientAuth): object {
	switch (auth.kind) {
		case "exec":
			return {
				exec: {
					apiVersion: `client.authentication.k8s.io/${auth.protocol}`,
					command: auth.command,
					args: auth.args,
					interactiveMode: "Never",
					...(auth.provideClusterInfo ? { provideClusterInfo: true } : {}),
				},
			};
		case "sandbox-certificate":
			return { "client-certificate": `clusters/${name}/admin.crt`, "client-key": `clusters/${name}/admin.key` };
		default:
			return unreachable(auth);
	}
}
