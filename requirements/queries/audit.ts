import { cloudFacts } from "../../catalogue/clouds";
import { type Cloud, clouds } from "../../lib/cells";
import type { ResourceGraph, ResourceNode } from "../../lib/graph";
import { printed } from "../counting";
import type { AuditReader, AuditStore } from "../readers/audit/audit";
import { awsAudit } from "../readers/audit/aws";
import { azureAudit } from "../readers/audit/azure";
import { gcpAudit } from "../readers/audit/gcp";
import type { ItemAnswer, ItemQuery, QueryRegistry } from "../row";
import { atLeast, describedEach, everyOne, prefixed, together } from "./answers";
import { CLUSTERS, cloudOf, cloudsOf } from "./places";

const READERS: { readonly [cloud in Cloud]: AuditReader } = { aws: awsAudit, gcp: gcpAudit, azure: azureAudit };

/** Seven years with one or two leap days, in whole days. */
const ASKED_DAYS = 2557;

/** The audit logs of one cloud; a cloud in use that keeps none is among them with no store. */
interface CloudLog {
	readonly cloud: Cloud;
	readonly stores: readonly AuditStore[];
	readonly resources: readonly ResourceNode[];
}

/** The audit trail: that it is on, and how long nobody can delete it (FR-SEC-2, AG-AUD-1, OP-SEC-1, XX-PRIV-2). */
export const auditQueries: QueryRegistry = {
	"FR-SEC-2/audit-aws": immutable("aws"),
	"FR-SEC-2/audit-gcp": immutable("gcp"),
	"FR-SEC-2/audit-azure": immutable("azure"),
	"AG-AUD-1/immutable": immutable(...clouds),
	"AG-AUD-1/retention": keptSevenYears,
	"XX-PRIV-2/audit-retention": keptSevenYears,
	"AG-AUD-1/encryption": (graph) =>
		eachLog(graph, clouds, {
			holds: ({ atRest, inTransit }) => atRest && inTransit,
			words: ({ atRest, inTransit }) =>
				`${atRest ? "customer key" : "no customer key"} at rest and ${inTransit ? "TLS only" : "nothing that refuses plain text"} in transit`,
		}),
	"OP-SEC-1/audit": auditOn,
};

/** The logs of the clouds that the plan uses, among the given ones. */
function logsOf(graph: ResourceGraph, among: readonly Cloud[]): CloudLog[] {
	const used = cloudsOf(graph);
	return among
		.map((cloud) => ({ cloud, stores: READERS[cloud].stores(graph) }))
		.filter(({ cloud, stores }) => stores.length > 0 || used.includes(cloud))
		.map((log) => ({ ...log, resources: log.stores.flatMap(({ resources }) => resources) }));
}

function eachLog(
	graph: ResourceGraph,
	among: readonly Cloud[],
	{ holds, words }: { readonly holds: (store: AuditStore) => boolean; readonly words: (store: AuditStore) => string },
): ItemAnswer {
	const none = "no audit log";
	return describedEach(logsOf(graph, among), {
		holds: ({ stores }) => stores.length > 0 && stores.every(holds),
		words: ({ cloud, stores }) => `${cloudFacts[cloud].title}: ${[...new Set(stores.map(words))].join(" or ") || none}`,
		none,
	});
}

function immutable(...among: readonly Cloud[]): ItemQuery {
	return (graph) =>
		eachLog(graph, among, {
			holds: (store) => store.lockDays > 0,
			words: (store) => (store.lockDays > 0 ? "locked for everyone" : "no lock that holds for everyone"),
		});
}

function keptSevenYears(graph: ResourceGraph): ItemAnswer {
	return eachLog(graph, clouds, {
		holds: (store) => store.lockDays >= ASKED_DAYS,
		words: (store) => `locked for ${printed(store.lockDays)} of ${printed(ASKED_DAYS)} days`,
	});
}

/** The calls to the account of each cloud in use, and the calls to every cluster's API. */
function auditOn(graph: ResourceGraph): ItemAnswer {
	const trails = cloudsOf(graph).map((cloud) =>
		prefixed(
			`${cloudFacts[cloud].title}: `,
			together(
				READERS[cloud].trails(graph).map(({ nodes, unit }) => atLeast(nodes, nodes.length, { wanted: 1, unit })),
			),
		),
	);
	const logs = everyOne(graph.ofType(...CLUSTERS), (cluster) => logsAudit(graph, cluster), "clusters log their audit");
	return together([...trails, logs]);
}

function logsAudit(graph: ResourceGraph, cluster: ResourceNode): boolean {
	const cloud = cloudOf(cluster);
	return cloud !== undefined && READERS[cloud].logsAudit(graph, cluster);
}
