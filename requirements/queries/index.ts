import type { QueryRegistry } from "../row";

/** Every query, by `ROW-ID/item-id`; an item without one is missing. The topics of this folder add theirs here. */
export const queries: QueryRegistry = {};
