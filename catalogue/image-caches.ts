import type { Cloud } from "../lib/cells";

/**
 * Caches of Docker's official images that a cluster reaches without the internet, by cloud. Google's holds tags that are
 * used often and answers under gcr.io, at the private endpoint (Artifact Registry, "Pull cached Docker Hub images",
 * general knowledge, 2026-11-28); that it holds the tag of a chart is not verified.
 */
export const imageCaches: { readonly [C in Cloud]?: string } = { gcp: "mirror.gcr.io/library" };
