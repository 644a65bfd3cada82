import { readFileSync } from "node:fs";
import { type ClientName, clients, type Layout } from "./layout";

/** What a kubeconfig is made from. */
interface KubeconfigOptions {
	readonly cluster: string;
	readonly client: ClientName;
	/** The API server's port. */
	readonly port: number;
}

/** A kubeconfig of one context as JSON, which is YAML too; it names certificate files and holds no secret. */
export function kubeconfigText(layout: Layout, options: KubeconfigOptions): string {
	const { client } = options;
	return text(options, {
		authority: { "certificate-authority": layout.authority },
		credentials: { "client-certificate": layout.certificate(client), "client-key": layout.key(client) },
	});
}

/** The administrator's kubeconfig of a control plane that runs, with its certificate and key in it: good anywhere here. */
export function portableKubeconfig(layout: Layout, cluster: string, port: number): string {
	const base64 = (file: string): string => readFileSync(file).toString("base64");
	return text(
		{ cluster, client: "admin", port },
		{
			authority: { "certificate-authority-data": base64(layout.authority) },
			credentials: {
				"client-certificate-data": base64(layout.certificate("admin")),
				"client-key-data": base64(layout.key("admin")),
			},
		},
	);
}

function text(
	{ cluster, client, port }: KubeconfigOptions,
	{ authority, credentials }: { readonly authority: object; readonly credentials: object },
): string {
	const { user } = clients[client];
	const document = {
		apiVersion: "v1",
		kind: "Config",
		clusters: [{ name: cluster, cluster: { server: `https://127.0.0.1:${port}`, ...authority } }],
		contexts: [{ name: cluster, context: { cluster, user } }],
		"current-context": cluster,
		users: [{ name: user, user: credentials }],
	};
	return `${JSON.stringify(document, null, 2)}\n`;
}
