import { join } from "node:path";
import type { ProgramName } from "../../toolchain/control-plane/programs";

/** Clients of the API server, each with a certificate and a kubeconfig of its own. */
export const clients = {
	/** People, with kubectl. */
	admin: { user: "meridian:admin", groups: ["system:masters"] },
	/** The sandbox itself, in the place of the provider and of the cloud's own controllers. */
	sandbox: { user: "meridian:sandbox", groups: ["system:masters"] },
	"kube-controller-manager": { user: "system:kube-controller-manager", groups: [] },
	"kube-scheduler": { user: "system:kube-scheduler", groups: [] },
	kwok: { user: "meridian:kwok", groups: ["system:masters"] },
} as const;

export type ClientName = keyof typeof clients;

/** Where a control plane keeps its files; everything is below one folder, which goes with the cluster. */
export interface Layout {
	readonly folder: string;
	/** etcd's data. */
	readonly data: string;
	readonly authority: string;
	readonly authorityKey: string;
	readonly server: string;
	readonly serverKey: string;
	/** Key that signs the tokens of service accounts. */
	readonly tokenKey: string;
	/** How Secrets are encrypted in etcd. */
	readonly encryption: string;
	readonly auditPolicy: string;
	readonly auditLog: string;
	readonly stages: string;
	/** Ports of the last start, which the next one takes again where they are free. */
	readonly ports: string;
	/** Processes that run, for whoever finds the folder after a crash. */
	readonly processes: string;
	certificate(client: ClientName): string;
	key(client: ClientName): string;
	kubeconfig(client: ClientName): string;
	log(program: ProgramName): string;
}

/** The layout below a folder. */
export function layoutOf(folder: string): Layout {
	const pki = (name: string): string => join(folder, "pki", name);
	return {
		folder,
		data: join(folder, "etcd"),
		authority: pki("ca.crt"),
		authorityKey: pki("ca.key"),
		server: pki("server.crt"),
		serverKey: pki("server.key"),
		tokenKey: pki("service-account.key"),
		encryption: pki("encryption.yaml"),
		auditPolicy: join(folder, "audit-policy.yaml"),
		auditLog: join(folder, "audit.log"),
		stages: join(folder, "stages.yaml"),
		ports: join(folder, "ports.json"),
		processes: join(folder, "processes.json"),
		certificate: (client) => pki(`${client}.crt`),
		key: (client) => pki(`${client}.key`),
		kubeconfig: (client) => join(folder, `${client}.kubeconfig`),
		log: (program) => join(folder, "logs", `${program}.log`),
	};
}
