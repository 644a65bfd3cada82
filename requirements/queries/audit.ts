import type { ResourceGraph, ResourceNode } from "../../lib/graph";
import { valuesAt } from "../../lib/values";
import type { ItemAnswer, QueryRegistry } from "../row";
import { atLeast, describedEach, everyOne, together } from "./answers";
import { BUCKET, isTlsOnly, sidesOf } from "./buckets";
import { flagAt, numberAt, printed, textAt } from "./counting";
import { isEncrypted } from "./encryption";

const TRAIL = "aws:cloudtrail/trail:Trail";
const CLUSTER = "aws:eks/cluster:Cluster";
const LOCK = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";

/** Seven years with one or two leap days, in whole days. */
const ASKED_DAYS = 2557;
const ASKED_YEARS = 7;

/** A bucket that a trail writes to, with its lock and how it is protected. */
interface AuditStore {
	readonly resources: readonly ResourceNode[];
	/** Days of a lock in compliance mode; 0 without one. */
	readonly lockDays: number;
	readonly atRest: boolean;
	readonly inTransit: boolean;
}

/** The audit trail: that it is on, and how long nobody can delete it (FR-SEC-2, AG-AUD-1, OP-SEC-1, XX-PRIV-2). */
export const auditQueries: QueryRegistry = {
	"FR-SEC-2/audit-aws": immutable,
	"AG-AUD-1/immutable": immutable,
	"AG-AUD-1/retention": keptSevenYears,
	"XX-PRIV-2/audit-retention": keptSevenYears,
	"AG-AUD-1/encryption": (graph) =>
		describedEach(storesOf(graph), {
			holds: ({ atRest, inTransit }) => atRest && inTransit,
			words: ({ atRest, inTransit }) =>
				`at rest: ${atRest ? "customer key" : "no customer key"}, in transit: ${inTransit ? "TLS only" : "no policy known that refuses plain text"}`,
			none: "no audit log",
		}),
	"OP-SEC-1/audit": auditOn,
};

function storesOf(graph: ResourceGraph): AuditStore[] {
	return trailsOf(graph).flatMap((trail) =>
		graph.sourcesOf(trail, "s3BucketName", BUCKET).map((bucket) => {
			const locks = sidesOf(graph, bucket, LOCK);
			return {
				resources: [trail, bucket, ...locks],
				lockDays: Math.max(0, ...locks.map(lockDays)),
				atRest: isEncrypted(graph, bucket) && isEncrypted(graph, trail),
				inTransit: isTlsOnly(graph, bucket),
			};
		}),
	);
}

function trailsOf(graph: ResourceGraph): ResourceNode[] {
	return graph.ofType(TRAIL).filter(({ inputs }) => flagAt(inputs, "enableLogging") !== false);
}

/** Only compliance mode holds against everyone; governance mode can be lifted. */
function lockDays({ inputs }: ResourceNode): number {
	const [retention] = valuesAt(inputs, "rule.defaultRetention");
	const years = Math.ceil((numberAt(retention?.value, "years") * ASKED_DAYS) / ASKED_YEARS);
	return textAt(retention?.value, "mode") === "COMPLIANCE" ? numberAt(retention?.value, "days") + years : 0;
}

function immutable(graph: ResourceGraph): ItemAnswer {
	return describedEach(storesOf(graph), {
		holds: (store) => store.lockDays > 0,
		words: (store) => (store.lockDays > 0 ? "object lock in compliance mode" : "no object lock in compliance mode"),
		none: "no audit log",
	});
}

function keptSevenYears(graph: ResourceGraph): ItemAnswer {
	return describedEach(storesOf(graph), {
		holds: (store) => store.lockDays >= ASKED_DAYS,
		words: (store) => `locked for ${printed(store.lockDays)} of ${printed(ASKED_DAYS)} days`,
		none: "no audit log",
	});
}

/** The calls to the account in every region, and the calls to every cluster's API. */
function auditOn(graph: ResourceGraph): ItemAnswer {
	const everywhere = trailsOf(graph).filter(({ inputs }) => flagAt(inputs, "isMultiRegionTrail") === true);
	return together([
		atLeast(everywhere, everywhere.length, { wanted: 1, unit: "multi-region trails" }),
		everyOne(graph.ofType(CLUSTER), logsAudit, "clusters log their audit"),
	]);
}

function logsAudit({ inputs }: ResourceNode): boolean {
	return valuesAt(inputs, "enabledClusterLogTypes[]").some(({ value }) => value === "audit");
}
