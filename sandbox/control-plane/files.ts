import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { writeAtomic } from "../../lib/files";
import { CertificateAuthority, type KeyAndCertificate } from "./certificates";
import { kubeconfigText } from "./kubeconfig";
import { type ClientName, clients, type Layout } from "./layout";
import { stages } from "./stages";

/** Names and addresses under which the API server and etcd are reached. */
const serverNames = ["127.0.0.1", "localhost", "kubernetes", "kubernetes.default.svc"];

/** Makes the keys and certificates of a control plane, once; they stay while its cluster lives. */
export async function ensureKeys(layout: Layout, cluster: string): Promise<void> {
	// The authority's certificate is written last: where it is there, so is everything else.
	if (existsSync(layout.authority)) {
		return;
	}
	const authority = await CertificateAuthority.create(cluster);
	const server = await authority.issue({ kind: "server", name: "kube-apiserver", addresses: serverNames });
	writePair(layout.server, layout.serverKey, server);
	for (const [name, { user, groups }] of Object.entries(clients)) {
		const client = clientName(name);
		writePair(layout.certificate(client), layout.key(client), await authority.issue({ kind: "client", user, groups }));
	}
	const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
	writeAtomic(layout.tokenKey, privateKey.export({ type: "sec1", format: "pem" }).toString());
	writeAtomic(layout.encryption, `${JSON.stringify(encryption(randomBytes(32)), null, 2)}\n`);
	writePair(layout.authority, layout.authorityKey, authority.pair);
}

/** Secrets are written to etcd encrypted; `identity` reads what was written before. */
function encryption(key: Buffer): object {
	return {
		apiVersion: "apiserver.config.k8s.io/v1",
		kind: "EncryptionConfiguration",
		resources: [
			{
				resources: ["secrets"],
				providers: [{ secretbox: { keys: [{ name: "sandbox", secret: key.toString("base64") }] } }, { identity: {} }],
			},
		],
	};
}

function clientName(text: string): ClientName {
	const name = clientNames.find((each) => each === text);
	if (name === undefined) {
		throw new Error(`${text} is no client of a control plane`);
	}
	return name;
}

const clientNames: readonly ClientName[] = ["admin", "sandbox", "kube-controller-manager", "kube-scheduler", "kwok"];

function writePair(certificateFile: string, keyFile: string, { key, certificate }: KeyAndCertificate): void {
	writeAtomic(keyFile, key);
	writeAtomic(certificateFile, certificate);
}

/** Writes what names the API server's port, which each start chooses anew. */
export function writeKubeconfigs(layout: Layout, cluster: string, port: number): void {
	for (const client of clientNames) {
		writeAtomic(layout.kubeconfig(client), kubeconfigText(layout, { cluster, client, port }));
	}
}

/** Writes the settings that programs read from files. */
export function writeSettings(layout: Layout): void {
	writeAtomic(layout.auditPolicy, `${JSON.stringify(auditPolicy, null, 2)}\n`);
	writeAtomic(layout.stages, stages);
}

/** The programs of the control plane itself: what they do all the time says nothing of its use. */
const programUsers = ["system:apiserver", "system:kube-controller-manager", "system:kube-scheduler", "meridian:kwok"];

/** Who did what to which object, without its content: Secrets never reach the log. Reads of the system are left out. */
const auditPolicy = {
	apiVersion: "audit.k8s.io/v1",
	kind: "Policy",
	omitStages: ["RequestReceived"],
	rules: [
		{ level: "None", users: ["meridian:sandbox"], verbs: ["get", "list", "watch"] },
		{ level: "None", users: programUsers },
		{ level: "None", userGroups: ["system:nodes", "system:serviceaccounts:kube-system"] },
		{ level: "None", nonResourceURLs: ["/readyz*", "/livez*", "/healthz*", "/version", "/openapi/*"] },
		{ level: "Metadata" },
	],
};
