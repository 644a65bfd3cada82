import type { QueryRegistry } from "../row";
import { auditQueries } from "./audit";
import { cloudQueries } from "./clouds";
import { clusterServiceQueries } from "./cluster-services";
import { clusterQueries } from "./clusters";
import { conflictQueries } from "./conflicts";
import { encryptionQueries } from "./encryption";
import { gitopsQueries } from "./gitops";
import { gpuNodeQueries } from "./gpu-nodes";
import { gpuPoolQueries } from "./gpu-pools";
import { hardwareQueries } from "./hardware";
import { identityQueries } from "./identity";
import { keyQueries } from "./keys";
import { moduleQueries } from "./modules";
import { networkQueries } from "./network";
import { policyQueries } from "./policies";
import { regionQueries } from "./regions";
import { storageQueries } from "./storage";

/** The queries of each topic; an item is answered by one topic only. */
export const topics: readonly QueryRegistry[] = [
	auditQueries,
	cloudQueries,
	clusterServiceQueries,
	clusterQueries,
	conflictQueries,
	encryptionQueries,
	gitopsQueries,
	gpuNodeQueries,
	gpuPoolQueries,
	hardwareQueries,
	identityQueries,
	keyQueries,
	moduleQueries,
	networkQueries,
	policyQueries,
	regionQueries,
	storageQueries,
];

/** Every query, by `ROW-ID/item-id`; an item without one is missing. The topics of this folder add theirs here. */
export const queries: QueryRegistry = Object.fromEntries(topics.flatMap((topic) => Object.entries(topic)));
